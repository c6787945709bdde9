"""Numbers of a set's people in groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from mentormatch.rules.forms import intervals, table_value
from mentormatch.solve.instance.compiled import HARD, Count
from mentormatch.solve.plan.model import PlanModel


def add_count(plan: PlanModel, number: int, count: Count) -> None:
    """Add a price or ban on the number of a set's people in groups of a column."""
    column, groups = plan.columns[number], plan.groups[number]
    if not count.applies(column.template):
        return
    seats = plan.seats[number]
    mine = [seats[person] for person in count.members.tolist() if person in seats]
    cap = plan.caps.cap(count, column.template, len(mine))
    if count.tier == HARD:
        _hard_count(plan, count, groups, column.most, mine, cap)
    else:
        _count_price(plan, count, number, mine, cap)


def _hard_count(
    plan: PlanModel,
    count: Count,
    groups: cp_model.IntVar,
    most: int,
    mine: Sequence[cp_model.IntVar],
    cap: int,
) -> None:
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
    parts = [plan.integer(most) for _ in runs]
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
    groups, most = plan.groups[number], plan.columns[number].most
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
        least = min(most * min(amounts), 0)
        price = plan.price(lines, most * max(*amounts, 0), least)
        objective.add([price], 1, number)
        return
    with_n = [plan.integer(most) for _ in amounts]
    plan.model.add(sum(with_n) == groups)
    plan.model.add(sum(n * part for n, part in enumerate(with_n)) == sum(mine))
    for part, amount in zip(with_n, amounts, strict=True):
        objective.add([part], amount, number)
