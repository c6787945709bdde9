"""The normal forms of the rules that certificates speak of, each under its name.

A rule is called by its place among the stated ones, or by its kind if it comes by default; its
forms are numbered in the order in which `docs/certificate.md` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.rules.base import Rule
from mentormatch.rules.forms import Form

KNOWN = frozenset(
    {
        "group_size",
        "mentors_per_group",
        "common_slot",
        "common_language",
        "common_mode",
        "place_everyone",
        "keep_apart_affiliation",
        "mix",
        "prefer_yes",
        "at_least",
        "at_most",
        "balance",
        "ban",
        "keep_apart",
        "keep_together",
        "mentor_groups",
        "mentor_language",
        "mentor_load",
        "native_speakers",
        "nobody_alone",
        "pin",
        "place_people",
        "preferred_language",
        "second_language",
        "slot_wishes",
        "sum_cap",
        "target_size",
        "topic_wishes",
        "wish_apart",
    }
)
"""Kinds of rules that certificates speak of; of others they prove nothing and need nothing."""


@dataclass(frozen=True)
class NamedForm:
    """A form of a rule: its name in certificates, and the rule."""

    name: str
    rule: Rule
    form: Form


def named_rules(problem: Problem) -> Iterator[tuple[str, Rule]]:
    """Yield the rules in force of known kinds, those that come by default first."""
    for rule in problem.implied_rules:
        if rule.tier != "off" and rule.kind in KNOWN:
            yield rule.kind, rule
    for place, stated in enumerate(problem.stated_rules):
        # A rule that names somebody who has left says something else than its document.
        whole = stated is problem.rules[place] or stated == problem.rules[place]
        if stated is not None and whole and stated.tier != "off" and stated.kind in KNOWN:
            yield str(place), stated


def named_forms(problem: Problem) -> tuple[NamedForm, ...]:
    """Return the forms of the rules in force of known kinds."""
    return tuple(
        NamedForm(f"{name}.{number}", rule, form)
        for name, rule in named_rules(problem)
        for number, form in enumerate(rule.lower(problem.round))
    )


def known_values(problem: Problem, solution: Solution) -> dict[int, int]:
    """Return what finished groups cost in each tier by the rules of known kinds."""
    values = dict.fromkeys(problem.tiers, 0)
    for _, rule in named_rules(problem):
        if isinstance(rule.tier, int):
            amount = sum(each.amount for each in rule.violations(problem.round, solution))
            values[rule.tier] += rule.weight * amount
    return values
