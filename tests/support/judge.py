"""What the rules say of one group, or of people without regard to groups, and quickly."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterator
from functools import cached_property

from mentormatch.calendar import MeetingPlan
from mentormatch.people import Answer, Person
from mentormatch.problem import Problem
from mentormatch.rounds import Round, SeatedGroup, Seating
from mentormatch.rules.base import Breach, Rule

Values = tuple[int, ...]


class Judge:
    """What the rules say of groups and of people, in the least time.

    Of a group it asks the hard rules first, and of these the one that was broken last, because
    most groups of all the possible ones break some.
    """

    def __init__(self, problem: Problem) -> None:
        around = problem.round
        self.around = Remembering(
            **{field.name: getattr(around, field.name) for field in dataclasses.fields(Round)}
        )
        self._tiers = problem.tiers
        self._hard = [rule for rule in problem.active_rules if rule.tier == "hard"]
        self._soft = [rule for rule in problem.active_rules if rule.tier != "hard"]
        self._of_people: dict[Hashable, Values | None] = {}

    def of_group(self, group: SeatedGroup) -> Values | None:
        """Return what breaches that name the group cost, or None if one is of a hard rule."""
        alone = Seating((group,), ())
        for place, rule in enumerate(self._hard):
            if any(breach.group for breach in rule.breaches(self.around, alone)):
                self._hard.insert(0, self._hard.pop(place))
                return None
        return self._costs(
            (rule, breach)
            for rule in self._soft
            for breach in rule.breaches(self.around, alone)
            if breach.group
        )

    def of_people(self, seating: Seating, known_by: Hashable) -> Values | None:
        """Return what breaches without a group cost, or None if one is of a hard rule.

        Parameters
        ----------
        seating
            All groups, and who is left out.
        known_by
            What the answer depends on; for the same it is worked out once.
        """
        if known_by not in self._of_people:
            found = list(self.breaches_of_people(seating))
            hard = any(rule.tier == "hard" for rule, _ in found)
            self._of_people[known_by] = None if hard else self._costs(iter(found))
        return self._of_people[known_by]

    def breaches_of_people(self, seating: Seating) -> Iterator[tuple[Rule, Breach]]:
        """Yield the breaches that name no group, with their rules."""
        for rule in (*self._hard, *self._soft):
            for breach in rule.breaches(self.around, seating):
                if breach.group is None:
                    yield rule, breach

    def _costs(self, found: Iterator[tuple[Rule, Breach]]) -> Values:
        costs = dict.fromkeys(self._tiers, 0)
        for rule, breach in found:
            assert isinstance(rule.tier, int)
            costs[rule.tier] += rule.weight * breach.amount
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
