"""The direct model in CP-SAT, tier by tier."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import ceil
from time import perf_counter

from ortools.sat.python import cp_model

from benchmarks.baselines.direct import Direct, direct_model
from benchmarks.baselines.outset import Answer, Outset

DEFAULTS: Mapping[str, int] = {}
BEST: Mapping[str, int] = {"num_workers": 1, "linearization_level": 2}
"""What proves most in the least time, as far as tried."""


def solve(settings: Mapping[str, int], outset: Outset, time_limit: float, seed: int) -> Answer:
    """Minimise the tiers one after the other, each with those before held."""
    until = perf_counter() + time_limit
    direct = direct_model(outset)
    model, variables = _model(direct)
    values: list[int] | None = None
    bounds: dict[int, int] = {}
    for tier, (terms, constant) in direct.costs.items():
        left = until - perf_counter()
        if left <= 0:
            break
        cost = constant + cp_model.LinearExpr.weighted_sum(
            [variables[number] for number, _ in terms], [weight for _, weight in terms]
        )
        model.minimize(cost)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = left
        solver.parameters.random_seed = seed
        for name, value in settings.items():
            setattr(solver.parameters, name, value)
        if values is not None:
            model.clear_hints()  # type: ignore[no-untyped-call]  # It has no types.
            for variable, value in zip(variables, values, strict=True):
                model.add_hint(variable, value)
        status = solver.solve(model)
        bounds[tier] = ceil(max(0.0, solver.best_objective_bound - 1e-6))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        values = [solver.value(variable) for variable in variables]
        reached = round(solver.objective_value)
        if status != cp_model.OPTIMAL:
            break
        model.add(cost <= reached)
    return Answer(None if values is None else direct.gatherings(values), bounds)


def _model(direct: Direct) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, upper, "") for upper in direct.upper]
    for row in direct.rows:
        total = cp_model.LinearExpr.weighted_sum(
            [variables[number] for number, _ in row.terms], [weight for _, weight in row.terms]
        )
        if row.least is not None and row.least == row.most:
            model.add(total == row.least)
            continue
        if row.least is not None:
            model.add(total >= row.least)
        if row.most is not None:
            model.add(total <= row.most)
    return model, variables


at_defaults = partial(solve, DEFAULTS)
at_best = partial(solve, BEST)
