"""What hard counts say of group sizes: runs of counts that are allowed, caps, numbers of groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentormatch.rules.forms import table_value
from mentormatch.solve.instance.compiled import HARD, Compiled, Count


def intervals(table: Sequence[int], cap: int) -> list[tuple[int, int]]:
    """Return the maximal runs (first, last) of counts 0..cap at which a table is zero."""
    zeros = [(count, count) for count in range(min(cap + 1, len(table))) if table[count] == 0]
    # Beyond the table the last step repeats: all of it is zero, or one count at most.
    after, step = len(table), table_value(table, len(table)) - table[-1]
    if step and -table[-1] % step == 0:
        only = after - 1 - table[-1] // step
        zeros += [(only, only)] if after <= only <= cap else []
    elif not step and table[-1] == 0 and after <= cap:
        zeros.append((after, cap))
    runs: list[tuple[int, int]] = []
    for first, last in zeros:
        if runs and runs[-1][1] == first - 1:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


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


def ceiling(table: Sequence[int]) -> int | None:
    """Return the largest count at which a table is zero; None if there is no largest."""
    if table[-1] == 0 and (len(table) < 2 or table[-2] == 0):
        return None
    zeros = [count for count, amount in enumerate(table) if amount == 0]
    return zeros[-1] if zeros else 0


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
        rooms = compiled.round_.slot[shared.plan.slot].max_groups
        if rooms is not None:
            most[number] = min(most[number], rooms)
    return [int(groups) for groups in most]
