"""Bounds of tiers behind one that is not proven: true of all matchings that are as good so far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import count

import pytest

from mentormatch import SolveParams, match
from mentormatch.data.problem import Problem
from mentormatch.evaluate.cost import score, structure
from mentormatch.rules import Mix, PreferYes
from mentormatch.solve.backend import clock
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.plan.held_bounds import bound_held
from mentormatch.synthetic import generate
from tests.support.build import mentors, problem, student
from tests.support.naive import every_seating, seatings
from tests.support.random_problems import random_problem

MOST_SEATINGS = 6_000


@cache
def all_values(seed: int) -> tuple[Problem, tuple[tuple[int, ...], ...]] | None:
    """Return a tiny problem and what each of its matchings costs; None if there are too many."""
    asked = random_problem(f"held {seed}", most_students=4, most_mentors=2)
    if len(asked.tiers) < 2 or seatings(asked) > MOST_SEATINGS:
        return None
    found = set()
    for solution in every_seating(asked):
        judged = score(asked, solution)
        if not judged.hard and not any(structure(asked, solution)):
            found.add(judged.values)
    return (asked, tuple(sorted(found))) if found else None


SEEDS = range(160)


def proven(asked: Problem, values: Sequence[int]) -> tuple[int, ...]:
    """Return the bounds of all tiers, each with the earlier ones held at some values."""
    bounds = Bounds()
    bound_held(compile_problem(asked, 0), values, bounds, Clock(None))
    return bounds.certified(values)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_matching_as_good_in_earlier_tiers_costs_less_than_a_bound(seed: int) -> None:
    """Held at what any matching costs, the worst as well as the best."""
    drawn = all_values(seed)
    if drawn is None:
        return
    asked, found = drawn
    for values in {found[0], found[len(found) // 2], found[-1]}:
        for tier, bound in enumerate(proven(asked, values)):
            as_good = [
                other[tier]
                for other in found
                if all(one <= most for one, most in zip(other[:tier], values, strict=False))
            ]
            assert bound <= min(as_good), (values, tier)


def test_the_drawn_problems_have_bounds_to_speak_of() -> None:
    """Bounds of 0 would be true of everything."""
    drawn = [one for one in map(all_values, SEEDS) if one is not None]
    assert len(drawn) >= 20
    later = [any(proven(asked, found[-1])[1:]) for asked, found in drawn]
    assert sum(later) >= 5


def two_tiers() -> Problem:
    """Return nine people of two departments, of whom six find a place, all if need be."""
    return problem(
        [student(f"a{n}", "", if_need_be="tue-15", department="law") for n in range(5)]
        + [student(f"b{n}", "", if_need_be="tue-15", department="art") for n in range(4)],
        mentors("mia noa"),
        "tue-15",
        Mix(attribute="department", tier=2),
        PreferYes(tier=3),
        size=(3, 3),
    )


def test_what_is_held_decides_what_a_later_tier_can_cost() -> None:
    """By hand: with three left out, two groups of three, at least one pair in each; six say maybe.

    With six left out there is one group, of three who say maybe; with nine there is nothing.
    """
    asked = two_tiers()
    assert proven(asked, (3, 10, 10)) == (3, 2, 6)
    assert proven(asked, (6, 10, 10)) == (3, 1, 3)
    assert proven(asked, (9, 10, 10)) == (3, 0, 0)


@pytest.mark.parametrize("large", [0, 10**6], ids=["multipliers", "plan"])
def test_a_first_tier_that_is_not_proven_leaves_bounds_of_later_ones(
    large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bug: they were 0 where the plan, of which they were proven, was better than the groups.

    The clock shows a hundredth of a second more at each look, so that time is over at the same
    look on every machine, before there is any plan.
    """
    moments = (number / 100 for number in count())
    monkeypatch.setattr(clock, "monotonic", lambda: next(moments))
    params = SolveParams(plan_share=0.0, large_round_students=large, local_begin_effort=100)
    found = match(generate(60, 8, seed=1), time_limit=8.0, workers=1, params=params)
    assert found.tiers[0].value > 0
    assert found.tiers[0].bound > 0
    assert any(tier.bound for tier in found.tiers[1:])
