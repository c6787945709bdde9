"""Linear programs that are solved again and again, with bounds that are exact.

A solver's own bound is off by its rounding. Here it is computed again from the duals in whole
numbers: for any y, no point of the program costs less than the sum over rows of y times the side
that y leans on, plus the sum over variables of the least of ``(c - A'y) x`` within their bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]  # ortools has no types

from mentormatch.solve.backend.bounds import least_whole
from mentormatch.solve.backend.clock import Clock

SCALE = 2**20
"""Duals are rounded to this part of one, so that the bound is computed in whole numbers."""
RELIEF = 1_000
"""Cost of letting go all rows of a program whose every point breaks some."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Relaxed:
    """An optimum of a linear program.

    Attributes
    ----------
    values
        Shape (variables,): value of each variable.
    bound
        Least cost of any point, recomputed from the duals in whole numbers and rounded up.
    value
        The solver's own, inexact value.
    duals
        Shape (rows,): price of each row.
    """

    values: Floats
    bound: int
    value: float
    duals: Floats


class LinearProgram:
    """A linear program whose bounds, objective and rows can change between its optima.

    Parameters
    ----------
    matrix
        Row, column and coefficient of each entry; whole coefficients make bounds exact.
    lower, upper
        Shape (rows,): the sides of each row, infinite where there is none.
    least, most
        Shape (variables,): finite bounds of each variable.
    """

    def __init__(
        self,
        matrix: tuple[Ints, Ints, Floats],
        lower: Floats,
        upper: Floats,
        least: Floats,
        most: Floats,
    ) -> None:
        self._matrix, self._lower, self._upper = matrix, lower, upper
        self._least, self._most = least, most
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._variables = [
            self._solver.NumVar(*ends, "")
            for ends in zip(least.tolist(), most.tolist(), strict=True)
        ]
        self._rows = [
            self._solver.Constraint(*sides, "")
            for sides in zip(lower.tolist(), upper.tolist(), strict=True)
        ]
        for row, column, coefficient in zip(*(part.tolist() for part in matrix), strict=True):
            self._rows[row].SetCoefficient(self._variables[column], coefficient)
        self._solver.Objective().SetMinimization()
        self._settings = pywraplp.MPSolverParameters()
        # Presolve would throw away the basis from which the next optimum is a few steps off.
        self._settings.SetIntegerParam(
            pywraplp.MPSolverParameters.PRESOLVE, pywraplp.MPSolverParameters.PRESOLVE_OFF
        )
        self._cost: Floats = np.zeros(len(least))
        self._constant = 0
        self._widest = least.copy(), most.copy()
        self._relief: LinearProgram | None = None

    def set_cost(self, cost: Floats, constant: int = 0) -> None:
        """Set what each variable costs; the sum is to be least."""
        objective = self._solver.Objective()
        for place in np.flatnonzero((cost != 0) | (self._cost != 0)).tolist():
            objective.SetCoefficient(self._variables[place], float(cost[place]))
        self._cost, self._constant = cost, constant

    def add_row(self, terms: Floats, most: float) -> None:
        """Add a row with a coefficient for each variable, and its upper side."""
        places = np.flatnonzero(terms)
        rows, columns, coefficients = self._matrix
        self._matrix = (
            np.concatenate([rows, np.full(len(places), len(self._lower))]),
            np.concatenate([columns, places]),
            np.concatenate([coefficients, terms[places]]),
        )
        self._lower = np.append(self._lower, -np.inf)
        self._upper = np.append(self._upper, most)
        row = self._solver.Constraint(-np.inf, most, "")
        for place in places.tolist():
            row.SetCoefficient(self._variables[place], float(terms[place]))
        self._rows.append(row)
        self._relief = None

    def bind(self, place: int, least: float, most: float) -> None:
        """Bound a variable from now on."""
        self._least[place], self._most[place] = least, most
        self._variables[place].SetBounds(least, most)

    def range(self, place: int) -> tuple[float, float]:
        """Return the bounds of a variable."""
        return float(self._least[place]), float(self._most[place])

    def solve(self, clock: Clock) -> Relaxed | None:
        """Return an optimum, or None if there is none or time is over."""
        if clock.over:
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
        return Relaxed(values, self._bound(duals), value, duals)

    def interrupt(self) -> None:
        """Break off what is being solved, from another thread."""
        self._solver.InterruptSolve()
        if self._relief is not None:
            self._relief.interrupt()

    def holds(self, values: Ints) -> bool:
        """Return whether whole values are within all bounds and sides."""
        rows, columns, coefficients = self._matrix
        sums = np.bincount(rows, coefficients * values[columns], len(self._lower))
        return bool(
            ((self._least <= values) & (values <= self._most)).all()
            and ((self._lower <= sums) & (sums <= self._upper)).all()
        )

    def impossible(self, clock: Clock) -> bool:
        """Return whether it is proven that nothing is within the bounds and sides."""
        if self._relief is None:
            self._relief = self._relieved()
        relief = self._relief
        for place in range(len(self._least)):
            if relief.range(place) != self.range(place):
                relief.bind(place, *self.range(place))
        found = relief.solve(clock)
        return found is not None and found.bound > 0

    def _relieved(self) -> LinearProgram:
        """Return a program that always has a point, and one that costs nothing if this has one.

        Each side is let go by a last variable, so far that at 1 nothing within the widest bounds
        breaks it.
        """
        rows, columns, coefficients = self._matrix
        least, most = self._widest
        sides = len(self._lower)
        ends = coefficients * least[columns], coefficients * most[columns]
        short = self._lower - np.bincount(rows, np.minimum(*ends), sides)
        over = np.bincount(rows, np.maximum(*ends), sides) - self._upper
        below, above = np.flatnonzero(short > 0), np.flatnonzero(over > 0)
        parts = [_rows_of(self._matrix, below), _rows_of(self._matrix, above)]
        relief = np.concatenate([short[below], -over[above]])
        matrix = (
            np.concatenate([parts[0][0], parts[1][0] + len(below), np.arange(len(relief))]),
            np.concatenate([parts[0][1], parts[1][1], np.full(len(relief), len(least))]),
            np.concatenate([parts[0][2], parts[1][2], relief]),
        )
        program = LinearProgram(
            matrix,
            np.concatenate([self._lower[below], np.full(len(above), -np.inf)]),
            np.concatenate([np.full(len(below), np.inf), self._upper[above]]),
            np.append(least, 0.0),
            np.append(most, 1.0),
        )
        cost = np.zeros(len(least) + 1)
        cost[-1] = RELIEF
        program.set_cost(cost)
        return program

    def _bound(self, duals: Floats) -> int:
        """Return the exact bound that duals prove; see the module."""
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


def _rows_of(matrix: tuple[Ints, Ints, Floats], chosen: Ints) -> tuple[Ints, Ints, Floats]:
    """Return the entries of some rows, which are numbered anew in their order."""
    rows, columns, coefficients = matrix
    kept = np.isin(rows, chosen)
    return np.searchsorted(chosen, rows[kept]), columns[kept], coefficients[kept]
