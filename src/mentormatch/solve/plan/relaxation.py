"""The LP relaxation of a plan, read off the rows of its CP-SAT model.

It is nearly as tight as the integer program: its optimum, rounded up, is often the optimum of the
plan, and its numbers of groups are often those of an optimal plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from mentormatch.errors import InternalError
from mentormatch.solve.backend.linear_program import LinearProgram, Relaxed
from mentormatch.solve.backend.sparse_matrix import Floats, Ints, SparseMatrix
from mentormatch.solve.plan.model import Objective, PlanModel

__all__ = ["Relaxation", "Relaxed", "linear_rows"]

FAR = 2**62
"""CP-SAT's values for infinite sides lie beyond this."""

ONE_RUN = 2
"""Number of ends of a domain without a gap."""


class Relaxation(LinearProgram):
    """The LP relaxation of a plan: the rows of `linear_rows`, then one row for each held tier."""

    def __init__(self, plan: PlanModel) -> None:
        matrix, row_lb, row_ub = _rows(plan)
        domains = [list(variable.domain) for variable in plan.model.proto.variables]
        super().__init__(
            matrix,
            row_lb,
            row_ub,
            np.array([domain[0] for domain in domains], dtype=np.float64),
            np.array([domain[-1] for domain in domains], dtype=np.float64),
        )

        self._gaps = [
            constraint.linear
            for constraint in plan.model.proto.constraints
            if constraint.has_linear() and len(constraint.linear.domain) > ONE_RUN
        ]

    def holds(self, values: Ints) -> bool:
        """Return whether an integer point is a plan; gaps of domains count, which rows ignore."""
        return super().holds(values) and all(_within(gap, values) for gap in self._gaps)

    def minimise(self, objective: Objective) -> None:
        """Set the tier that is minimised."""
        self.set_cost(self._as_cost(objective), objective.constant)

    def hold(self, objective: Objective, value: int) -> None:
        """Constrain a tier's cost to a value or less."""
        self.add_row(self._as_cost(objective), float(value - objective.constant))

    def _as_cost(self, objective: Objective) -> Floats:
        places = np.array([variable.index for variable in objective.variables], dtype=np.int64)
        prices = np.array(objective.prices, dtype=np.float64)
        cost: Floats = np.bincount(places, prices, len(self._lb)).astype(np.float64)
        return cost


def _rows(plan: PlanModel) -> tuple[SparseMatrix, Floats, Floats]:
    """Return the linear rows of a plan: coefficients, and the sides of each row."""
    rows: list[int] = []
    columns: list[int] = []
    coefficients: list[float] = []
    row_lb: list[float] = []
    row_ub: list[float] = []
    for row, constraint in enumerate(linear_rows(plan)):
        terms, lower, upper = constraint
        for place, coefficient in terms:
            rows.append(row)
            columns.append(place)
            coefficients.append(coefficient)
        row_lb.append(lower)
        row_ub.append(upper)
    matrix = SparseMatrix(
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(coefficients, dtype=np.float64),
        len(row_lb),
    )
    return matrix, np.array(row_lb, dtype=np.float64), np.array(row_ub, dtype=np.float64)


def _within(row: Any, values: Ints) -> bool:
    """Return whether a row of CP-SAT's lies in one of the intervals of its domain."""
    total = sum(
        coefficient * int(values[place])
        for place, coefficient in zip(row.vars, row.coeffs, strict=True)
    )
    ends = list(row.domain)
    return any(lower <= total <= upper for lower, upper in zip(ends[::2], ends[1::2], strict=True))


def linear_rows(
    plan: PlanModel,
) -> Iterator[tuple[Iterable[tuple[int, int]], float, float]]:
    """Yield the terms and sides of each constraint; gaps inside a domain are ignored."""
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
        elif constraint.has_bool_or():
            # CP-SAT stores a violated row without variables in this form.
            literals = list(constraint.bool_or.literals)
            negated = sum(literal < 0 for literal in literals)
            terms = ((one, 1) if one >= 0 else (-one - 1, -1) for one in literals)
            yield terms, 1.0 - negated, np.inf
        else:
            raise InternalError(f"a constraint is no row: {constraint}")
