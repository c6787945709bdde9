"""Run with the Python of HiGHS's own environment: programs in, duals out, as arrays.

    python run_highs.py PROGRAM.npz DUALS.npz SECONDS

Interior point without crossover: what is wanted are duals, and not a vertex.
"""

from __future__ import annotations

import sys
from importlib import import_module
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Arrays = dict[str, NDArray[Any]]


def main(file: str, answer: str, seconds: float) -> None:
    """Solve tier by tier; row r of the duals belongs to tier r, the held tiers' rows last."""
    highspy = import_module("highspy")
    until = perf_counter() + seconds
    given = dict(np.load(file))
    costs, held = given["costs"], given["held"]
    duals, times = [], []
    for place, cost in enumerate(costs):
        began = perf_counter()
        if began >= until:
            break
        program = with_held(given, costs[:place], held[:place])
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("solver", "ipm")
        highs.setOptionValue("run_crossover", "off")
        highs.setOptionValue("time_limit", until - began)
        highs.passModel(model(highspy, program, cost))
        highs.run()
        found = np.array(highs.getSolution().row_dual, dtype=np.float64)
        rows = len(given["row_low"]) + len(costs)
        duals.append(np.pad(found[:rows], (0, max(0, rows - len(found)))))
        times.append(perf_counter() - began)
    np.savez(answer, duals=np.array(duals), seconds=np.array(times))


def with_held(given: Arrays, costs: Floats, held: Floats) -> Arrays:
    """Return the program with a row for each earlier tier: no more than what was reached."""
    columns = [np.flatnonzero(cost) for cost in costs]
    lengths = np.cumsum([len(column) for column in columns], dtype=np.int64)
    return {
        **given,
        "row_low": np.append(given["row_low"], np.full(len(costs), -np.inf)),
        "row_high": np.append(given["row_high"], held),
        "start": np.append(given["start"], given["start"][-1] + lengths),
        "column": np.concatenate([given["column"], *columns]),
        "value": np.concatenate([given["value"], *(cost[cost != 0] for cost in costs)]),
    }


def model(highspy: Any, program: Arrays, cost: Floats) -> Any:
    """Return a program as HiGHS wants it."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program["low"]), len(program["row_low"])
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, program["low"], program["high"]
    lp.row_lower_, lp.row_upper_ = program["row_low"], program["row_high"]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = program["start"].astype(np.int32)
    lp.a_matrix_.index_ = program["column"].astype(np.int32)
    lp.a_matrix_.value_ = program["value"]
    return lp


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
