"""The result says by which rules it was decided, in words that can be shown to anybody."""

from __future__ import annotations

import pytest

from mentormatch import match
from mentormatch.cli.solving import goals_of
from mentormatch.explain import (
    explain_left_out,
)
from mentormatch.rules import FairShare, Pin, PlaceClass, PlaceOrder, WishApart
from mentormatch.rules.base import Rule
from mentormatch.synthetic import planted
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


def test_every_part_names_a_tier_alike_however_its_rules_are_stated() -> None:
    """Explanations and the line of progress once followed the order in which rules stood."""
    rules = (PlaceClass(tier=1, priority=3), PlaceOrder(tier=1, by="lottery", seed=1))
    people = students("ana bo cai")
    names = set()
    for order in (rules, rules[::-1]):
        asked = problem(people, mentors("mia"), "tue-15", *order, size=(2, 2))
        best = match(asked, time_limit=None)
        told = explain_left_out(asked, best, time_limit=0).people[0].repairs[0]
        names |= {best.tiers[0].name, goals_of(asked)[1], told.effect.tiers[0].name}
    assert len(names) == 1


def test_a_planted_matching_names_its_tiers_as_a_match_does() -> None:
    """The two are compared with each other."""
    made = planted(students=10, mentors=4, seed=1)
    found = match(made.problem, time_limit=5)
    assert [tier.name for tier in made.matching.tiers] == [tier.name for tier in found.tiers]
