"""First fit: groups opened where most people are still free, filled in the order of the list."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.baselines.outset import Answer, Gathering, Outset


def solve(outset: Outset, time_limit: float, seed: int) -> Answer:  # noqa: ARG001
    """Open groups one after the other, then put whoever is left where there is room."""
    shape = outset.problem.shape
    free = set(range(len(outset.problem.round.people)))
    groups: list[Gathering] = []
    while True:
        chosen = _next(outset, free)
        if chosen is None:
            break
        groups.append(chosen)
        free -= set(chosen.people)
    for place in sorted(person for person in free if person < outset.students):
        for number, group in enumerate(groups):
            as_solution = sum(person < outset.students for person in group.people)
            if (
                as_solution < shape.max_students
                and outset.can[place, group.template]
                and outset.avoided[place].isdisjoint(group.people)
            ):
                groups[number] = Gathering(group.template, (*group.people, place))
                break
    return Answer(tuple(groups), {})


def _next(outset: Outset, free: set[int]) -> Gathering | None:
    """Return a group of the least size in the template that most free students can attend."""
    students = sorted(place for place in free if place < outset.students)
    crowded = outset.can[students].sum(axis=0)
    for template in (-crowded).argsort(kind="stable").tolist():
        if crowded[template] < outset.problem.shape.min_students:
            return None
        people = gathered(outset, sorted(free), template)
        if people is not None:
            return Gathering(template, people)
    return None


def gathered(outset: Outset, free: Sequence[int], template: int) -> tuple[int, ...] | None:
    """Return the first of the free who can form a group in a template; None if none can."""
    shape = outset.problem.shape
    inside: list[int] = []
    # Mentors first: they are scarce.
    for mentors, wanted in ((True, shape.mentors), (False, shape.min_students)):
        as_solution = 0
        for place in free:
            if as_solution == wanted:
                break
            if (
                (place >= outset.students) == mentors
                and outset.can[place, template]
                and outset.avoided[place].isdisjoint(inside)
            ):
                inside.append(place)
                as_solution += 1
        if as_solution < wanted:
            return None
    return tuple(inside)
