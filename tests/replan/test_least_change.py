"""The least change, held against every matching of tiny rounds."""

from __future__ import annotations

from collections import Counter

import pytest

from mentormatch import match, verify
from mentormatch.replan import Policy, replan
from mentormatch.replan.staying_problem import staying_problem
from tests.replan.events import random_event
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among

SEEDS = 300
SHARDS = 30
SLOW = 263


def look_at(seed: int) -> str:
    """Hold the answer to one event in one round against all matchings, and say what it came to."""
    problem = random_problem(f"life {seed}", most_students=7)
    published = match(problem, time_limit=None)
    if not published.groups:
        return "no groups"
    now = random_event(problem, published, seed)
    if now is None:
        return "not possible"
    staying = staying_problem(now, published, Policy())
    best = best_of_all(staying.problem)
    found = replan(now, published, time_limit=None)
    if best is None:
        assert found.status == "INFEASIBLE"
        return "infeasible"
    assert found.status == "OPTIMAL"
    values = [one.value for one in found.measures] + [one.value for one in found.tiers]
    assert tuple(values) == best.values
    assert [one.bound for one in found.measures] == values[: len(found.measures)]
    assert verify(now, found.matching).ok
    return "changed" if any(one.value for one in found.measures) else "unchanged"


@pytest.mark.parametrize("shard", slow_among(range(SHARDS), {3, 4, 9, 19, *range(20, SHARDS)}))
def test_nobody_can_change_less(shard: int) -> None:
    """What is proven to be the least is the least that trying everything finds."""
    for seed in range(shard, SEEDS, SHARDS):
        if seed != SLOW:
            look_at(seed)


@pytest.mark.slow
def test_nobody_can_change_less_where_that_takes_long_to_prove() -> None:
    """One round that takes as long as all of another shard."""
    look_at(SLOW)


def test_the_rounds_are_not_all_of_a_kind() -> None:
    """Rounds in which nothing has to change would prove little."""
    found = Counter(look_at(seed) for seed in range(16))
    assert found["changed"] >= 4
    assert found["unchanged"] >= 2
