"""What multipliers prove is true of every matching, whatever the multipliers are."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.evaluate.cost import score
from mentormatch.rules import (
    Cluster,
    MentorGroups,
    MentorLoad,
    MentorsFirstCome,
    NativeSpeakers,
    NobodyAlone,
    PlaceEveryone,
    Rule,
    TargetSize,
)
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.lagrangian.dual import LagrangianDual, Multipliers
from mentormatch.solve.lagrangian.sampled_relaxation import SampledRelaxation
from tests.support.build import Sketch, mentor, problem, solution, student
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem


def most_proven(asked: Problem, values: tuple[int, ...], *, draws: int = 40) -> list[int]:
    """Return for each tier the most that any prices prove of matchings of these values.

    Prices are learnt, for the tightest bound, and drawn by lot: of nothing, of earlier tiers
    alone, and of every size.
    """
    dual = LagrangianDual(compile_problem(asked, 0))
    draw = np.random.default_rng(7)
    chance = Random(7)
    program = SampledRelaxation(dual, 1_000)
    learnt = [program.solve(tier, values, Clock(None), vertex=False) for tier in range(len(values))]
    most = [
        -(10**9) if sampled is None else dual.bound(tier, sampled.prices, values)
        for tier, sampled in enumerate(learnt)
    ]
    for _ in range(draws):
        size, share = chance.choice([0.0, 0.1, 1.0, 5.0]), chance.choice([0.2, 0.6, 1.0])
        chosen = draw.random(len(dual.lines)) < share
        lines = draw.exponential(1.0, len(dual.lines)) * chosen * size
        for tier in range(len(values)):
            held = draw.exponential(1.0, tier) * chance.choice([0.0, 0.1, 1.0, 5.0])
            limits = draw.exponential(1.0, len(dual.limits)) * chance.choice([0.0, 1.0, 5.0])
            proven = dual.bound(tier, Multipliers(lines, held, limits), values)
            most[tier] = max(most[tier], proven)
    return most


@pytest.mark.parametrize("seed", range(60))
def test_no_prices_prove_more_than_the_best_matching_costs(seed: int) -> None:
    """A bound above the best would call a poor matching the best there is."""
    asked = random_problem(f"prices {seed}", most_students=6, most_mentors=3, most_slots=3)
    best = best_of_all(asked)
    if best is None:
        return
    proven = most_proven(asked, best.values)
    assert all(bound <= value for bound, value in zip(proven, best.values, strict=True))


ALIKE = [student(name, "tue-15", department="Physics") for name in ("ana", "ben", "cleo", "dan")]
GUIDE = mentor("mia", "tue-15 wed-15 thu-15", capacity=3, signed_up="2026-09-02T12:00:00Z")
TUESDAY = mentor("mia")
EARLIER = mentor("nils", signed_up="2026-09-01T12:00:00Z", capacity=1)
THREE = [
    student(name, slot) for name, slot in (("ana", "tue-15"), ("ben", "wed-15"), ("cleo", "thu-15"))
]
TURNS = (
    Sketch("ana", "mia", "tue-15"),
    Sketch("ben", "mia", "wed-15"),
    Sketch("cleo", "mia", "thu-15"),
)


@pytest.mark.parametrize(
    ("asked", "sketches"),
    [
        pytest.param(
            problem(ALIKE, [TUESDAY], "tue-15", Cluster(tier=2, attribute="department")),
            (Sketch("ana ben cleo dan", "mia"),),
            id="amounts below zero that others make up for",
        ),
        pytest.param(
            problem(THREE, [GUIDE, EARLIER], "tue-15 wed-15 thu-15", MentorsFirstCome(tier=2)),
            TURNS,
            id="a load that costs once, however many groups",
        ),
        pytest.param(
            problem(THREE, [GUIDE], "tue-15 wed-15 thu-15", MentorLoad(tier=2)),
            TURNS,
            id="a load that costs more and more",
        ),
        pytest.param(
            problem(THREE, [GUIDE], "tue-15 wed-15 thu-15", MentorGroups(tier=2, least=2, most=3)),
            TURNS,
            id="a load that costs until there are enough",
        ),
        pytest.param(
            problem(
                [student(name, languages={"en": "native"}) for name in ("ana", "ben", "cleo")],
                [TUESDAY],
                "tue-15",
                NativeSpeakers(tier=2, most=1),
            ),
            (Sketch("ana ben cleo", "mia"),),
            id="a count in groups of one language",
        ),
        pytest.param(
            problem(
                ALIKE, [TUESDAY], "tue-15", NobodyAlone(tier=2, attribute="department", least=3)
            ),
            (Sketch("ana ben cleo", "mia"),),
            id="a count that costs in the middle",
        ),
        pytest.param(
            problem(ALIKE, [TUESDAY], "tue-15", TargetSize(tier=2, target=3)),
            (Sketch("ana ben cleo dan", "mia"),),
            id="a count that costs on both sides",
        ),
    ],
)
def test_no_prices_prove_more_than_a_matching_made_by_hand_costs(
    asked: Problem, sketches: tuple[Sketch, ...]
) -> None:
    """Each form of amounts, in the smallest round in which its bound could go wrong."""
    made = solution(asked.round, *sketches)
    judged = score(asked, made)
    assert not judged.hard
    proven = most_proven(asked, judged.values, draws=200)
    assert all(bound <= value for bound, value in zip(proven, judged.values, strict=True))


def test_prices_are_put_on_whole_numbers_alone() -> None:
    """Sums of whole numbers are exact; a sum a little above 3 would be rounded up to 4."""
    for seed in range(150):
        dual = LagrangianDual(compile_problem(random_problem(seed), 0))
        shape = dual.compiled.cost.shape
        direct = [
            dual.direct(tier, *(places.ravel() for places in np.indices(shape[1:])))
            for tier in range(shape[0])
        ]
        for numbers in (*direct, dual.out, dual.per_group, dual.most):
            assert np.array_equal(numbers, np.rint(numbers))


def test_prices_of_nothing_prove_nothing_too_much() -> None:
    """Where nobody is to be placed, staying out costs nothing."""
    rules: tuple[Rule, ...] = (PlaceEveryone(tier=1),)
    asked = problem(ALIKE, [TUESDAY], "tue-15", *rules)
    alone = score(asked, Solution((), asked.students))
    assert most_proven(asked, alone.values)[0] <= alone.values[0] == 4
