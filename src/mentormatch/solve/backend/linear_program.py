"""Linear programs that are solved again and again by the simplex method, with exact bounds.

The solver's own bound carries its rounding errors. Here bounds are recomputed by weak duality: for
any y, every x with row sides ``b <= A x <= B`` and bounds ``l <= x <= u`` satisfies

    c'x >= sum_r y_r side_r + sum_j min over [l_j, u_j] of (c - A'y)_j x_j,

where ``side_r`` is the row's lower side if ``y_r > 0`` and its upper side otherwise. With y in
integer multiples of ``1 / SCALE`` and integers in A, b, B, c, l and u, this is integer arithmetic.
Infeasibility is proven in the same way, by a positive bound of the phase-1 program (a Farkas
certificate).

Schrijver, A. (1986). Theory of Linear and Integer Programming, chapter 7. Wiley.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]  # ortools has no types

from mentormatch.solve.backend.bounds import integer_lower_bound
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.sparse_matrix import Floats, Ints, SparseMatrix

SCALE = 2**20
"""Duals are rounded to multiples of one part in so many, which makes bounds integer sums."""
ELASTIC_COST = 1_000
"""Cost of the elastic variable of a phase-1 program at 1; a larger one rounds duals more finely."""


@dataclass(frozen=True)
class Relaxed:
    """An optimum of a linear program.

    Attributes
    ----------
    values
        Shape (variables,): value of each variable.
    bound
        Lower bound of the cost of every feasible point, exact and rounded up to an integer.
    value
        The solver's own, inexact optimum.
    duals
        Shape (rows,): dual value of each row.
    """

    values: Floats
    bound: int
    value: float
    duals: Floats


class LinearProgram:
    """A linear program whose variable bounds, objective and rows can change between its optima.

    Parameters
    ----------
    matrix
        The coefficients; integer ones make bounds exact.
    row_lb, row_ub
        Shape (rows,): the sides of each row, infinite where there is none.
    lb, ub
        Shape (variables,): finite bounds of each variable.
    """

    def __init__(
        self, matrix: SparseMatrix, row_lb: Floats, row_ub: Floats, lb: Floats, ub: Floats
    ) -> None:
        self._matrix, self._row_lb, self._row_ub = matrix, row_lb, row_ub
        self._lb, self._ub = lb, ub
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._variables = [
            self._solver.NumVar(*ends, "") for ends in zip(lb.tolist(), ub.tolist(), strict=True)
        ]
        self._rows = [
            self._solver.Constraint(*sides, "")
            for sides in zip(row_lb.tolist(), row_ub.tolist(), strict=True)
        ]
        entries = matrix.rows.tolist(), matrix.columns.tolist(), matrix.values.tolist()
        for row, column, value in zip(*entries, strict=True):
            self._rows[row].SetCoefficient(self._variables[column], value)
        self._solver.Objective().SetMinimization()
        self._settings = pywraplp.MPSolverParameters()
        # Presolve would discard the basis, from which the next optimum is a few steps away.
        self._settings.SetIntegerParam(
            pywraplp.MPSolverParameters.PRESOLVE, pywraplp.MPSolverParameters.PRESOLVE_OFF
        )
        self._cost: Floats = np.zeros(len(lb))
        self._constant = 0
        self._initial_bounds = lb.copy(), ub.copy()
        self._phase_one: LinearProgram | None = None
        self._phase_one_rows: Ints = np.zeros(0, dtype=np.int64)

    def set_cost(self, cost: Floats, constant: int = 0) -> None:
        """Set the objective, which is minimised."""
        objective = self._solver.Objective()
        for place in np.flatnonzero((cost != 0) | (self._cost != 0)).tolist():
            objective.SetCoefficient(self._variables[place], float(cost[place]))
        self._cost, self._constant = cost, constant

    def add_row(self, terms: Floats, upper: float) -> None:
        """Add a row, given by its coefficient for each variable and its upper side."""
        self._matrix = self._matrix.with_row(terms)
        self._row_lb = np.append(self._row_lb, -np.inf)
        self._row_ub = np.append(self._row_ub, upper)
        row = self._solver.Constraint(-np.inf, upper, "")
        for place in np.flatnonzero(terms).tolist():
            row.SetCoefficient(self._variables[place], float(terms[place]))
        self._rows.append(row)
        self._phase_one = None

    def bind(self, place: int, lower: float, upper: float) -> None:
        """Set the bounds of a variable."""
        self._lb[place], self._ub[place] = lower, upper
        self._variables[place].SetBounds(lower, upper)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self._rows)

    def range(self, place: int) -> tuple[float, float]:
        """Return the bounds of a variable."""
        return float(self._lb[place]), float(self._ub[place])

    def solve(self, clock: Clock) -> Relaxed | None:
        """Return an optimum; None if none was found, for want of one or of time."""
        if clock.expired():
            return None
        left = clock.remaining
        if left is not None:
            self._solver.SetTimeLimit(1 + int(1000 * left))
        status = self._solver.Solve(self._settings)
        if status != pywraplp.Solver.OPTIMAL:
            return None
        values = np.array([variable.solution_value() for variable in self._variables])
        duals = np.array([row.dual_value() for row in self._rows])
        value = self._solver.Objective().Value() + self._constant
        return Relaxed(values, self.bound_by(duals), value, duals)

    def interrupt(self) -> None:
        """Stop the solver, from another thread."""
        self._solver.InterruptSolve()
        if self._phase_one is not None:
            self._phase_one.interrupt()

    def holds(self, values: Ints) -> bool:
        """Return whether an integer point is feasible."""
        sums = self._matrix.product(values)
        return bool(
            ((self._lb <= values) & (values <= self._ub)).all()
            and ((self._row_lb <= sums) & (sums <= self._row_ub)).all()
        )

    def proven_infeasible(self, clock: Clock) -> bool:
        """Return whether duals prove that no point is feasible."""
        return self.infeasibility_duals(clock) is not None

    def infeasibility_duals(self, clock: Clock) -> Floats | None:
        """Return a dual value of each row that together prove that no point is feasible.

        With these, and a cost of 0, the bound by weak duality is above 0 (a Farkas certificate).
        None if no such proof is found.
        """
        if self._phase_one is None:
            self._phase_one, self._phase_one_rows = self._phase_one_program()
        program = self._phase_one
        for place in range(len(self._lb)):
            if program.range(place) != self.range(place):
                program.bind(place, *self.range(place))
        found = program.solve(clock)
        if found is None or found.bound <= 0:
            return None
        duals = np.bincount(self._phase_one_rows, found.duals, len(self._row_lb))
        return duals.astype(np.float64)

    def _phase_one_program(self) -> tuple[LinearProgram, Ints]:
        """Return the phase-1 program: always feasible, and its optimum is 0 exactly if this one is.

        One elastic variable e in [0, 1] relaxes all rows at once: ``A x + s e >= b`` and
        ``A x - t e <= B``, where s and t are how far rows can be violated within the initial
        bounds of x, so that every x is feasible with e = 1.
        """
        matrix = self._matrix
        lb, ub = self._initial_bounds
        least, greatest = matrix.range_of_product(lb, ub)
        short, over = self._row_lb - least, greatest - self._row_ub
        below, above = np.flatnonzero(short > 0), np.flatnonzero(over > 0)
        program = LinearProgram(
            matrix.of_rows(below)
            .above(matrix.of_rows(above))
            .with_column(len(lb), np.concatenate([short[below], -over[above]])),
            np.concatenate([self._row_lb[below], np.full(len(above), -np.inf)]),
            np.concatenate([np.full(len(below), np.inf), self._row_ub[above]]),
            np.append(lb, 0.0),
            np.append(ub, 1.0),
        )
        cost = np.zeros(len(lb) + 1)
        cost[-1] = ELASTIC_COST
        program.set_cost(cost)
        return program, np.concatenate([below, above])

    def rounded(self, duals: Floats) -> Floats:
        """Return duals times SCALE, in whole numbers; 0 where a row lacks the side they need.

        There may be fewer duals than rows, of which the rest then have 0.
        """
        y = np.zeros(len(self._row_lb))
        y[: len(duals)] = np.rint(duals * SCALE)
        y[(y > 0) & ~np.isfinite(self._row_lb)] = 0
        y[(y < 0) & ~np.isfinite(self._row_ub)] = 0
        return y

    def bound_by(self, duals: Floats) -> int:
        """Return the bound that duals prove by weak duality, in integers; see the module."""
        y = self.rounded(duals)
        sides = np.where(y > 0, self._row_lb, self._row_ub)
        from_rows = y[y != 0] * sides[y != 0]
        product, size_of_product = self._matrix.transposed_product(y, len(self._cost))
        reduced = self._cost * SCALE - product
        ends = np.where(reduced > 0, self._lb, self._ub)
        total = float(np.sum(from_rows)) + float(np.sum(reduced * ends))
        parts = np.abs(self._cost) * SCALE + size_of_product
        size = float(np.sum(np.abs(from_rows)))
        size += float(np.sum(parts * np.maximum(np.abs(self._lb), np.abs(self._ub))))
        return integer_lower_bound(total, size, SCALE) + self._constant
