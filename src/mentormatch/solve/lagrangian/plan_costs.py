"""What an assignment to templates costs before it is dealt into groups, spread evenly there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentormatch.rules.forms import table_value
from mentormatch.solve.instance.compiled import HARD, Count
from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.lagrangian.flows import Ints, Leads


@dataclass(frozen=True, eq=False)
class Assigned:
    """Numbers of groups, and who is in which template.

    Attributes
    ----------
    groups
        Shape (templates,): groups of each template.
    where
        Template of each student; -1 for none.
    leads
        Which mentors lead where.
    """

    groups: Ints
    where: Ints
    leads: Leads


def plan_costs(dual: LagrangianDual, assigned: Assigned) -> tuple[int, ...]:
    """Return by tier what people, loads and counts cost; pairs and sums are left aside."""
    compiled = dual.compiled
    placed = np.flatnonzero(assigned.where >= 0)
    people = np.concatenate([placed, compiled.students + assigned.leads.mentors])
    templates = np.concatenate([assigned.where[placed], assigned.leads.templates])
    costs = [int(compiled.cost[tier, people, templates].sum()) for tier in range(compiled.tiers)]
    loads = np.bincount(people, minlength=len(compiled.capacity))
    for load in compiled.loads:
        if load.tier != HARD:
            column = np.minimum(loads[load.people], load.table.shape[1] - 1)
            amounts = load.table[np.arange(len(load.people)), column]
            costs[load.tier] += load.weight * int(amounts.sum())
    for number, count in enumerate(compiled.counts):
        if count.tier != HARD:
            mine = templates[dual.masks[number, people]]
            members = np.bincount(mine, minlength=len(assigned.groups))
            for template in np.flatnonzero(assigned.groups).tolist():
                if count.applies(template):
                    costs[count.tier] += spread_cost(
                        count, int(members[template]), int(assigned.groups[template])
                    )
    return tuple(costs)


def spread_cost(count: Count, people: int, groups: int) -> int:
    """Return what people cost who are spread evenly over groups."""
    each, more = divmod(people, groups)
    return count.weight * (
        more * table_value(count.table, each + 1) + (groups - more) * table_value(count.table, each)
    )
