"""The result says by which rules it was decided, in words that can be shown to anybody."""

from __future__ import annotations

import pytest

from mentormatch import match
from mentormatch.rules import FairShare, Pin, PlaceClass, PlaceOrder, WishApart
from mentormatch.rules.base import Rule
from tests.support.build import mentors, problem, students


@pytest.mark.parametrize(
    ("rules", "name"),
    [
        ((PlaceOrder(),), "first come, first served"),
        ((PlaceOrder(by="lottery", seed=7),), "lottery (seed 7)"),
        ((PlaceOrder(by="left_out_before", attribute="points"),), "left out last time first"),
        ((FairShare(),), "places shared out fairly by department"),
        (
            (PlaceClass(tier=2, priority=3), PlaceOrder(by="lottery", seed=1)),
            "lottery (seed 1); students of priority 3 or more left out",
        ),
        (
            (Pin(tier=2, person="ana"), Pin(tier=2, person="bo", slot="wed-15")),
            "places as pinned",
        ),
        ((WishApart(tier=2, wishes=(("ana", "bo"),)),), "wishes to be apart not met"),
    ],
)
def test_a_tier_names_the_rule_of_who_is_left_out(rules: tuple[Rule, ...], name: str) -> None:
    """A lottery or an order is fair only if it is stated beside what it decided."""
    people = students("ana bo cai", attributes={"points": 1})
    asked = problem(people, mentors("mia"), "tue-15 wed-15", *rules, size=(2, 2))
    tiers = match(asked, time_limit=None).tiers
    assert [tier.name for tier in tiers] == ["students left out", name]
