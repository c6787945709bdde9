"""Evaluation of single groups by the compiled forms, and conversion from and to named groups.

`as_solution` gives groups their ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np

from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.rules.forms import Ints, table_value
from mentormatch.solve.assign.earliest import at_earliest
from mentormatch.solve.instance.compiled import HARD, Compiled
from mentormatch.solve.instance.kinds import kinds_of_people
from mentormatch.solve.instance.opening import Opening


class Partners(Sequence[frozenset[int]]):
    """For each person the others in pairs (person, other).

    The sets are made on access: a hundred thousand that stay alive would slow down every pass of
    Python's garbage collector.
    """

    def __init__(self, people: int, rows: Sequence[Ints]) -> None:
        pairs = np.concatenate([np.empty((0, 2), dtype=np.int64), *rows])
        pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
        self._others: list[int] = pairs[:, 1].tolist()
        self._ends: list[int] = np.searchsorted(pairs[:, 0], np.arange(people + 1)).tolist()

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, person: int) -> frozenset[int]: ...

    @overload
    def __getitem__(self, person: slice) -> Sequence[frozenset[int]]: ...

    def __getitem__(self, person: int | slice) -> frozenset[int] | Sequence[frozenset[int]]:
        if isinstance(person, slice):
            return [self[one] for one in range(*person.indices(len(self)))]
        return frozenset(self._others[self._ends[person] : self._ends[person + 1]])


class GroupCosts:
    """Evaluates single groups by the compiled forms."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.counts_of = _counts_of(compiled)
        hard = [pairs for pairs in compiled.pairs if pairs.tier == HARD]
        apart = [pairs.pairs for pairs in hard if pairs.together]
        people = len(self.counts_of)
        self.apart: Sequence[frozenset[int]] = Partners(
            people, [*apart, *(rows[:, ::-1] for rows in apart)]
        )
        self._needed = Partners(people, [pairs.pairs for pairs in hard if not pairs.together])

    def fits(self, template: int, people: Sequence[int]) -> bool:
        """Return whether a group breaks no hard form by itself."""
        compiled = self.compiled
        if not all(compiled.allowed[person, template] for person in people):
            return False
        here = set(people)
        if any(self.apart[person] & here for person in people):
            return False
        found = self.tally(people)
        for number, count in enumerate(compiled.counts):
            if (
                count.tier == HARD
                and count.applies(template)
                and table_value(count.table, found.get(number, 0))
            ):
                return False
        for form in compiled.sums:
            if form.tier == HARD:
                total = int(form.weights[list(people)].sum())
                if any(slope * total + intercept > 0 for slope, intercept in form.lines):
                    return False
        return all(self._needed[person] <= here for person in people)

    def costs(self, opening: Opening) -> tuple[int, ...]:
        """Return what a group costs in each tier by people and counts, without pairs and sums."""
        compiled = self.compiled
        people = list(opening.people)
        costs = compiled.cost[:, people, opening.template].sum(axis=1).tolist()
        found = self.tally(people)
        for number, count in enumerate(compiled.counts):
            if count.tier != HARD and count.applies(opening.template):
                costs[count.tier] += count.weight * table_value(count.table, found.get(number, 0))
        return tuple(costs)

    def tally(self, people: Sequence[int]) -> dict[int, int]:
        """Return the number of people of each counted set."""
        found: dict[int, int] = {}
        for person in people:
            for number in self.counts_of[person]:
                found[number] = found.get(number, 0) + 1
        return found


def _counts_of(compiled: Compiled) -> list[tuple[int, ...]]:
    """Return for each person the counts whose sets they are in; equal tuples are one object."""
    counts, kind = kinds_of_people(compiled)
    of_kind = [tuple(np.flatnonzero(row).tolist()) for row in counts]
    return [of_kind[one] for one in kind.tolist()]


def openings_of(compiled: Compiled, solution: Solution) -> list[Opening]:
    """Return finished groups by numbers, with dominated templates replaced by kept ones.

    A dominated template is mapped to the kept template of its slot that costs the group least,
    which is no worse. A group in whose slot no template was kept is left out.
    """
    place = compiled.round_.position
    judge = GroupCosts(compiled)
    openings = []
    for group in solution.groups:
        people = tuple(sorted(place[person.id] for person in group.members))
        options = [
            (
                not judge.fits(number, people),
                template != group.template,
                judge.costs(Opening(number, people)),
                Opening(number, people),
            )
            for number, template in enumerate(compiled.templates)
            if template.plan.slot == group.template.plan.slot
        ]
        if options:
            openings.append(min(options)[-1])
    return openings


def as_solution(compiled: Compiled, openings: Sequence[Opening]) -> Solution:
    """Return groups with their people in full, named g1, g2, ... in order of time."""
    round_ = compiled.round_
    first_mentor = compiled.students

    def key(opening: Opening) -> tuple[object, ...]:
        template = compiled.templates[opening.template]
        names = sorted(round_.people[person].id for person in opening.people)
        return (
            template.plan.starts[0],
            template.plan.slot,
            template.language,
            template.topic or "",
            names,
        )

    groups = []
    for number, opening in enumerate(sorted(at_earliest(compiled, openings), key=key), 1):
        students = [round_.students[one] for one in opening.people if one < first_mentor]
        mentors = [
            round_.mentors[one - first_mentor] for one in opening.people if one >= first_mentor
        ]
        groups.append(
            SolutionGroup(
                f"g{number}",
                tuple(sorted(students, key=lambda one: one.id)),
                tuple(sorted(mentors, key=lambda one: one.id)),
                compiled.templates[opening.template],
            )
        )
    placed = {student.id for group in groups for student in group.students}
    left_out = [student for student in round_.students if student.id not in placed]
    return Solution(tuple(groups), tuple(sorted(left_out, key=lambda one: one.id)))
