"""The direct model in HiGHS, tier by tier, through MathOpt."""

from __future__ import annotations

from datetime import timedelta
from math import ceil, isfinite
from time import perf_counter

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]  # ortools ships no types

from benchmarks.baselines.direct import Direct, direct_model
from benchmarks.baselines.outset import Answer, Outset

FOUND = (mathopt.TerminationReason.OPTIMAL, mathopt.TerminationReason.FEASIBLE)


def solve(outset: Outset, time_limit: float, seed: int) -> Answer:
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
        cost = mathopt.fast_sum(weight * variables[number] for number, weight in terms) + constant
        model.minimize(cost)
        result = mathopt.solve(
            model,
            mathopt.SolverType.HIGHS,
            # HiGHS calls an answer proven at a gap of 0.01 %, if it is not asked for more.
            params=mathopt.SolveParameters(
                time_limit=timedelta(seconds=left), random_seed=seed, relative_gap_tolerance=0.0
            ),
        )
        bound = result.termination.objective_bounds.dual_bound
        if isfinite(bound):
            bounds[tier] = ceil(max(0.0, bound - 1e-6))
        if result.termination.reason not in FOUND:
            break
        found = result.variable_values()
        values = [round(found[variable]) for variable in variables]
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            break
        reached = constant + sum(weight * values[number] for number, weight in terms)
        model.add_linear_constraint(cost <= reached)
    return Answer(None if values is None else direct.gatherings(values), bounds)


def _model(direct: Direct) -> tuple[mathopt.Model, list[mathopt.Variable]]:
    model = mathopt.Model()
    variables = [model.add_integer_variable(lb=0, ub=upper) for upper in direct.upper]
    for row in direct.rows:
        constraint = model.add_linear_constraint(
            lb=float("-inf") if row.least is None else row.least,
            ub=float("inf") if row.most is None else row.most,
        )
        for number, weight in row.terms:
            constraint.set_coefficient(variables[number], weight)
    return model, variables
