"""Which templates each person may be in, by the hard rules about single people."""

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
    """The hard rules of a problem as forms, and the templates they allow to each person.

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
        """Each hard rule about single people, with the templates it allows to each person."""
        found = []
        for rule, forms in self.hard:
            masks = [form.amount == 0 for form in forms if isinstance(form, PersonCost)]
            if masks:
                found.append((rule, np.logical_and.reduce(masks)))
        return tuple(found)

    @cached_property
    def allowed(self) -> Mask:
        """The templates that all these rules allow; none for a mentor of capacity 0."""
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
        """Return the rule that removes the last template of a person who has none left.

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
        """Kinds of the hard rules about single people."""
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
        """The hard rules' forms on the number of a set's people in a group."""
        return tuple(
            (rule, form)
            for rule, forms in self.hard
            for form in forms
            if isinstance(form, CountCost)
        )
