"""Following the relaxation down to whole numbers of groups.

With the number of groups of every column fixed, the rest is nearly a network flow and easy. So
the groups are fixed one by one where the relaxation all but has them, the relaxation is solved
anew after each, and a step that turns out badly is taken back once.
"""

from __future__ import annotations

import numpy as np

from mentormatch.solve.clock import Clock
from mentormatch.solve.model import PlanModel
from mentormatch.solve.relaxation import Relaxation, Relaxed

NEARLY = 1e-6
STEPS = 400
"""Most relaxations that one dive solves."""


def dive(
    plan: PlanModel, relaxation: Relaxation, first: Relaxed, worst: int | None, clock: Clock
) -> dict[int, int] | None:
    """Return a number of groups for each column by which the tier can cost less than `worst`.

    Parameters
    ----------
    plan
        The integer program.
    relaxation
        Its relaxation, with the tier as its objective; its bounds are put back at the end.
    first
        The relaxation's optimum.
    worst
        The cost that is already had, or None.
    clock
        Ends the dive early.

    Returns
    -------
    dict
        Groups by index of the column's variable, or None if the dive ends in nothing.
    """
    groups = [variable.index for variable in plan.groups]
    before = {place: relaxation.range(place) for place in groups}
    try:
        return _dive(groups, relaxation, first, worst, clock)
    finally:
        for place, (least, most) in before.items():
            relaxation.bind(place, least, most)


def _dive(
    groups: list[int], relaxation: Relaxation, first: Relaxed, worst: int | None, clock: Clock
) -> dict[int, int] | None:
    current = first
    for _ in range(STEPS):
        values = current.values[groups]
        parts = np.abs(values - np.rint(values))
        open_ones = [place for place, part in enumerate(parts) if part > NEARLY]
        if not open_ones:
            return {place: int(value) for place, value in zip(groups, np.rint(values), strict=True)}
        # The one nearest to its next whole number goes up to it; ties by order.
        chosen = max(open_ones, key=lambda place: (values[place] % 1, -place))
        place, value = groups[chosen], values[chosen]
        least, most = relaxation.range(place)
        relaxation.bind(place, float(np.ceil(value)), most)
        found = relaxation.solve(clock)
        if found is None or (worst is not None and found.bound >= worst):
            relaxation.bind(place, least, float(np.floor(value)))
            found = relaxation.solve(clock)
            if found is None or (worst is not None and found.bound >= worst):
                return None
        current = found
    return None
