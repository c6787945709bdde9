"""One call of CP-SAT: deterministic, stoppable, and never taken at its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from ortools.sat.python import cp_model

from mentormatch.errors import InternalError
from mentormatch.solve.clock import Clock

Outcome = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]

_OUTCOMES: dict[cp_model.CpSolverStatus, Outcome] = {
    cp_model.OPTIMAL: "OPTIMAL",
    cp_model.FEASIBLE: "FEASIBLE",
    cp_model.INFEASIBLE: "INFEASIBLE",
    cp_model.UNKNOWN: "UNKNOWN",
}


@dataclass(frozen=True)
class Solved:
    """What CP-SAT said.

    Attributes
    ----------
    outcome
        Its status.
    values
        Value of each variable asked for, or None without a solution.
    bound
        Proven least value of the objective, or None without one.
    """

    outcome: Outcome
    values: tuple[int, ...] | None = None
    bound: int | None = None


def solve(
    model: cp_model.CpModel,
    variables: Sequence[cp_model.IntVar],
    clock: Clock,
    *,
    seed: int,
    limit: float | None = None,
    effort: float | None = None,
) -> Solved:
    """Solve a model with one worker.

    Parameters
    ----------
    model
        The model; its objective is minimised.
    variables
        Those whose values are wanted.
    clock
        Ends the call early.
    seed
        Seed of the search.
    limit
        Seconds at most, less if the clock has less left.
    effort
        Limit in CP-SAT's deterministic time, which keeps the run reproducible.
    """
    if clock.over:
        return Solved("UNKNOWN")
    solver = cp_model.CpSolver()
    settings = solver.parameters
    # One worker is deterministic; level 2 puts the whole relaxation into its linear program.
    settings.num_workers = 1
    settings.linearization_level = 2
    settings.random_seed = seed % 2**31
    # Otherwise the caller's Ctrl-C handler is gone after the solve.
    settings.catch_sigint_signal = False
    left = [seconds for seconds in (clock.remaining, limit) if seconds is not None]
    if left:
        settings.max_time_in_seconds = min(left)
    if effort is not None:
        settings.max_deterministic_time = effort
    with clock.stopping(solver.stop_search):
        status = solver.solve(model)
    if status not in _OUTCOMES:
        raise InternalError(f"the model is not valid: {model.validate()}")
    outcome = _OUTCOMES[status]
    if outcome == "INFEASIBLE" or (outcome == "UNKNOWN" and not model.has_objective()):
        return Solved(outcome)
    bound = None
    if model.has_objective():
        found = solver.best_objective_bound
        bound = ceil(found - 1e-6) if abs(found) < 2**52 else None
    if outcome == "UNKNOWN":
        return Solved(outcome, bound=bound)
    return Solved(outcome, tuple(solver.value(variable) for variable in variables), bound)
