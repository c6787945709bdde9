"""What the importance of a tier costs the tiers behind it."""

from __future__ import annotations

import pytest

from mentormatch.solve.match import match
from mentormatch.synthetic import generate
from mentormatch.whatif import (
    Priorities,
    priorities,
)
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among


def test_whoever_comes_last_pays_and_the_others_gain() -> None:
    """With a place for everybody asked last, nobody need meet at a time they dislike."""
    variant = generate(24, 8, seed=3)
    matching = match(variant, time_limit=30)
    found = priorities(variant, matching, time_limit=60)
    assert [price.tier for price in found.prices] == [1, 3]
    assert found.now == matching.tiers
    first = {tier.tier: tier.value for tier in found.prices[0].tiers}
    now = {tier.tier: tier.value for tier in found.now}
    assert first[3] == first[4] == 0
    assert first[1] >= now[1]
    assert now[4] > 0
    assert Priorities.from_json(found.to_json()) == found


@pytest.mark.parametrize("seed", slow_among(range(12), {4}))
def test_a_tier_gains_nothing_by_being_put_last(seed: int) -> None:
    """Its own value never falls, and the tier right behind it never rises."""
    variant = random_problem(f"priorities {seed}")
    matching = match(variant, time_limit=30)
    if matching.status == "INFEASIBLE":
        return
    now = {tier.tier: tier.value for tier in matching.tiers}
    for price in priorities(variant, matching, time_limit=60).prices:
        assert price.status == "OPTIMAL"
        then = {tier.tier: tier.value for tier in price.tiers}
        behind = variant.tiers[variant.tiers.index(price.tier) + 1]
        assert then[price.tier] >= now[price.tier]
        assert then[behind] <= now[behind]
