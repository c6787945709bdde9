"""What a round asks, form by form, as every baseline reads it.

It is read from the rules themselves, as `lower` states them, and shares nothing with the search:
what a baseline makes of it is judged by `verify` all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mentormatch import Problem
from mentormatch.rules.forms import (
    ApartCost,
    CountCost,
    Form,
    LoadCost,
    PairCost,
    PersonCost,
    PlacedCost,
    SumCost,
)

HARD = 0
"""Place of what is forbidden; the tiers follow in their order as 1, 2, ..."""

KNOWN = (PersonCost, LoadCost, CountCost, PairCost, ApartCost, SumCost, PlacedCost)
"""The forms that are read; what another would amount to must not be passed over."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Stated:
    """The forms of a round, each with the place of its tier and its weight.

    Attributes
    ----------
    problem
        The round.
    can
        Who can be in which template, shape (people, templates).
    persons
        By place what it costs that somebody is in a template, shape (people, templates).
    forms
        All others, as place, weight and form.
    """

    problem: Problem
    can: Bools
    persons: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    forms: tuple[tuple[int, int, Form], ...] = ()

    @classmethod
    def of(cls, problem: Problem) -> Stated:
        """Read a round."""
        shape = len(problem.round.people), len(problem.round.templates)
        can = np.ones(shape, dtype=np.bool_)
        persons: dict[int, NDArray[np.int64]] = {}
        forms: list[tuple[int, int, Form]] = []
        for place, weight, form in _lowered(problem):
            if not isinstance(form, PersonCost):
                forms.append((place, weight, form))
            elif place == HARD:
                can &= form.amount == 0
            else:
                cost = persons.setdefault(place, np.zeros(shape, dtype=np.int64))
                cost += weight * form.amount.astype(np.int64)
        return cls(problem, can, persons, tuple(forms))

    @property
    def students(self) -> int:
        """Number of students; mentors' places start here."""
        return len(self.problem.students)

    @property
    def tiers(self) -> tuple[int, ...]:
        """Numbers of the tiers in their order."""
        return self.problem.tiers

    def counts(self) -> Iterator[tuple[int, int, CountCost]]:
        """Yield the forms that count people of a set in a group."""
        yield from ((p, w, form) for p, w, form in self.forms if isinstance(form, CountCost))

    def sums(self) -> Iterator[tuple[int, int, SumCost]]:
        """Yield the forms on sums over a group."""
        yield from ((p, w, form) for p, w, form in self.forms if isinstance(form, SumCost))

    def pairs(self) -> Iterator[tuple[int, int, PairCost]]:
        """Yield the forms on two people in one group."""
        yield from ((p, w, form) for p, w, form in self.forms if isinstance(form, PairCost))

    def aparts(self) -> Iterator[tuple[int, int, ApartCost]]:
        """Yield the forms on people without somebody."""
        yield from ((p, w, form) for p, w, form in self.forms if isinstance(form, ApartCost))

    def loads(self) -> Iterator[tuple[int, int, LoadCost]]:
        """Yield the forms on how many groups somebody is in."""
        yield from ((p, w, form) for p, w, form in self.forms if isinstance(form, LoadCost))

    def placed(self) -> Iterator[tuple[int, int, PlacedCost]]:
        """Yield the forms on how many of a set have a group."""
        yield from ((p, w, form) for p, w, form in self.forms if isinstance(form, PlacedCost))

    def slot_of(self) -> list[int]:
        """Return the number of each template's slot."""
        number = {slot.id: place for place, slot in enumerate(self.problem.slots)}
        return [number[template.plan.slot] for template in self.problem.round.templates]

    def overlapping(self) -> list[frozenset[int]]:
        """Return for each template those that nobody of it can have as well, itself included."""
        plans = [template.plan for template in self.problem.round.templates]
        rivals = {one: {other for other in plans if one.overlaps(other)} for one in set(plans)}
        return [
            frozenset(place for place, other in enumerate(plans) if other in rivals[one])
            for one in plans
        ]


def _lowered(problem: Problem) -> Iterator[tuple[int, int, Form]]:
    place = {tier: number for number, tier in enumerate(problem.tiers, 1)}
    for rule in problem.active_rules:
        where = HARD if rule.tier == "hard" else place[int(rule.tier)]
        for form in rule.lower(problem.round):
            if not isinstance(form, KNOWN):
                raise TypeError(f"the baselines know nothing of {type(form).__name__}")
            yield where, 1 if where == HARD else rule.weight, form
