"""Forms on numbers of groups of a person (`LoadCost`) and of places of a set (`PlacedCost`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from mentormatch.rules.forms import intervals, table_value
from mentormatch.solve.instance.compiled import HARD, Placed
from mentormatch.solve.plan.model import NOWHERE, PlanModel


def add_loads(plan: PlanModel) -> None:
    """Add the costs and bans on how many groups people are in."""
    for load in plan.compiled.loads:
        for person, table in zip(load.people.tolist(), load.table.tolist(), strict=True):
            if not plan.here[person]:
                continue
            seats = plan.seats_of[person]
            ub = min(int(plan.compiled.capacity[person]), len(seats))
            amounts = [table[min(number, len(table) - 1)] for number in range(ub + 1)]
            steps = [plan.boolean() for _ in range(ub)] if ub > 1 else list(seats)
            if ub > 1:
                plan.model.add(sum(steps) == sum(seats))
                for earlier, later in pairwise(steps):
                    plan.model.add(later <= earlier)
            if load.tier == HARD:
                _ban_loads(plan, amounts, steps, ub)
                continue
            objective = plan.objectives[load.tier]
            objective.constant += load.weight * amounts[0]
            if ub == 1:
                objective.add(seats, load.weight * (amounts[1] - amounts[0]), NOWHERE)
            else:
                for number, step in enumerate(steps):
                    price = load.weight * (amounts[number + 1] - amounts[number])
                    objective.add([step], price, NOWHERE)


def _ban_loads(
    plan: PlanModel, amounts: Sequence[int], steps: Sequence[cp_model.IntVar], ub: int
) -> None:
    """Forbid a person every number of groups with an amount above zero.

    ``steps[n]`` is 1 if the person is in more than n groups.
    """
    if ub <= 1:
        if amounts[0]:
            plan.model.add(sum(steps) >= 1)
        if ub and amounts[1]:
            plan.model.add(sum(steps) == 0)
        return
    for number, amount in enumerate(amounts):
        if amount:
            # The load is this one exactly if the step to it is taken and the next one is not.
            reached = steps[number - 1] if number else 1
            passed = steps[number] if number < ub else 0
            plan.model.add(reached - passed <= 0)


def add_placed(plan: PlanModel, form: Placed) -> None:
    """Add a cost or ban on how many students of a set have a group."""
    mine = [seat for person in form.members.tolist() for seat in plan.seats_of.get(person, ())]
    prices = [table_value(form.table, n) for n in range(len(form.members) + 1)]
    if form.tier == HARD:
        runs = intervals(form.table, len(form.members))
        plan.model.add_linear_expression_in_domain(
            cp_model.LinearExpr.sum(mine),
            cp_model.Domain.from_intervals([[first, last] for first, last in runs]),
        )
        return
    amounts = [form.weight * price for price in prices]
    steps = [after - before for before, after in pairwise(amounts)]
    objective = plan.objectives[form.tier]
    if steps == sorted(steps):
        one = plan.one()
        lines = [
            ([*mine, one], [slope] * len(mine) + [amounts[n] - slope * n])
            for n, slope in enumerate(steps)
            if not n or slope != steps[n - 1]
        ]
        price = plan.epigraph_variable(lines, min(0, *amounts), max(amounts))
        objective.add([price], 1, NOWHERE)
        return
    exactly = [plan.boolean() for _ in amounts]
    plan.model.add_exactly_one(exactly)
    plan.model.add(sum(n * one for n, one in enumerate(exactly)) == sum(mine))
    for one, amount in zip(exactly, amounts, strict=True):
        objective.add([one], amount, NOWHERE)
