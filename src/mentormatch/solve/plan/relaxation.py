"""The linear relaxation of a plan: a bound by another road, and a guide to good plans.

The relaxation is nearly as good as the integer program, so its value, rounded up, is often the
proof, and following its groups is often the way to a plan as good as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from mentormatch.errors import InternalError
from mentormatch.solve.backend.linear_program import Floats, Ints, LinearProgram, Relaxed
from mentormatch.solve.plan.model import Objective, PlanModel

__all__ = ["Relaxation", "Relaxed", "linear_rows"]

FAR = 2**62
"""What CP-SAT writes for a side that is not there lies beyond this."""

ONE_RUN = 2
"""Ends of a domain that has no gap."""


class Relaxation(LinearProgram):
    """The linear program of a plan, those of `linear_rows` first among its rows.

    Rows of held tiers follow in their order.
    """

    def __init__(self, plan: PlanModel) -> None:
        matrix, lower, upper = _rows(plan)
        domains = [list(variable.domain) for variable in plan.model.proto.variables]
        super().__init__(
            matrix,
            lower,
            upper,
            np.array([domain[0] for domain in domains], dtype=np.float64),
            np.array([domain[-1] for domain in domains], dtype=np.float64),
        )

        self._gaps = [
            constraint.linear
            for constraint in plan.model.proto.constraints
            if constraint.has_linear() and len(constraint.linear.domain) > ONE_RUN
        ]

    def holds(self, values: Ints) -> bool:
        """Return whether whole values are a plan: gaps are looked at too, which rows pass over."""
        return super().holds(values) and all(_within(gap, values) for gap in self._gaps)

    def minimise(self, objective: Objective) -> None:
        """Set what is to be least."""
        self.set_cost(self._as_cost(objective), objective.constant)

    def hold(self, objective: Objective, most: int) -> None:
        """Keep a tier's cost at a value or below."""
        self.add_row(self._as_cost(objective), float(most - objective.constant))

    def _as_cost(self, objective: Objective) -> Floats:
        places = np.array([variable.index for variable in objective.variables], dtype=np.int64)
        prices = np.array(objective.prices, dtype=np.float64)
        cost: Floats = np.bincount(places, prices, len(self._least)).astype(np.float64)
        return cost


def _rows(plan: PlanModel) -> tuple[tuple[Ints, Ints, Floats], Floats, Floats]:
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
    matrix = (
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(coefficients, dtype=np.float64),
    )
    return matrix, np.array(lower, dtype=np.float64), np.array(upper, dtype=np.float64)


def _within(row: Any, values: Ints) -> bool:
    """Return whether a row of CP-SAT's is in one of the runs of its domain."""
    total = sum(
        coefficient * int(values[place])
        for place, coefficient in zip(row.vars, row.coeffs, strict=True)
    )
    ends = list(row.domain)
    return any(least <= total <= most for least, most in zip(ends[::2], ends[1::2], strict=True))


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
        elif constraint.has_bool_or():
            # CP-SAT makes it of a row without variables that does not hold.
            literals = list(constraint.bool_or.literals)
            negated = sum(literal < 0 for literal in literals)
            terms = ((one, 1) if one >= 0 else (-one - 1, -1) for one in literals)
            yield terms, 1.0 - negated, np.inf
        else:
            raise InternalError(f"a constraint is no row: {constraint}")
