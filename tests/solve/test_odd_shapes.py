"""Rounds of shapes that nobody has in mind: very many times, languages, topics or rules."""

from __future__ import annotations

import numpy as np
import pytest

from mentormatch import InputError, SolveParams, match
from mentormatch.data.problem import Problem
from mentormatch.solve.instance.foresee import bytes_of_a_place, check_size
from mentormatch.solve.lagrangian.calibration import RIDGES, _of_kind
from tests.support.build import mentors, problem, slot, students

TAGS = ("en", "fi", "sv", "de", "fr")


def many(topics: int) -> Problem:
    """Return a round with four times in two modes, five languages and so many topics."""
    return problem(
        students("a b c", "tue-10"),
        mentors("mia", "tue-10"),
        [slot(f"tue-{hour}") for hour in (10, 12, 14, 16)],
        languages=TAGS,
        topics=tuple(f"topic {number}" for number in range(topics)),
    )


def test_a_round_of_too_many_templates_is_refused_before_there_are_any() -> None:
    """Bug: they were all made, until the memory was used up."""
    asked = many(30)
    with pytest.raises(InputError) as told:
        match(asked, params=SolveParams(most_templates=1_199))
    (fault,) = told.value.faults
    assert (fault.code, fault.where) == ("too_large", "slots")
    assert "4 slots (8 with their modes)" in str(fault)
    assert "5 languages and 30 topics make 1,200 combinations" in str(fault)
    assert "templates" not in asked.round.__dict__
    check_size(asked, 1_200)


def test_a_round_that_no_memory_holds_is_refused() -> None:
    """By hand: 4 people, 4 slots of two modes, 5 languages, 30 topics, and the bytes of a place."""
    asked = many(30)
    needed = 4 * 1_200 * bytes_of_a_place(len(asked.tiers))
    check_size(asked, 1_200, memory=2 * needed)
    with pytest.raises(InputError, match="memory"):
        check_size(asked, 1_200, memory=needed)


def test_weights_over_people_are_those_over_features() -> None:
    """Where there are more times than people in a sample, the smaller system is solved.

    Bug: with 2,000 slots a system of 4,001 unknowns was solved seven times.
    """
    drawn = np.random.default_rng(4)
    features = np.concatenate([np.ones((12, 1)), drawn.integers(0, 2, (12, 30))], axis=1)
    wanted = 3.0 * features.sum(axis=0) + drawn.integers(-2, 3, 31)
    wanted = wanted / 3.0
    found = _of_kind(features, wanted)
    square, short = features.T @ features, wanted - features.sum(axis=0)
    expected = 1.0 + features @ np.linalg.solve(square + RIDGES[0] * np.eye(31), short)
    expected *= wanted[0] / expected.sum()
    assert found == pytest.approx(expected)
    assert found.std() > 0.01
