"""On tiny problems the answer is held against the best of all matchings there are."""

from __future__ import annotations

from functools import cache

import pytest

from mentormatch import match, verify
from mentormatch.data.problem import Problem
from tests.support.exhaustive import Best, best_of_all
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among

PROBLEMS = 200
SLOW = {4, 26, 79, 107, *range(140, PROBLEMS)}


@cache
def drawn(seed: int) -> tuple[Problem, Best | None]:
    """Return a problem and the best of all its matchings, worked out once."""
    problem = random_problem(seed)
    return problem, best_of_all(problem)


@pytest.mark.parametrize("seed", slow_among(range(PROBLEMS), SLOW))
def test_the_answer_is_the_best_of_all_matchings(seed: int) -> None:
    """Proven optimal means that nobody finds better by trying everything."""
    problem, best = drawn(seed)
    matching = match(problem, time_limit=None, seed=seed)
    if best is None:
        assert matching.status == "INFEASIBLE"
        assert matching.groups == ()
        return
    assert matching.status == "OPTIMAL"
    assert tuple(tier.value for tier in matching.tiers) == best.values
    assert tuple(tier.bound for tier in matching.tiers) == best.values
    report = verify(problem, matching)
    assert report.ok, str(report)
    assert tuple(report.tiers.values()) == best.values


def test_the_problems_are_not_all_of_a_kind() -> None:
    """Two hundred problems without an answer, or with a plain one, would prove little."""
    found = [drawn(seed) for seed in range(100)]
    groups = [0 if best is None else len(best.solution.groups) for _, best in found]
    assert sum(number >= 1 for number in groups) >= 60
    assert sum(number >= 2 for number in groups) >= 25
    assert sum(best is not None and sum(map(bool, best.values)) >= 2 for _, best in found) >= 20
    assert any(best is None for _, best in found)
    assert any(
        sum(map(len, problem.round.all_plans.values()))
        > len({template.plan for template in problem.round.templates})
        > len(problem.slots)
        for problem, _ in found
    )
