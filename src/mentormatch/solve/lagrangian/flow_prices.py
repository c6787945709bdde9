"""Which soft counts are priced in the flow of students, and their prices, step by step.

For the other counts, the multipliers of the relaxation were tried as prices and left: a multiplier
sends all who are counted alike to the same templates, and with two rules of mixing the groups cost
twice as much as without such prices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentormatch.rules.forms import table_value
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.lagrangian.loads import convex_steps

FAR = 64
"""Members of a set in a group up to which prices are told one by one."""


@dataclass(frozen=True, eq=False)
class FlowPrices:
    """Prices of counts in the flow.

    Attributes
    ----------
    kinds
        Counts of the tier `tier` of which nobody is in two; the flow has a node for each.
    tier
        Their tier.
    sizes
        Soft counts of all students, which are prices of a group's size.
    """

    kinds: tuple[int, ...]
    tier: int
    sizes: tuple[int, ...]


def flow_prices(dual: LagrangianDual) -> FlowPrices:
    """Return the first soft tier's disjoint counts, and those of sizes."""
    compiled = dual.compiled
    priced = {line.count for line in dual.soft}
    taken = np.zeros(dual.masks.shape[1], dtype=np.bool_)
    kinds: list[int] = []
    sizes: list[int] = []
    tier: int | None = None
    numbers = sorted(priced, key=lambda number: (compiled.counts[number].tier, number))
    for number in numbers:
        count = compiled.counts[number]
        if dual.masks[number, : compiled.students].all():
            sizes.append(number)
        elif tier in (None, count.tier) and not bool((taken & dual.masks[number]).any()):
            tier = count.tier
            taken |= dual.masks[number]
            kinds.append(number)
    return FlowPrices(tuple(kinds), tier or 0, tuple(sizes))


def steps_of(compiled: Compiled, number: int, room: int) -> list[tuple[int, int, int]]:
    """Return what the members of a count's set cost in a group that has so many already.

    Parameters
    ----------
    number
        The count.
    room
        Most members of a group.

    Returns
    -------
    list[tuple[int, int, int]]
        From the first member to before the second, counted from 0, each costs the third. They
        are the edges of the lower convex hull; far out the last one goes on.
    """
    count = compiled.counts[number]
    most = min(room, FAR)
    table = [count.weight * table_value(count.table, members) for members in range(most + 1)]
    prices = convex_steps(np.array([table], dtype=np.int64), np.array([most]), most)[0].tolist()
    steps: list[tuple[int, int, int]] = []
    for member, price in enumerate(prices):
        if steps and steps[-1][2] == price:
            steps[-1] = (steps[-1][0], member + 1, price)
        else:
            steps.append((member, member + 1, price))
    return [*steps[:-1], (steps[-1][0], room, steps[-1][2])]
