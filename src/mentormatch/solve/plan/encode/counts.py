"""Forms on the number of a set's people in a group (`CountCost`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from mentormatch.rules.forms import intervals, table_value
from mentormatch.solve.instance.compiled import HARD, Count
from mentormatch.solve.plan.model import PlanModel


def add_count(plan: PlanModel, number: int, count: Count) -> None:
    """Add a cost or ban on the number of a set's people in groups of a block."""
    block, groups = plan.blocks[number], plan.groups[number]
    if not count.applies(block.template):
        return
    seats = plan.seats[number]
    mine = [seats[person] for person in count.members.tolist() if person in seats]
    cap = plan.caps.cap(count, block.template, len(mine))
    if count.tier == HARD:
        _hard_count(plan, count, groups, block.max_groups, mine, cap)
    else:
        _count_price(plan, count, number, mine, cap)


def _hard_count(
    plan: PlanModel,
    count: Count,
    groups: cp_model.IntVar,
    max_groups: int,
    mine: Sequence[cp_model.IntVar],
    cap: int,
) -> None:
    """Keep the number of members in each of k groups within the runs of numbers that cost nothing.

    With x the seats of members, one run (first, last) gives ``first k <= sum x <= last k``. With
    several, k[i] groups are in run i: ``sum k[i] = k``, and
    ``sum first[i] k[i] <= sum x <= sum last[i] k[i]``.
    """
    runs = intervals(count.table, cap)
    if not runs:
        plan.model.add(groups == 0)
        return
    total = sum(mine)
    if len(runs) == 1:
        first, last = runs[0]
        if first > 0:
            plan.model.add(total >= first * groups)
        if last < len(mine):
            plan.model.add(total <= last * groups)
        return
    parts = [plan.integer(0, max_groups) for _ in runs]
    plan.model.add(sum(parts) == groups)
    plan.model.add(total >= sum(first * part for (first, _), part in zip(runs, parts, strict=True)))
    plan.model.add(total <= sum(last * part for (_, last), part in zip(runs, parts, strict=True)))


def _count_price(
    plan: PlanModel,
    count: Count,
    number: int,
    mine: Sequence[cp_model.IntVar],
    cap: int,
) -> None:
    """Add the cost f of the number of members to the tier's objective.

    A linear f is added as it is. A convex one is an epigraph variable above the lines through its
    edges (see `plan.model`). For any other, y[n] groups have n members: ``sum y[n] = k``,
    ``sum n y[n] = sum x``, and the cost is ``sum f(n) y[n]``.
    """
    groups, max_groups = plan.groups[number], plan.blocks[number].max_groups
    objective = plan.objectives[count.tier]
    amounts = [count.weight * table_value(count.table, n) for n in range(cap + 1)]
    steps = [after - before for before, after in pairwise(amounts)]
    if len(set(steps)) <= 1:
        slope = steps[0] if steps else 0
        if amounts[0]:
            objective.add([groups], amounts[0], number)
        if slope:
            objective.add(mine, slope, number)
        return
    if steps == sorted(steps):
        lines = [
            ([*mine, groups], [slope] * len(mine) + [amounts[n] - slope * n])
            for n, slope in enumerate(steps)
            if not n or slope != steps[n - 1]
        ]
        lb = min(max_groups * min(amounts), 0)
        price = plan.epigraph_variable(lines, lb, max_groups * max(*amounts, 0))
        objective.add([price], 1, number)
        return
    with_n = [plan.integer(0, max_groups) for _ in amounts]
    plan.model.add(sum(with_n) == groups)
    plan.model.add(sum(n * part for n, part in enumerate(with_n)) == sum(mine))
    for part, amount in zip(with_n, amounts, strict=True):
        objective.add([part], amount, number)
