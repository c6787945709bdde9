"""The Lagrangian method on small rounds, of which more is known."""

from __future__ import annotations

from functools import cache

import pytest

from mentormatch import SolveParams, match, verify
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.evaluate.cost import score
from mentormatch.rules import AtMost, FairShare
from mentormatch.synthetic import generate
from tests.support.build import mentors, problem, students, term
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among

ROUNDS = 24
LARGE = SolveParams().large_round_students


@cache
def must_not_be_empty() -> tuple[Problem, ...]:
    """Return rounds with a hard rule that the matching without groups breaks."""
    found: list[Problem] = []
    seed = 0
    while len(found) < ROUNDS:
        problem = random_problem(f"wide {seed}", most_students=6, most_mentors=3)
        if score(problem, Solution((), problem.students)).hard:
            found.append(problem)
        seed += 1
    return tuple(found)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_it_finds_groups_or_proves_that_there_are_none(number: int) -> None:
    """Flows leave people out; where a hard rule forbids that, it once gave up without a limit."""
    problem = must_not_be_empty()[number]
    best = best_of_all(problem)
    params = SolveParams(large_round_students=0, large_plan_students=0)
    matching = match(problem, time_limit=None, workers=1, params=params)
    if best is None:
        assert matching.status == "INFEASIBLE"
        return
    assert matching.status in ("OPTIMAL", "FEASIBLE")
    assert verify(problem, matching).ok
    assert tuple(tier.value for tier in matching.tiers) >= best.values
    for tier, least in zip(matching.tiers, best.values, strict=True):
        assert tier.bound <= least <= tier.value
        if tier.value > least:
            break


def test_some_of_these_rounds_have_an_answer_and_some_have_none() -> None:
    """Else the test above would prove only half of what it says."""
    answers = [best_of_all(problem) is None for problem in must_not_be_empty()]
    assert 3 <= sum(answers) <= ROUNDS - 3


@pytest.mark.parametrize("seed", slow_among([0, 4], {0}))
def test_what_prices_and_flows_leave_open_is_proven_by_the_whole_plan(seed: int) -> None:
    """A round of some hundred students is large for one program, and not too large."""
    round_ = generate(40, seed=seed)
    usual = match(round_, time_limit=None)
    whole = match(round_, time_limit=None, params=SolveParams(large_round_students=0))
    alone = match(
        round_,
        time_limit=None,
        params=SolveParams(large_round_students=0, large_plan_students=0),
    )
    assert [tier.value for tier in whole.tiers] == [tier.value for tier in usual.tiers]
    assert whole.status == "OPTIMAL"
    assert alone.status == "FEASIBLE"


def test_sizes_that_rules_put_at_odds_are_no_fault_of_the_flow(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """With more seats to fill than there may be, it once had arcs that hold less than nothing."""
    alone = AtMost(tier="hard", attribute="mode", values=("either",), most=1, who="students")
    asked = problem(students("ana bo cai dee"), mentors("mia"), "tue-15", alone, size=(2, 3))
    params = SolveParams(large_round_students=0)
    matching = match(asked, time_limit=None, workers=1, params=params)
    assert matching.groups == ()
    assert [tier.value for tier in matching.tiers] == [4]
    assert "min_cost_flow" not in capfd.readouterr().err


def test_a_round_without_a_time_to_meet_is_told_as_such() -> None:
    """With no seat to price, the relaxation once ended without prices and the run with an error."""
    asked = problem(
        students(" ".join(f"s{number}" for number in range(LARGE))),
        mentors("mia"),
        "tue-15",
        term=term(meetings=9),
    )
    matching = match(asked, time_limit=None)
    assert matching.status == "OPTIMAL"
    assert [tier.value for tier in matching.tiers] == [LARGE]


def test_where_there_is_no_time_to_meet_nothing_is_exchanged() -> None:
    """Bug: shares of places are not priced, and groups to exchange were looked for among none."""
    people = students("ana bo", department="Physics")
    asked = problem(people, (), "tue-15", FairShare(tier=2), term=term(meetings=9))
    params = SolveParams(large_round_students=0, large_plan_students=0)
    matching = match(asked, time_limit=None, workers=1, params=params)
    assert matching.provenance is not None
    assert "failure" not in matching.provenance.limits_reached
    assert [tier.value for tier in matching.tiers] == [2, 100]
