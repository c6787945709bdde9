"""The linear relaxation of a plan: a bound by another road, and a guide to good plans.

The relaxation is nearly as good as the integer program, so its value, rounded up, is often the
proof, and following its groups is often the way to a plan as good as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2  # type: ignore[import-untyped]  # ortools ships no types
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]  # likewise

from mentormatch.solve.bounds import least_whole
from mentormatch.solve.clock import Clock
from mentormatch.solve.model import Objective, PlanModel

SCALE = 2**20
"""Duals are rounded to this part of one, so that the bound is computed in whole numbers."""

FAR = 2**62
"""What CP-SAT writes for a side that is not there lies beyond this."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Relaxed:
    """An optimum of the relaxation.

    Attributes
    ----------
    values
        Shape (variables,): value of each variable.
    bound
        Least cost of any plan, recomputed from the duals in whole numbers and rounded up.
    value
        The relaxation's own, inexact value.
    duals
        Shape (rows,): price of each row, those of `linear_rows` first and then those of held
        tiers in their order.
    """

    values: Floats
    bound: int
    value: float
    duals: Floats


class Relaxation:
    """The linear program of a plan, solved again and again with other bounds and objectives."""

    def __init__(self, plan: PlanModel) -> None:
        rows, columns, coefficients, lower, upper = _rows(plan)
        domains = [list(variable.domain) for variable in plan.model.proto.variables]
        self._least = np.array([domain[0] for domain in domains], dtype=np.float64)
        self._most = np.array([domain[-1] for domain in domains], dtype=np.float64)
        self._matrix = (rows, columns, coefficients)
        self._lower, self._upper = lower, upper
        self._model = mathopt.Model.from_model_proto(self._proto())
        self._variables = [self._model.get_variable(place) for place in range(len(domains))]
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._cost: Floats = np.zeros(len(domains))
        self._constant = 0

    def minimise(self, objective: Objective) -> None:
        """Set what is to be least."""
        self._cost = self._as_cost(objective)
        self._constant = objective.constant
        self._model.minimize(
            mathopt.LinearSum(
                self._cost[place] * self._variables[place] for place in np.flatnonzero(self._cost)
            )
        )

    def hold(self, objective: Objective, most: int) -> None:
        """Keep a tier's cost at a value or below."""
        cost = self._as_cost(objective)
        places = np.flatnonzero(cost)
        row = len(self._lower)
        rows, columns, coefficients = self._matrix
        self._matrix = (
            np.concatenate([rows, np.full(len(places), row)]),
            np.concatenate([columns, places]),
            np.concatenate([coefficients, cost[places]]),
        )
        self._lower = np.append(self._lower, -np.inf)
        self._upper = np.append(self._upper, float(most - objective.constant))
        self._model.add_linear_constraint(
            ub=float(most - objective.constant),
            expr=mathopt.LinearSum(cost[place] * self._variables[place] for place in places),
        )

    def bind(self, place: int, least: float, most: float) -> None:
        """Bound a variable from now on."""
        self._least[place], self._most[place] = least, most
        self._variables[place].lower_bound = least
        self._variables[place].upper_bound = most

    def range(self, place: int) -> tuple[float, float]:
        """Return the bounds of a variable."""
        return float(self._least[place]), float(self._most[place])

    def solve(self, clock: Clock) -> Relaxed | None:
        """Return an optimum, or None if there is none or time is over."""
        if clock.over:
            return None
        left = clock.remaining
        limit = None if left is None else timedelta(seconds=max(left, 0.01))
        # Presolve would throw away the basis from which the next optimum is a few steps off.
        settings = mathopt.SolveParameters(time_limit=limit, presolve=mathopt.Emphasis.OFF)
        result = self._solver.solve(params=settings)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        values = np.array(result.variable_values(self._variables))
        duals = np.zeros(len(self._lower))
        for row, dual in result.dual_values().items():
            duals[row.id] = dual
        value = result.objective_value() + self._constant
        return Relaxed(values, self._bound(duals), value, duals)

    def _bound(self, duals: Floats) -> int:
        """Return a Lagrangian bound in whole numbers, exact whatever the duals' errors.

        For any y, no plan costs less than the sum over rows of y times the side that y leans
        on, plus the sum over variables of the least of ``(c - A'y) x`` within their bounds.
        """
        scaled = np.rint(duals * SCALE)
        scaled[(scaled > 0) & ~np.isfinite(self._lower)] = 0
        scaled[(scaled < 0) & ~np.isfinite(self._upper)] = 0
        sides = np.where(scaled > 0, self._lower, self._upper)
        from_rows = float(np.sum(scaled[scaled != 0] * sides[scaled != 0]))
        rows, columns, coefficients = self._matrix
        leaning = coefficients * scaled[rows]
        many = len(self._cost)
        reduced = self._cost * SCALE - np.bincount(columns, weights=leaning, minlength=many)
        ends = np.where(reduced > 0, self._least, self._most)
        total = from_rows + float(np.sum(reduced * ends))
        parts = np.abs(self._cost) * SCALE + np.bincount(columns, np.abs(leaning), many)
        size = float(np.sum(np.abs(scaled[scaled != 0] * sides[scaled != 0])))
        size += float(np.sum(parts * np.maximum(np.abs(self._least), np.abs(self._most))))
        return least_whole(total, size, SCALE) + self._constant

    def _as_cost(self, objective: Objective) -> Floats:
        places = np.array([variable.index for variable in objective.variables], dtype=np.int64)
        prices = np.array(objective.prices, dtype=np.float64)
        cost: Floats = np.bincount(places, prices, len(self._least)).astype(np.float64)
        return cost

    def _proto(self) -> model_pb2.ModelProto:
        rows, columns, coefficients = self._matrix
        order = np.lexsort((columns, rows))
        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(len(self._least)))
        proto.variables.lower_bounds.extend(self._least.tolist())
        proto.variables.upper_bounds.extend(self._most.tolist())
        proto.variables.integers.extend([False] * len(self._least))
        proto.linear_constraints.ids.extend(range(len(self._lower)))
        proto.linear_constraints.lower_bounds.extend(self._lower.tolist())
        proto.linear_constraints.upper_bounds.extend(self._upper.tolist())
        matrix = proto.linear_constraint_matrix
        matrix.row_ids.extend(rows[order].tolist())
        matrix.column_ids.extend(columns[order].tolist())
        matrix.coefficients.extend(coefficients[order].tolist())
        return proto


def _rows(
    plan: PlanModel,
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats, Floats]:
    """Return the linear rows of a plan: row, column and coefficient of each entry, and sides."""
    rows: list[int] = []
    columns: list[int] = []
    coefficients: list[float] = []
    lower: list[float] = []
    upper: list[float] = []
    for row, constraint in enumerate(linear_rows(plan)):
        terms, least, most = constraint
        for place, coefficient in terms:
            rows.append(row)
            columns.append(place)
            coefficients.append(coefficient)
        lower.append(least)
        upper.append(most)
    return (
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(coefficients, dtype=np.float64),
        np.array(lower, dtype=np.float64),
        np.array(upper, dtype=np.float64),
    )


def linear_rows(
    plan: PlanModel,
) -> Iterator[tuple[Iterable[tuple[int, int]], float, float]]:
    """Yield the terms and sides of each constraint; a gap inside a domain is passed over."""
    for constraint in plan.model.proto.constraints:
        if constraint.has_linear():
            linear = constraint.linear
            domain = list(linear.domain)
            yield (
                zip(linear.vars, linear.coeffs, strict=True),
                float(domain[0]) if domain[0] > -FAR else -np.inf,
                float(domain[-1]) if domain[-1] < FAR else np.inf,
            )
        elif constraint.has_at_most_one():
            yield ((place, 1) for place in constraint.at_most_one.literals), -np.inf, 1.0
        elif constraint.has_exactly_one():
            yield ((place, 1) for place in constraint.exactly_one.literals), 1.0, 1.0
