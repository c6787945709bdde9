"""Groups closed whose students have seats without them, where that saves a mentor's cost."""

from __future__ import annotations

import numpy as np

from mentormatch.evaluate.group_sizes import GroupSizes
from mentormatch.solve.instance.compiled import HARD
from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.lagrangian.flow_prices import flow_prices
from mentormatch.solve.lagrangian.flows import Ints
from mentormatch.solve.lagrangian.plan_costs import Assigned, spread_cost


def close_groups(dual: LagrangianDual, assigned: Assigned, sizes: GroupSizes) -> Ints:
    """Return fewer groups where a mentor costs something and the students have seats in fewer.

    A group is closed only if the counts with a price in the flow (`flow_prices`) cost no more then.
    Nothing is closed in rounds whose other forms could forbid or price it: sums, further soft
    counts, and hard counts of anything but all students or all mentors.

    Parameters
    ----------
    dual
        The problem.
    assigned
        Numbers of groups, and who is where.
    sizes
        Mentors and most students of a group of each template.
    """
    compiled = dual.compiled
    groups, where, leads = assigned.groups, assigned.where, assigned.leads
    students = compiled.students
    mentors = len(compiled.round_.mentors)
    kinds = flow_prices(dual).kinds
    others = [
        count
        for number, count in enumerate(compiled.counts)
        if number not in kinds and not (count.tier == HARD and len(count.members) == students)
    ]
    if any(len(count.members) != mentors or count.tier != HARD for count in others):
        return groups
    if compiled.sums:
        return groups
    cost = dual.direct(compiled.tiers - 1, students + leads.mentors, leads.templates)
    dear = np.bincount(leads.templates[cost > 0], minlength=len(groups))
    fewer = groups.copy()
    for template in np.flatnonzero((dear > 0) & (groups > 0)).tolist():
        here = np.flatnonzero(where == template)
        counts = [
            (compiled.counts[kind], int(dual.masks[kind, here].sum()))
            for kind in kinds
            if compiled.counts[kind].applies(template)
        ]
        now = int(groups[template])
        price = sum(spread_cost(count, number, now) for count, number in counts)
        for _ in range(-(-int(dear[template]) // int(sizes.mentors[template]))):
            less = now - 1
            if less < 1 or less * int(sizes.room[template]) < len(here):
                break
            if sum(spread_cost(count, number, less) for count, number in counts) > price:
                break
            now = less
        fewer[template] = now
    return fewer
