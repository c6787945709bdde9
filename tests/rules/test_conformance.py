"""Every rule says twice what it means: in words on groups, and in normal forms.

The list of rules is gone through as it stands, so that a new rule is held to this at once.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from random import Random

import pytest

from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.round import CODE, Round, Solution
from mentormatch.rules import RULES
from mentormatch.rules.base import Rule
from tests.rules.table import Case
from tests.support.exhaustive import templates as every_template
from tests.support.forms_value import forms_value
from tests.support.random_rounds import random_round, random_seating
from tests.support.random_rules import MAKERS

ROUNDS = 150
"""Rounds for each rule; without `--slow` a third of them, if these are not all alike."""
SEATINGS = 4


def kind_of(rule: type[Rule]) -> str:
    """Return the kind that a class of rules has."""
    return str(rule.model_fields["kind"].default)


def table_of(kind: str) -> list[Case]:
    """Return the table by hand of a kind of rules; it stands in the kind's own test."""
    name = f"tests.rules.test_{kind}"
    return list(import_module(name).CASES) if find_spec(name) else []


def amount_of(rule: Rule, round_: Round, solution: Solution) -> int:
    """Return the sum of what the breaches amount to."""
    return sum(violation.amount for violation in rule.violations(round_, solution))


def suits_as_well(round_: Round, one: MeetingPlan, other: MeetingPlan) -> bool:
    """Whether everybody's answer to one plan is as good as to the other, in the same slot."""
    return one.slot == other.slot and all(
        CODE[round_.answer(person, one)] >= CODE[round_.answer(person, other)]
        for person in round_.people
    )


def test_every_rule_has_a_random_maker_and_a_table_by_hand() -> None:
    """A rule without them would pass the tests below unseen."""
    kinds = sorted(kind_of(rule) for rule in RULES)
    assert sorted(MAKERS) == kinds
    for kind in kinds:
        assert {case.rule.kind for case in table_of(kind)} == {kind}, kind


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
def test_breaches_and_normal_forms_amount_to_the_same_on_random_groups(
    rule: type[Rule], thorough: bool
) -> None:
    """The solver knows the forms, people know the breaches; they have to mean the same.

    The groups are of any size, with people who cannot come, who are in several groups or in
    none, and with nobody at all.
    """
    kind = kind_of(rule)
    broken = kept = 0
    for seed in range(ROUNDS):
        if not thorough and seed >= ROUNDS // 3 and min(broken, kept) > 10:
            break
        rng = Random(f"{kind} {seed}")
        round_ = random_round(rng)
        made = MAKERS[kind](rng, round_)
        forms = list(made.lower(round_))
        for _ in range(SEATINGS):
            solution = random_seating(rng, round_)
            amount = amount_of(made, round_, solution)
            assert forms_value(forms, round_, solution) == amount, f"seed {seed}"
            broken += amount > 0
            kept += amount == 0
    assert min(broken, kept) > 10, "the groups were all alike for this rule"


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_a_time_that_suits_everybody_as_well_costs_no_more(rule: type[Rule]) -> None:
    """Bug: "if need be" cost more than "no", but the solver drops plans that suit nobody better.

    Only the plans that somebody's answers tell apart are templates, and of these only the ones
    that no other plan of the slot matches or betters for everybody.
    """
    kind = kind_of(rule)
    compared = 0
    for seed in range(60):
        rng = Random(f"better {kind} {seed}")
        round_ = random_round(rng)
        made = MAKERS[kind](rng, round_)
        templates = [one for slot in round_.slots for one in every_template(round_, slot.id)]
        solution = random_seating(rng, round_, templates=templates)
        for place, group in enumerate(solution.groups):
            for template in templates:
                if replace(template, plan=group.template.plan) == group.template and suits_as_well(
                    round_, template.plan, group.template.plan
                ):
                    groups = list(solution.groups)
                    groups[place] = replace(group, template=template)
                    moved = replace(solution, groups=tuple(groups))
                    assert amount_of(made, round_, moved) <= amount_of(made, round_, solution)
                    compared += template.plan != group.template.plan
    assert compared > 20, "no two plans to compare"


@pytest.mark.parametrize("rule", RULES, ids=kind_of)
def test_the_order_of_people_does_not_change_what_a_rule_means(rule: type[Rule]) -> None:
    """A roster is the same roster however its rows are sorted."""
    kind = kind_of(rule)
    for seed in range(40):
        rng = Random(f"order {kind} {seed}")
        round_ = random_round(rng)
        made = MAKERS[kind](rng, round_)
        solution = random_seating(rng, round_)
        turned = solution.__class__(
            tuple(
                group.__class__(group.id, group.students[::-1], group.mentors[::-1], group.template)
                for group in solution.groups[::-1]
            ),
            solution.left_out[::-1],
        )
        assert sorted(
            (violation.amount, violation.group or "", sorted(violation.people))
            for violation in made.violations(round_, solution)
        ) == sorted(
            (violation.amount, violation.group or "", sorted(violation.people))
            for violation in made.violations(round_, turned)
        )
