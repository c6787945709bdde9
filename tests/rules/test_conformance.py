"""Every rule says twice what it means: in words on groups, and in normal forms.

The list of rules is gone through as it stands, so that a new rule is held to this at once.
"""

from __future__ import annotations

from random import Random

import pytest

from mentormatch.rules import RULES
from mentormatch.rules.base import Rule
from tests.rules import (
    test_at_most,
    test_common_language,
    test_common_mode,
    test_common_slot,
    test_group_size,
    test_keep_apart,
    test_keep_apart_affiliation,
    test_mentors_per_group,
    test_mix,
    test_place_everyone,
    test_prefer_yes,
)
from tests.rules.table import Case
from tests.support.forms_value import forms_value
from tests.support.random_rounds import random_round, random_seating
from tests.support.random_rules import MAKERS

ROUNDS = 150
SEATINGS = 4

TABLES = (
    test_at_most,
    test_common_language,
    test_common_mode,
    test_common_slot,
    test_group_size,
    test_keep_apart,
    test_keep_apart_affiliation,
    test_mentors_per_group,
    test_mix,
    test_place_everyone,
    test_prefer_yes,
)
CASES: list[Case] = [case for table in TABLES for case in table.CASES]


def kind_of(rule: type[Rule]) -> str:
    """Return the kind that a class of rules has."""
    return str(rule.model_fields["kind"].default)


def test_every_rule_has_a_random_maker_and_a_table_by_hand() -> None:
    """A rule without them would pass the tests below unseen."""
    kinds = sorted(kind_of(rule) for rule in RULES)
    assert sorted(MAKERS) == kinds
    assert sorted({case.rule.kind for case in CASES}) == kinds


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_the_makers_reach_every_field_of_a_rule(rule: type[Rule]) -> None:
    """A field that is always at its default is a field that chance does not test."""
    made = []
    for seed in range(100):
        rng = Random(seed)
        made.append(MAKERS[kind_of(rule)](rng, random_round(rng)))
    assert all(type(one) is rule for one in made)
    for name in rule.model_fields.keys() - {"kind"}:
        assert len({getattr(one, name) for one in made}) > 1, name


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_breaches_and_normal_forms_amount_to_the_same_on_random_groups(rule: type[Rule]) -> None:
    """The solver knows the forms, people know the breaches; they have to mean the same.

    The groups are of any size, with people who cannot come, who are in several groups or in
    none, and with nobody at all.
    """
    kind = kind_of(rule)
    broken = kept = 0
    for seed in range(ROUNDS):
        rng = Random(f"{kind} {seed}")
        around = random_round(rng)
        made = MAKERS[kind](rng, around)
        forms = list(made.lower(around))
        for _ in range(SEATINGS):
            seating = random_seating(rng, around)
            amount = sum(breach.amount for breach in made.breaches(around, seating))
            assert forms_value(forms, around, seating) == amount, f"seed {seed}"
            broken += amount > 0
            kept += amount == 0
    assert min(broken, kept) > 10, "the groups were all alike for this rule"


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_the_order_of_people_does_not_change_what_a_rule_means(rule: type[Rule]) -> None:
    """A roster is the same roster however its rows are sorted."""
    kind = kind_of(rule)
    for seed in range(40):
        rng = Random(f"order {kind} {seed}")
        around = random_round(rng)
        made = MAKERS[kind](rng, around)
        seating = random_seating(rng, around)
        turned = seating.__class__(
            tuple(
                group.__class__(group.id, group.students[::-1], group.mentors[::-1], group.template)
                for group in seating.groups[::-1]
            ),
            seating.left_out[::-1],
        )
        assert sorted(
            (breach.amount, breach.group or "", sorted(breach.people))
            for breach in made.breaches(around, seating)
        ) == sorted(
            (breach.amount, breach.group or "", sorted(breach.people))
            for breach in made.breaches(around, turned)
        )
