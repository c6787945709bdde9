"""What hard counts say of groups: caps on their people, and how many groups there can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mentormatch.evaluate.group_sizes import GroupSizes, sizes_by_counts
from mentormatch.rules.forms import ceiling, intervals
from mentormatch.solve.instance.compiled import HARD, Compiled, Count


class Caps:
    """How many people of a set a group can have at most, by what hard counts allow."""

    def __init__(self, compiled: Compiled) -> None:
        people = len(compiled.round_.people)
        self._hard = [
            (self.mask(count.members, people), count, top)
            for count in compiled.counts
            if count.tier == HARD and (top := ceiling(count.table)) is not None
        ]
        self._of: dict[int, list[tuple[Count, int]]] = {}
        self._people = people

    @staticmethod
    def mask(members: NDArray[np.int64], people: int) -> NDArray[np.bool_]:
        """Return a set of people as a mask."""
        mask = np.zeros(people, dtype=np.bool_)
        mask[members] = True
        return mask

    def cap(self, count: Count, template: int, eligible: int) -> int:
        """Return the most members of the count's set in a group of the template."""
        if id(count) not in self._of:
            mine = self.mask(count.members, self._people)
            self._of[id(count)] = [
                (hard, top) for mask, hard, top in self._hard if not bool((mine & ~mask).any())
            ]
        bounds = [top for hard, top in self._of[id(count)] if hard.applies(template)]
        return min([eligible, *bounds])


def most_groups(compiled: Compiled) -> list[int]:
    """Return for each template how many groups can run in it, by its eligible people."""
    allowed = compiled.allowed
    students = compiled.students
    most = allowed[:students].sum(axis=0).tolist()
    for count in compiled.counts:
        if count.tier != HARD:
            continue
        eligible = allowed[count.members].sum(axis=0)
        for template in range(len(most)):
            if not count.applies(template):
                continue
            runs = intervals(count.table, int(eligible[template]))
            if not runs:
                most[template] = 0
            elif runs[0][0] > 0:
                most[template] = min(most[template], int(eligible[template]) // runs[0][0])
    for number, shared in enumerate(compiled.templates):
        rooms = compiled.rooms.get(shared.plan.slot)
        if rooms is not None:
            most[number] = min(most[number], rooms)
    return [int(groups) for groups in most]


def group_sizes(compiled: Compiled) -> GroupSizes:
    """Return the sizes that the hard counts leave to the groups of each template."""
    hard = (count for count in compiled.counts if count.tier == HARD)
    people = len(compiled.round_.people)
    return sizes_by_counts(hard, compiled.students, people, len(compiled.templates))
