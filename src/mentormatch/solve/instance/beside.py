"""The rest of a round, where some of its groups are fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mentormatch.rules.forms import Ints, table_value
from mentormatch.solve.instance.compiled import Compiled, Load, Placed
from mentormatch.solve.instance.opening import Opening


def beside(compiled: Compiled, staying: Sequence[Opening]) -> Compiled:
    """Return the round without the times, loads, places and rooms that fixed groups take up.

    A person in fixed groups can have so many groups fewer, and none at an overlapping time. Costs
    of loads and places start from the numbers that the fixed groups reach, so they stay exact.
    """
    people = np.array([one for opening in staying for one in opening.people], dtype=np.int64)
    where = np.array([opening.template for opening in staying], dtype=np.int64)
    where = np.repeat(where, [len(opening.people) for opening in staying])
    taken = np.bincount(people, minlength=len(compiled.capacity)).astype(np.int64)
    capacity = np.maximum(compiled.capacity - taken, 0)
    allowed = compiled.allowed & (capacity > 0)[:, None]
    again = capacity[people] > 0
    overlapping = compiled.overlapping() if bool(again.any()) else {}
    for person, template in zip(people[again].tolist(), where[again].tolist(), strict=True):
        allowed[person, sorted(overlapping[template])] = False
    rooms = dict(compiled.rooms)
    for opening in staying:
        slot = compiled.templates[opening.template].plan.slot
        if slot in rooms:
            rooms[slot] -= 1
    return replace(
        compiled,
        allowed=allowed,
        capacity=capacity,
        rooms=rooms,
        loads=tuple(_of_load(load, taken) for load in compiled.loads),
        placed=tuple(_of_placed(placed, taken) for placed in compiled.placed),
    )


def _of_load(load: Load, taken: Ints) -> Load:
    last = load.table.shape[1] - 1
    at = np.minimum(taken[load.people][:, None] + np.arange(last + 1), last)
    table = np.take_along_axis(load.table, at, axis=1)
    return Load(load.people, table, load.tier, load.weight)


def _of_placed(placed: Placed, taken: Ints) -> Placed:
    here = taken[placed.members] == 0
    elsewhere = int((~here).sum())
    table = [table_value(placed.table, elsewhere + one) for one in range(int(here.sum()) + 1)]
    return Placed(placed.members[here], tuple(table), placed.tier, placed.weight)
