"""A task that tools for forming teams can express, and a scorer that knows none of them.

n people; 20 weekly slots, of which each person is free in 4 to 10; 12 departments of very
different sizes; groups of five, all of whom share a slot and come from different departments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import product

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.matching import Matching
from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape
from mentormatch.rules import Mix, exactly
from mentormatch.synthetic.draws import Draws

GROUP_SIZE = 5
SLOTS = 20
LEAST_FREE, MOST_FREE = 4, 10
DEPARTMENTS = 12
SKEW = 0.7
"""Zipf's exponent: the n-th department weighs n to its negative."""

HOURS = (9, 11, 13, 15)


@dataclass(frozen=True)
class Task:
    """People by number: in which slots each is free, and of which department each is."""

    free: tuple[tuple[int, ...], ...]
    departments: tuple[int, ...]

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.free)


@dataclass(frozen=True)
class Verdict:
    """What groups are worth.

    Attributes
    ----------
    groups
        How many there could be, which is also what shares are of.
    sharing
        Groups of the full size whose members are all free in one slot.
    mix
        Distinct departments as a share of the places, in the groups formed.
    pairs
        Pairs of one department in one group.
    without
        People in no group.
    """

    groups: int
    sharing: int
    mix: float
    pairs: int
    without: int


def draw_task(people: int, seed: int) -> Task:
    """Return the task of a seed."""
    draws = Draws(seed, "peers")
    weights = [(rank + 1) ** -SKEW for rank in range(DEPARTMENTS)]
    numbers = draws.whole(people, LEAST_FREE, MOST_FREE).tolist()
    free = tuple(tuple(sorted(draws.order(SLOTS)[:number].tolist())) for number in numbers)
    return Task(free, tuple(draws.pick(people, weights).tolist()))


def judged(task: Task, groups: Sequence[Sequence[int]]) -> Verdict:
    """Judge groups of people's numbers.

    Raises
    ------
    ValueError
        If somebody is in two groups or does not exist.
    """
    as_solution = [person for group in groups for person in group]
    if len(set(as_solution)) != len(as_solution) or not set(as_solution) <= set(range(task.people)):
        raise ValueError("somebody is in two groups, or does not exist")
    sharing = distinct = pairs = 0
    for group in groups:
        common = set.intersection(*(set(task.free[person]) for person in group))
        sharing += len(group) == GROUP_SIZE and bool(common)
        kinds = Counter(task.departments[person] for person in group)
        distinct += len(kinds)
        pairs += sum(count * (count - 1) // 2 for count in kinds.values())
    return Verdict(
        groups=task.people // GROUP_SIZE,
        sharing=sharing,
        mix=distinct / len(as_solution) if as_solution else 0.0,
        pairs=pairs,
        without=task.people - len(as_solution),
    )


def as_problem(task: Task) -> Problem:
    """Return the task as a round without mentors."""
    slots = tuple(
        Slot(id=f"t{number:02d}", weekday=weekday, start=time(hour), modes=("campus",))
        for number, (weekday, hour) in enumerate(product(range(1, 6), HOURS))
    )
    students = tuple(
        Student(
            id=f"p{number:04d}",
            department=f"Department {department + 1}",
            languages={"en": "C1"},
            availability=dict.fromkeys((slots[place].id for place in free), "yes"),
        )
        for number, (free, department) in enumerate(zip(task.free, task.departments, strict=True))
    )
    return Problem(
        students=students,
        slots=slots,
        term=Term(first_day=date(2026, 9, 14), last_day=date(2026, 10, 25), meetings=6),
        shape=GroupShape(min_students=GROUP_SIZE, max_students=GROUP_SIZE, mentors=0),
        rules=exactly(Mix(), foundations=True),
    )


def as_groups(problem: Problem, matching: Matching) -> list[list[int]]:
    """Return a matching's groups as numbers of people."""
    place = problem.round.position
    return [[place[person] for person in group.students] for group in matching.groups]
