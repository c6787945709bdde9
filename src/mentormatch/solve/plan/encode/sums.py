"""Forms on the sum of a number over a group's people (`SumCost`)."""

from __future__ import annotations

from ortools.sat.python import cp_model

from mentormatch.solve.instance.compiled import HARD, Sum
from mentormatch.solve.plan.model import PlanModel


def add_sum(plan: PlanModel, number: int, form: Sum) -> None:
    """Add a cost or ban on sums: k groups with sum S in all cost ``slope S + intercept k``."""
    groups, max_groups = plan.groups[number], plan.blocks[number].max_groups
    weights = form.weights.tolist()
    mine = [
        (seat, weights[person]) for person, seat in plan.seats[number].items() if weights[person]
    ]
    total = cp_model.LinearExpr.weighted_sum(
        [seat for seat, _ in mine], [weight for _, weight in mine]
    )
    if form.tier == HARD:
        for slope, intercept in form.lines:
            if slope or intercept:
                plan.model.add(slope * total + intercept * groups <= 0)
        return
    lb = sum(weight for _, weight in mine if weight < 0)
    ub = sum(weight for _, weight in mine if weight > 0)
    priced = [(form.weight * slope, form.weight * intercept) for slope, intercept in form.lines]
    top = max(
        slope * end + max(intercept, intercept * max_groups, 0)
        for slope, intercept in priced
        for end in (lb, ub)
    )
    seats = [seat for seat, _ in mine]
    lines = [
        ([*seats, groups], [*(slope * weight for _, weight in mine), intercept])
        for slope, intercept in priced
        if slope or intercept
    ]
    price = plan.epigraph_variable(lines, 0, max(top, 0))
    plan.objectives[form.tier].add([price], 1, number)
