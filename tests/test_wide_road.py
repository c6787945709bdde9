"""The road of large rounds, taken by small ones, of which more is known."""

from __future__ import annotations

import pytest

from mentormatch import match, verify
from mentormatch.solve import engine
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem


@pytest.mark.parametrize("seed", range(30))
def test_it_finds_groups_or_proves_that_there_are_none(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Flows leave people out; where a hard rule forbids that, it once gave up without a limit."""
    monkeypatch.setattr(engine, "LARGE", 0)
    problem = random_problem(f"wide {seed}", most_students=6, most_mentors=3)
    best = best_of_all(problem)
    matching = match(problem, time_limit=None, workers=1)
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


def test_among_these_are_rounds_that_must_not_be_left_empty() -> None:
    """Without them the test above would prove nothing about hard rules."""
    problems = [
        random_problem(f"wide {seed}", most_students=6, most_mentors=3) for seed in range(30)
    ]
    found = [best_of_all(problem) for problem in problems]
    assert sum(best is None for best in found) >= 2
