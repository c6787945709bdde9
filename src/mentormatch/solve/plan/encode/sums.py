"""Sums of a number over the people of groups."""

from __future__ import annotations

from ortools.sat.python import cp_model

from mentormatch.solve.instance.compiled import HARD, Sum
from mentormatch.solve.plan.model import PlanModel


def add_sum(plan: PlanModel, number: int, form: Sum) -> None:
    """Add a price or ban on sums: k groups of sums S in all cost ``slope S + intercept k``."""
    groups, most = plan.groups[number], plan.columns[number].most
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
    least = sum(weight for _, weight in mine if weight < 0)
    greatest = sum(weight for _, weight in mine if weight > 0)
    priced = [(form.weight * slope, form.weight * intercept) for slope, intercept in form.lines]
    top = max(
        slope * end + max(intercept, intercept * most, 0)
        for slope, intercept in priced
        for end in (least, greatest)
    )
    seats = [seat for seat, _ in mine]
    lines = [
        ([*seats, groups], [*(slope * weight for _, weight in mine), intercept])
        for slope, intercept in priced
        if slope or intercept
    ]
    price = plan.price(lines, max(top, 0))
    plan.objectives[form.tier].add([price], 1, number)
