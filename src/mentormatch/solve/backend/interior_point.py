"""Linear programs by the interior-point method of HiGHS, with the duals of their rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2  # type: ignore[import-untyped]  # ortools ships no types
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]  # likewise

from mentormatch.solve.backend.clock import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SparseRows:
    """Rows of a linear program: their entries one by one, and their lower and upper sides."""

    rows: Ints
    columns: Ints
    values: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, eq=False)
class PrimalDual:
    """A solution: the value of each variable, the dual of each row, and the objective."""

    values: Floats
    duals: Floats
    objective: float


def interior_point(
    objective: Floats,
    box: tuple[Floats, Floats],
    rows: SparseRows,
    clock: Clock,
    *,
    vertex: bool = False,
) -> PrimalDual | None:
    """Return the variables of least cost within a box; None if none were found in time.

    Parameters
    ----------
    objective
        Cost of each variable.
    box
        Least and most of each variable.
    rows
        The rows.
    clock
        Ends the search early, and is told if its time ended it.
    vertex
        Whether to go on to a vertex, which takes several times as long.
    """
    if clock.expired():
        return None
    model = mathopt.Model.from_model_proto(_proto(objective, box, rows))
    left = clock.remaining
    limit = None if left is None else timedelta(seconds=max(left, 0.01))
    # Where presolving takes longer than the limit, HiGHS goes on without any; it gains little here.
    settings = mathopt.SolveParameters(
        time_limit=limit,
        lp_algorithm=mathopt.LPAlgorithm.BARRIER,
        presolve=mathopt.Emphasis.OFF,
    )
    if not vertex:
        settings.highs.string_options["run_crossover"] = "off"
    try:
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=settings)
    except Exception:  # noqa: BLE001  # Raised where the solver stops without a status.
        return None if vertex else interior_point(objective, box, rows, clock, vertex=True)
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        if result.termination.limit == mathopt.Limit.TIME:
            # The solver can stop a moment before the clock is over.
            clock.note_timeout()
        return None
    duals = np.zeros(len(rows.upper))
    if result.has_dual_feasible_solution():
        for row, dual in result.dual_values().items():
            duals[row.id] = dual
    elif not vertex:
        # A program without any choice, for example, ends without duals. By weak duality any duals
        # give a bound, so those of a vertex will do, and so will zeros.
        return interior_point(objective, box, rows, clock, vertex=True)
    values = np.zeros(len(objective))
    for variable, value in result.variable_values().items():
        values[variable.id] = value
    return PrimalDual(values, duals, float(result.objective_value()))


def _proto(objective: Floats, box: tuple[Floats, Floats], rows: SparseRows) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(len(objective)))
    proto.variables.lower_bounds.extend(box[0].tolist())
    proto.variables.upper_bounds.extend(box[1].tolist())
    proto.variables.integers.extend([False] * len(objective))
    priced = np.flatnonzero(objective)
    proto.objective.linear_coefficients.ids.extend(priced.tolist())
    proto.objective.linear_coefficients.values.extend(objective[priced].tolist())
    proto.linear_constraints.ids.extend(range(len(rows.upper)))
    proto.linear_constraints.lower_bounds.extend(rows.lower.tolist())
    proto.linear_constraints.upper_bounds.extend(rows.upper.tolist())
    # Entries of one row stand together, in the order of their columns.
    order = np.lexsort((rows.columns, rows.rows))
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(rows.rows[order].tolist())
    matrix.column_ids.extend(rows.columns[order].tolist())
    matrix.coefficients.extend(rows.values[order].tolist())
    return proto
