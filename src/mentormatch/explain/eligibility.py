"""Who may be where, by the hard rules that look at one person at a time."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mentormatch.data.problem import Problem
from mentormatch.evaluate.group_sizes import GroupSizes, sizes_by_counts
from mentormatch.rules.base import Rule
from mentormatch.rules.forms import (
    ApartCost,
    CountCost,
    Form,
    LoadCost,
    PairCost,
    PersonCost,
    PlacedCost,
)

Mask = NDArray[np.bool_]


class Eligibility:
    """The hard rules of a problem as forms, and whom they allow where.

    Rows are people as in `Round.people`, columns templates as in `Round.templates`.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def hard(self) -> tuple[tuple[Rule, tuple[Form, ...]], ...]:
        """Each hard rule with its forms."""
        round_ = self.problem.round
        return tuple(
            (rule, tuple(rule.lower(round_)))
            for rule in self.problem.active_rules
            if rule.tier == "hard"
        )

    @cached_property
    def by_rule(self) -> tuple[tuple[Rule, Mask], ...]:
        """For each hard rule about single persons, whom it allows where."""
        found = []
        for rule, forms in self.hard:
            masks = [form.amount == 0 for form in forms if isinstance(form, PersonCost)]
            if masks:
                found.append((rule, np.logical_and.reduce(masks)))
        return tuple(found)

    @cached_property
    def allowed(self) -> Mask:
        """Whom all of them allow where; a mentor who can lead no group is allowed nowhere."""
        round_ = self.problem.round
        mask = np.ones((len(round_.people), len(round_.templates)), dtype=np.bool_)
        for _, allowed in self.by_rule:
            mask &= allowed
        first = len(round_.students)
        for row, mentor in enumerate(round_.mentors):
            if mentor.capacity == 0:
                mask[first + row] = False
        return mask

    def last_straw(self, row: int, first: tuple[str, ...] = ("common_slot",)) -> Rule | None:
        """Return the rule after which nothing is left for a person whom all keep from everywhere.

        Those of the kinds in `first` are looked at first; None if something is left after all.
        """
        left = np.ones(len(self.problem.round.templates), dtype=np.bool_)
        order = {kind: place for place, kind in enumerate(first)}
        ranked = sorted(self.by_rule, key=lambda found: order.get(found[0].kind, len(first)))
        for rule, mask in ranked:
            left &= mask[row]
            if not left.any():
                return rule
        return None

    @cached_property
    def single(self) -> frozenset[str]:
        """Kinds of the hard rules about single persons."""
        return frozenset(rule.kind for rule, _ in self.by_rule)

    @cached_property
    def pairwise(self) -> frozenset[str]:
        """Kinds of the hard rules about two people in one group."""
        return frozenset(
            rule.kind
            for rule, forms in self.hard
            if any(isinstance(form, PairCost | ApartCost) for form in forms)
        )

    @cached_property
    def asks_places(self) -> bool:
        """Whether some rule asks at all that students have a group."""
        return any(
            isinstance(form, LoadCost | PlacedCost)
            for rule in self.problem.active_rules
            for form in rule.lower(self.problem.round)
        )

    @cached_property
    def sizes(self) -> GroupSizes:
        """How many mentors and students a group of each template has, by the hard rules."""
        round_ = self.problem.round
        counts = [form for _, form in self.counts]
        return sizes_by_counts(
            counts, len(round_.students), len(round_.people), len(round_.templates)
        )

    @cached_property
    def counts(self) -> tuple[tuple[Rule, CountCost], ...]:
        """The hard rules' forms about how many of a set a group has."""
        return tuple(
            (rule, form)
            for rule, forms in self.hard
            for form in forms
            if isinstance(form, CountCost)
        )
