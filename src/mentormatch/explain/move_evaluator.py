"""Single moves from a matching: what each costs, and which hard rules forbid it.

A move is evaluated group by group, which is quick. What is reported is evaluated as a whole
afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.people import Mentor, Person, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.evaluate.cost import Score, score
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
)
from mentormatch.explain.eligibility import Eligibility
from mentormatch.rules.base import Rule


class MoveEvaluator:
    """The groups of a matching, and moves from them."""

    def __init__(self, before: EvaluatedSolution) -> None:
        self.before = before
        self.problem: Problem = before.problem
        self.eligibility = Eligibility(before.problem)

    @property
    def groups(self) -> tuple[SolutionGroup, ...]:
        """The groups of the matching."""
        return self.before.solution.groups

    @cached_property
    def sizes(self) -> tuple[int, int]:
        """The fewest and most students of any group, by the hard rules."""
        sizes = self.eligibility.sizes
        students = len(self.problem.students)
        return min(sizes.least.tolist(), default=1), max(sizes.room.tolist(), default=students)

    @cached_property
    def mentors_needed(self) -> int:
        """Mentors that every group must have, by the hard rules."""
        return max(self.eligibility.sizes.mentors.tolist(), default=0)

    @cached_property
    def scores(self) -> dict[str, Score]:
        """What each group of the matching costs by itself."""
        return {group.id: self.alone(group) for group in self.groups}

    def alone(self, group: SolutionGroup) -> Score:
        """Return what any group costs by itself."""
        return score(self.problem, Solution((group,), ()))

    def obstacles(self, before: Score, after: Score) -> tuple[Rule, ...]:
        """Return the hard rules that a changed group breaks, more than it did."""
        more: dict[int, int] = {}
        for sign, judged in ((1, after), (-1, before)):
            for each in judged.hard:
                key = id(each.rule)
                more[key] = more.get(key, 0) + sign * each.violation.amount
        return tuple(rule for rule in self.problem.active_rules if more.get(id(rule), 0) > 0)

    def stands_against(self, person: Person, group: SolutionGroup) -> tuple[Rule, ...]:
        """Return the hard rules that keep a person from joining a group of the matching."""
        return self.obstacles(self.scores[group.id], self.alone(joined(group, person)))

    def free_mentors(self, template: int) -> list[Mentor]:
        """Return the mentors who may lead one more group, in this template."""
        round_ = self.problem.round
        plan = round_.templates[template].plan
        first = len(round_.students)
        return [
            mentor
            for row, mentor in enumerate(round_.mentors)
            if self.eligibility.allowed[first + row, template] and self._has_time(mentor, plan)
        ]

    def has_room(self, slot: str) -> bool:
        """Whether one more group can meet in a slot."""
        most = self.problem.round.slot[slot].max_groups
        here = sum(group.template.plan.slot == slot for group in self.groups)
        return most is None or here < most

    def _has_time(self, mentor: Mentor, plan: MeetingPlan) -> bool:
        taken = self._led.get(mentor.id, ())
        return len(taken) < mentor.capacity and not any(map(plan.overlaps, taken))

    @cached_property
    def _led(self) -> dict[str, list[MeetingPlan]]:
        led: dict[str, list[MeetingPlan]] = {}
        for group in self.groups:
            for mentor in group.mentors:
                led.setdefault(mentor.id, []).append(group.template.plan)
        return led


def dearer(problem: Problem, before: Score, after: Score) -> tuple[Rule, ...]:
    """Return the soft rules that cost more, of the most important tier that does."""
    for tier, cost in after.tiers.items():
        if cost > before.tiers[tier]:
            return tuple(rule for rule in costing_more(problem, before, after) if rule.tier == tier)
    return ()


def costing_more(problem: Problem, before: Score, after: Score) -> tuple[Rule, ...]:
    """Return the soft rules that cost more, whatever their tiers come to with the others."""
    more: dict[int, int] = {}
    for sign, judged in ((1, after), (-1, before)):
        for each in judged.soft:
            key = id(each.rule)
            more[key] = more.get(key, 0) + sign * each.cost
    return tuple(rule for rule in problem.active_rules if more.get(id(rule), 0) > 0)


def joined(group: SolutionGroup, person: Person) -> SolutionGroup:
    """Return a group with one more person."""
    if isinstance(person, Student):
        return replace(group, students=(*group.students, person))
    assert isinstance(person, Mentor)
    return replace(group, mentors=(*group.mentors, person))


def parted(group: SolutionGroup, person: Person) -> SolutionGroup:
    """Return a group without a person."""
    return replace(
        group,
        students=tuple(one for one in group.students if one.id != person.id),
        mentors=tuple(one for one in group.mentors if one.id != person.id),
    )


def replaced(
    groups: tuple[SolutionGroup, ...], *changed: SolutionGroup
) -> tuple[SolutionGroup, ...]:
    """Return the groups with some of them changed, by id, and new ones at the end."""
    new = {group.id: group for group in changed}
    known = {group.id for group in groups}
    kept = tuple(new.get(group.id, group) for group in groups)
    return (*kept, *(group for group in changed if group.id not in known))
