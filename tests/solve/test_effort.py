"""What ends a search: effort that is the same everywhere, and never seconds without a limit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, count

import pytest
from ortools.sat.python import cp_model

from mentormatch import SolveParams, match
from mentormatch.data.problem import Problem
from mentormatch.rules import KeepApart, MetBefore
from mentormatch.solve.backend import clock
from mentormatch.synthetic import generate
from tests.support.build import mentors, problem, students
from tests.support.merged import by_language
from tests.support.random_problems import random_problem


def met_before() -> Problem:
    """Return a round of one template whose groups cannot be had as planned.

    Pairs that have met have their price, so that the plan counts them for nothing and the
    assignment has to do what it can.
    """
    names = [f"s{number}" for number in range(16)]
    pairs = tuple(pair for place, pair in enumerate(combinations(names, 2)) if place % 3 != 1)
    return problem(
        students(" ".join(names)),
        mentors("mia noa oli pia"),
        "tue-15",
        MetBefore(rounds=pairs, tier=2),
        KeepApart(sets=(("s0", "s5", "s9"), ("s1", "s2", "s15"))),
        size=(3, 5),
    )


ROUNDS = {
    "met before": met_before(),
    "random": random_problem("jumps", most_students=20, most_mentors=8),
    "forty": generate(40, seed=5),
    "components": by_language(20, 12, 16),
}


def jumping(step: float) -> Iterator[float]:
    """Yield moments so far apart that any number of seconds has passed at each look."""
    return (step * number for number in count())


@pytest.mark.parametrize("name", ROUNDS)
def test_a_clock_that_jumps_changes_nothing_without_a_time_limit(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that sleeps or is busy gives the same matching, byte for byte."""
    params = SolveParams(assign_effort=0.5, local_patience=1)
    usual = match(ROUNDS[name], time_limit=None, workers=1, params=params)
    moments = jumping(3_600.0)
    monkeypatch.setattr(clock, "monotonic", lambda: next(moments))
    found = match(ROUNDS[name], time_limit=None, workers=1, params=params)
    assert found.to_json(times=False) == usual.to_json(times=False)


@pytest.mark.parametrize("name", ROUNDS)
def test_no_search_has_a_limit_in_seconds_without_a_time_limit(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bug: assigning people to groups had five seconds, which nobody was told of."""
    limits: list[float] = []
    right = cp_model.CpSolver.solve

    def solve(solver: cp_model.CpSolver, *given: object) -> cp_model.CpSolverStatus:
        limits.append(solver.parameters.max_time_in_seconds)
        return right(solver, *given)  # type: ignore[arg-type]  # They are what it was given.

    monkeypatch.setattr(cp_model.CpSolver, "solve", solve)
    params = SolveParams(tree_min_variables=10**9, assign_effort=0.5, local_patience=1)
    match(ROUNDS[name], time_limit=None, workers=1, params=params)
    assert limits
    assert set(limits) == {float("inf")}


def test_a_search_that_gives_up_says_so() -> None:
    """Bug: it said nothing, as if all had been proven."""
    params = SolveParams(large_round_students=0, large_plan_students=0, lns_min_patience=1)
    for seed in range(20):
        found = match(generate(24, seed=seed), time_limit=None, workers=1, params=params)
        assert found.provenance is not None
        if found.status != "OPTIMAL":
            assert found.provenance.limits_reached == ("effort",)
            return
        assert found.provenance.limits_reached == ()
    raise AssertionError("every one of these rounds was proven")


def test_a_proven_answer_has_reached_no_limit_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bug: a phase that used up its share of the time was told as the end of all of it."""
    params = SolveParams(large_round_students=0, lns_before_plan_share=0.0)
    for seed in (0, 4):
        found = match(generate(40, seed=seed), time_limit=600, workers=1, params=params)
        assert found.status == "OPTIMAL"
        assert found.provenance is not None
        assert found.provenance.limits_reached == ()
