"""What the rules say of one group, or of people without regard to groups, and quickly."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, cast

from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.people import Answer, Mentor, Person, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Solution, SolutionGroup, Template
from mentormatch.rules.base import Rule, Violation
from tests.support.read_template import ReadTemplate, Said

Values = tuple[int, ...]


class Cheapest(NamedTuple):
    """The best way for some people to meet, and what it costs."""

    values: Values
    group: SolutionGroup


class Judge:
    """What the rules say of groups and of people, in the least time.

    Of a group it asks the hard rules first, and of these the one that was broken last, because
    most groups of all the possible ones break some. A rule is asked once for the same people and
    the same of what it reads of the template: one on sizes once, one on languages once for each.
    """

    def __init__(self, problem: Problem) -> None:
        round_ = problem.round
        self.round_ = Remembering(
            **{field.name: getattr(round_, field.name) for field in dataclasses.fields(Round)}
        )
        self._tiers = problem.tiers
        self._hard = [rule for rule in problem.active_rules if rule.tier == "hard"]
        self._soft = [
            (rule, self._tiers.index(rule.tier))
            for rule in problem.active_rules
            if isinstance(rule.tier, int)
        ]
        self._of_people: dict[Hashable, Values | None] = {}

    def cheapest(
        self,
        students: tuple[Student, ...],
        mentors: tuple[Mentor, ...],
        times: Iterable[tuple[int, tuple[Template, ...]]],
    ) -> Iterator[tuple[int, Cheapest]]:
        """Yield the cheapest group of these people at each time that keeps the hard rules.

        Parameters
        ----------
        students, mentors
            Who is in the group.
        times
            Numbers of times, with all ways to meet at each.
        """
        said: dict[int, Said] = {}
        for number, strategies in times:
            best: Cheapest | None = None
            for template in strategies:
                group = SolutionGroup("?", students, mentors, template)
                broken, everywhere = self._broken(group, said)
                if everywhere:
                    return
                values = None if broken else self._price(group, said)
                if values is not None and (best is None or values < best.values):
                    best = Cheapest(values, group)
            if best is not None:
                yield number, best

    def _broken(self, group: SolutionGroup, said: dict[int, Said]) -> tuple[bool, bool]:
        """Return whether a hard rule is broken, and whether it is so wherever these people meet."""
        for place, rule in enumerate(self._hard):
            mine = said.setdefault(id(rule), {})
            if self._amount(rule, group, mine):
                self._hard.insert(0, self._hard.pop(place))
                return True, () in mine
        return False, False

    def _price(self, group: SolutionGroup, said: dict[int, Said]) -> Values:
        costs = [0] * len(self._tiers)
        for rule, tier in self._soft:
            costs[tier] += rule.weight * self._amount(rule, group, said.setdefault(id(rule), {}))
        return tuple(costs)

    def _amount(self, rule: Rule, group: SolutionGroup, said: Said) -> int:
        """Return the sum of the breaches that name the group."""
        for fields, amounts in said.items():
            known = amounts.get(tuple(getattr(group.template, field) for field in fields))
            if known is not None:
                return known
        watched = ReadTemplate(group.template)
        alone = Solution((dataclasses.replace(group, template=cast("Template", watched)),), ())
        amount = sum(
            violation.amount for violation in rule.violations(self.round_, alone) if violation.group
        )
        said.setdefault(tuple(watched.read), {})[tuple(watched.read.values())] = amount
        return amount

    def of_people(self, solution: Solution, known_by: Hashable) -> Values | None:
        """Return what breaches without a group cost, or None if one is of a hard rule.

        Parameters
        ----------
        solution
            All groups, and who is left out.
        known_by
            What the answer depends on; for the same it is worked out once.
        """
        if known_by not in self._of_people:
            found = list(self.breaches_of_people(solution))
            hard = any(rule.tier == "hard" for rule, _ in found)
            self._of_people[known_by] = None if hard else self._costs(iter(found))
        return self._of_people[known_by]

    def breaches_of_people(self, solution: Solution) -> Iterator[tuple[Rule, Violation]]:
        """Yield the breaches that name no group, with their rules."""
        for rule in (*self._hard, *(rule for rule, _ in self._soft)):
            for violation in rule.violations(self.round_, solution):
                if violation.group is None:
                    yield rule, violation

    def _costs(self, found: Iterator[tuple[Rule, Violation]]) -> Values:
        costs = dict.fromkeys(self._tiers, 0)
        for rule, violation in found:
            assert isinstance(rule.tier, int)
            costs[rule.tier] += rule.weight * violation.amount
        return tuple(costs.values())


class Remembering(Round):
    """A round that works out only once whether somebody can come to a plan."""

    @cached_property
    def _said(self) -> dict[tuple[str, MeetingPlan], Answer]:
        return {}

    def answer(self, person: Person, plan: MeetingPlan) -> Answer:
        """Return what the round says, from memory if it was asked before."""
        key = (person.id, plan)
        if key not in self._said:
            self._said[key] = super().answer(person, plan)
        return self._said[key]
