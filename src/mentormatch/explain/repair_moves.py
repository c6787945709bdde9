"""Candidate repairs one move away from a matching, cheapest first, without a solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from mentormatch.data.group_ids import fresh_ids
from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.evaluate.cost import score
from mentormatch.explain.move_evaluator import MoveEvaluator, dearer, joined, parted
from mentormatch.rules.base import Rule
from mentormatch.whatif.changes import (
    AddMentors,
    AddRoom,
    Change,
    MaxStudents,
    MinStudents,
    OfferSlot,
    RelaxRule,
)

MOST_OPENINGS = 6
"""Templates in which a new group is tried for one person."""


@dataclass(frozen=True)
class Candidate:
    """Changes, and the groups that they would lead to; not proven yet."""

    changes: tuple[Change, ...]
    groups: tuple[SolutionGroup, ...]
    cost: tuple[int, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of the changes."""
        return tuple(change.kind for change in self.changes)


Easing = Callable[[Problem, Student, SolutionGroup], Change]

_EASED: Mapping[str, Easing] = {
    "common_slot": lambda _, person, group: OfferSlot(
        person=person.id, slot=group.template.plan.slot
    ),
    "group_size": lambda problem, _, __: MaxStudents(to=problem.shape.max_students + 1),
}
"""The change that lets somebody in where a rule forbids it; any other rule is relaxed."""


def easing(problem: Problem, rule: Rule, person: Student, group: SolutionGroup) -> Change:
    """Return the smallest change after which a rule no longer keeps a person from a group."""
    if rule.kind in _EASED:
        return _EASED[rule.kind](problem, person, group)
    return relaxed(problem, (rule,))[0]


def relaxed(problem: Problem, rules: Iterable[Rule]) -> tuple[Change, ...]:
    """Return the changes after which these rules, hard or soft, give way."""
    return tuple(
        RelaxRule(
            rule=rule.kind,
            place=next(
                (at for at, stated in enumerate(problem.stated_rules) if stated is rule), None
            ),
        )
        for rule in rules
    )


def joins(evaluator: MoveEvaluator, person: Student) -> Iterator[Candidate]:
    """Yield, for each group, the changes with which a person can join it as it is."""
    own = score(evaluator.problem, Solution((), (person,))).values
    for group in evaluator.groups:
        after = joined(group, person)
        judged = evaluator.alone(after)
        before = evaluator.scores[group.id]
        rules = evaluator.obstacles(before, judged)
        changes = tuple(easing(evaluator.problem, rule, person, group) for rule in rules)
        cost = tuple(
            new - old - out for new, old, out in zip(judged.values, before.values, own, strict=True)
        )
        yield Candidate(changes, (after,), cost)
        if not rules and cost > (0,) * len(cost):
            rules = dearer(evaluator.problem, before, judged)
            yield Candidate(relaxed(evaluator.problem, rules), (after,), cost)


def shifts(evaluator: MoveEvaluator, person: Student) -> Iterator[Candidate]:
    """Yield the changes with which somebody moves to a group with room and leaves their seat.

    Only groups that are full are looked at, and only moves that no rule stands against, while
    one rule at most stands against the person.
    """
    _, most = evaluator.sizes
    roomy = [group for group in evaluator.groups if len(group.students) < most]
    for group in evaluator.groups:
        if len(group.students) < most:
            continue
        for leaving in group.students:
            after = joined(parted(group, leaving), person)
            rules = evaluator.obstacles(evaluator.scores[group.id], evaluator.alone(after))
            if len(rules) > 1 or any(rule.kind == "group_size" for rule in rules):
                continue
            for other in roomy:
                plan = other.template.plan
                if evaluator.problem.round.answer(leaving, plan) == "no":
                    continue
                if not evaluator.stands_against(leaving, other):
                    changes = tuple(
                        easing(evaluator.problem, rule, person, group) for rule in rules
                    )
                    yield Candidate(changes, (after, joined(other, leaving)))
                    break


def openings(
    evaluator: MoveEvaluator, person: Student, waiting: Iterable[Student], *, anywhere: bool = False
) -> Iterator[Candidate]:
    """Yield the changes with which a new group opens for a person.

    It is filled with others who have no group and, where these are too few, with people from
    groups that can spare them; mentors who are free lead it, and others are asked for.

    Parameters
    ----------
    evaluator
        The groups that there are.
    person
        For whom it opens.
    waiting
        The students without a group.
    anywhere
        Whether it opens where rules keep the person from, or where they do not.
    """
    allowed = evaluator.eligibility.allowed
    row = evaluator.problem.round.position[person.id]
    others = [student for student in waiting if student.id != person.id]
    rows = np.array(
        [evaluator.problem.round.position[student.id] for student in others], dtype=np.int64
    )
    with_them = allowed[rows].sum(axis=0)
    against = np.zeros(allowed.shape[1], dtype=np.int64)
    for _, mask in evaluator.eligibility.by_rule:
        against += ~mask[row]
    templates = sorted(
        np.flatnonzero((against > 0) == anywhere),
        key=lambda t: (int(against[t]), -int(with_them[t]), int(t)),
    )
    for template in templates[:MOST_OPENINGS]:
        there = [one for one, able in zip(others, allowed[rows, template], strict=True) if able]
        yield _opening(evaluator, person, int(template), there)


def _opening(
    evaluator: MoveEvaluator, person: Student, template: int, others: list[Student]
) -> Candidate:
    """Return the changes with which a group opens in a template for a person, and its groups."""
    problem = evaluator.problem
    shared = problem.round.templates[template]
    row = problem.round.position[person.id]
    name = next(fresh_ids("new-", {group.id for group in evaluator.groups}))
    group = SolutionGroup(name, (person,), (), shared)

    # What the person needs to be there, and the slot to hold one more group.
    changes = [
        easing(problem, rule, person, group)
        for rule, mask in evaluator.eligibility.by_rule
        if not mask[row, template]
    ]
    if not evaluator.has_room(shared.plan.slot):
        changes.append(AddRoom(slot=shared.plan.slot))

    # Students: first those without a group, then those whom other groups can spare.
    group = _with_those_free(evaluator, group, template, others)
    group, givers = _filled(evaluator, group, template)
    least, _ = evaluator.sizes
    if (lacking := least - len(group.students)) > 0:
        changes.append(MinStudents(to=problem.shape.min_students - lacking))

    # Mentors: those who are free have joined, the others are asked for.
    if (missing := evaluator.mentors_needed - len(group.mentors)) > 0:
        more = AddMentors(slot=shared.plan.slot, count=missing)
        changes.append(more)
        group = replace(group, mentors=(*group.mentors, *more.newcomers(problem)))
    return Candidate(tuple(changes), (group, *givers))


def _with_those_free(
    evaluator: MoveEvaluator, group: SolutionGroup, template: int, others: Iterable[Student]
) -> SolutionGroup:
    """Return a group with the students and free mentors who fit, in turn, while there is room."""
    _, most = evaluator.sizes
    judged = evaluator.alone(group)
    for one in (*others, *evaluator.free_mentors(template)):
        if isinstance(one, Student):
            full = len(group.students) >= most
        else:
            full = len(group.mentors) >= evaluator.problem.shape.mentors
        if full:
            continue
        larger = joined(group, one)
        after = evaluator.alone(larger)
        if not evaluator.obstacles(judged, after):
            group, judged = larger, after
    return group


def _filled(
    evaluator: MoveEvaluator, group: SolutionGroup, template: int
) -> tuple[SolutionGroup, list[SolutionGroup]]:
    """Fill a group up to the smallest size with people whom other groups can spare."""
    round_ = evaluator.problem.round
    allowed = evaluator.eligibility.allowed
    least, _ = evaluator.sizes
    givers: dict[str, SolutionGroup] = {}
    judged = evaluator.alone(group)
    for other in sorted(evaluator.groups, key=lambda one: -len(one.students)):
        for student in other.students:
            now = givers.get(other.id, other)
            if len(group.students) >= least or len(now.students) <= least:
                break
            if not allowed[round_.position[student.id], template]:
                continue
            larger = joined(group, student)
            after = evaluator.alone(larger)
            smaller = parted(now, student)
            if evaluator.obstacles(judged, after) or evaluator.obstacles(
                evaluator.scores[other.id], evaluator.alone(smaller)
            ):
                continue
            group, judged = larger, after
            givers[other.id] = smaller
    return group, list(givers.values())
