"""What every baseline is given, and what it has to give back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mentormatch.data.matching import Group, Matching, TierResult
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import solution_of, verify
from mentormatch.rules import KeepApart, KeepApartAffiliation, Mix, PlaceEveryone, PreferYes
from mentormatch.rules.forms import PairCost, PersonCost

UNDERSTOOD = (PlaceEveryone, KeepApart, KeepApartAffiliation, Mix, PreferYes)
"""The rules that the baselines know beside the structure of groups."""

TIERS = (1, 3, 4)
"""Left out, pairs of one department, times used if need be."""


@dataclass(frozen=True)
class Gathering:
    """People by their places, students first, in one template."""

    template: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """What a baseline found.

    Attributes
    ----------
    groups
        Its groups, or None if it found no answer in time.
    bounds
        By tier the least that any matching can cost, as far as it was proven.
    """

    groups: tuple[Gathering, ...] | None
    bounds: dict[int, int]


Baseline = Callable[["Outset", float, int], Answer]
"""Takes the round, seconds and a seed."""


@dataclass(frozen=True, eq=False)
class Outset:
    """A round in arrays, with people numbered students first.

    Attributes
    ----------
    problem
        The round, with the standard rules and mentors who lead one group each.
    """

    problem: Problem

    def __post_init__(self) -> None:
        """Refuse a round of which the baselines would miss a wish."""
        unknown = [rule.kind for rule in self.problem.rules if not isinstance(rule, UNDERSTOOD)]
        if unknown or self.problem.tiers != TIERS:
            raise ValueError(f"the baselines know nothing of {unknown or self.problem.tiers}")
        if any(mentor.capacity != 1 for mentor in self.problem.mentors):
            raise ValueError("the baselines lead one group a mentor")

    @cached_property
    def students(self) -> int:
        """Number of students; the mentors' places start here."""
        return len(self.problem.students)

    @cached_property
    def can(self) -> NDArray[np.bool_]:
        """Who can be in which template, shape (people, templates)."""
        round_ = self.problem.round
        can = np.ones((len(round_.people), len(round_.templates)), dtype=np.bool_)
        for rule in self.problem.active_rules:
            if rule.tier == "hard":
                for form in rule.lower(round_):
                    if isinstance(form, PersonCost):
                        can &= form.amount == 0
        return can

    @cached_property
    def unwilling(self) -> NDArray[np.bool_]:
        """Whose answer to which template is not a plain yes, shape (people, templates)."""
        return np.asarray(self.problem.round.answers < 2)

    @cached_property
    def departments(self) -> tuple[tuple[int, ...], ...]:
        """Places of the students of each department."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, student in enumerate(self.problem.students):
            if student.department is not None:
                found[student.department].append(place)
        return tuple(tuple(places) for _, places in sorted(found.items()))

    @cached_property
    def strangers(self) -> tuple[tuple[int, int], ...]:
        """Pairs of people who must not share a group."""
        pairs: set[tuple[int, int]] = set()
        for rule in self.problem.active_rules:
            if rule.tier == "hard":
                for form in rule.lower(self.problem.round):
                    if isinstance(form, PairCost):
                        pairs |= {(int(one), int(other)) for one, other in form.pairs}
        return tuple(sorted(pairs))

    @cached_property
    def avoided(self) -> tuple[frozenset[int], ...]:
        """Whom each person must not meet."""
        found: list[set[int]] = [set() for _ in self.problem.round.people]
        for one, other in self.strangers:
            found[one].add(other)
            found[other].add(one)
        return tuple(frozenset(others) for others in found)

    def matching(self, answer: Answer) -> Matching:
        """Return an answer as a matching with costs by the rules' own meaning, verified.

        Raises
        ------
        SystemExit
            If the answer breaks a hard rule, or a bound lies above what was reached.
        """
        round_ = self.problem.round
        groups = [
            Group(
                id=f"g{number + 1}",
                students=tuple(round_.people[p].id for p in group.people if p < self.students),
                mentors=tuple(round_.people[p].id for p in group.people if p >= self.students),
                slot=round_.templates[group.template].plan.slot,
                meetings=round_.templates[group.template].plan.starts,
                language=round_.templates[group.template].language,
                mode=round_.templates[group.template].mode,
            )
            for number, group in enumerate(answer.groups or ())
        ]
        bare = Matching(status="FEASIBLE", groups=tuple(groups))
        report = verify(self.problem, bare)
        if not report.ok:
            raise SystemExit(f"a baseline broke a rule: {report}")
        tiers = tuple(
            TierResult(
                tier=tier,
                name=self.problem.tier_name(tier),
                value=value,
                bound=answer.bounds.get(tier, 0),
            )
            for tier, value in report.tiers.items()
        )
        out = tuple(student.id for student in solution_of(self.problem, bare).left_out)
        stated = Matching(status="FEASIBLE", groups=tuple(groups), left_out=out, tiers=tiers)
        report = verify(self.problem, stated)
        if not report.ok:
            raise SystemExit(f"a baseline claims too much: {report}")
        return stated


def most_groups(outset: Outset, template: int) -> int:
    """Return the most groups that those who can be in a template could form."""
    shape = outset.problem.shape
    there = outset.can[:, template]
    by_students = int(there[: outset.students].sum()) // shape.min_students
    if not shape.mentors:
        return by_students
    return min(by_students, int(there[outset.students :].sum()) // shape.mentors)
