"""One call of CP-SAT: deterministic, stoppable, and without trust in what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from threading import Event
from typing import Literal

from ortools.sat.python import cp_model

from mentormatch.errors import InternalError
from mentormatch.solve.backend.clock import Clock

Outcome = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]

_OUTCOMES: dict[cp_model.CpSolverStatus, Outcome] = {
    cp_model.OPTIMAL: "OPTIMAL",
    cp_model.FEASIBLE: "FEASIBLE",
    cp_model.INFEASIBLE: "INFEASIBLE",
    cp_model.UNKNOWN: "UNKNOWN",
}


@dataclass(frozen=True)
class SearchStrategy:
    """How CP-SAT searches; by default by its usual conflict-driven search.

    Attributes
    ----------
    lower_bound_tree
        Explore a tree that raises the bound rather than one that finds solutions.
    core
        Raise the bound by unsatisfiable cores of the objective.
    """

    lower_bound_tree: bool = False
    core: bool = False


@dataclass(frozen=True)
class Solved:
    """What CP-SAT said.

    Attributes
    ----------
    outcome
        Its status.
    values
        Value of each requested variable, or None without a solution.
    bound
        Proven lower bound of the objective, or None without an objective.
    cost
        Value of the objective, or None without one or without a solution.
    """

    outcome: Outcome
    values: tuple[int, ...] | None = None
    bound: int | None = None
    cost: int | None = None


class _StopAt(cp_model.CpSolverSolutionCallback):
    """Ends the search at the first solution that reaches a known lower bound."""

    def __init__(self, enough: int) -> None:
        super().__init__()
        self._enough = enough

    def on_solution_callback(self) -> None:
        """Stop if this solution is good enough."""
        if round(self.objective_value) <= self._enough:
            self.stop_search()


def solve(
    model: cp_model.CpModel,
    variables: Sequence[cp_model.IntVar],
    clock: Clock,
    *,
    seed: int,
    effort: float | None = None,
    fix_hinted: bool = False,
    enough: int | None = None,
    strategy: SearchStrategy = SearchStrategy(),
    stop: Event | None = None,
) -> Solved:
    """Solve a model with one worker.

    Parameters
    ----------
    model
        The model; its objective is minimised.
    variables
        The variables whose values are requested.
    clock
        Ends the call early.
    seed
        Seed of the search.
    effort
        Limit in CP-SAT's deterministic time; unlike seconds, it ends every run at the same point.
    fix_hinted
        Whether hinted variables are fixed to their hints; then no bound is returned.
    enough
        Known lower bound of the objective: a solution that reaches it ends the search.
    strategy
        How to search.
    stop
        Flag of a caller who no longer needs the answer.
    """
    if clock.expired() or (stop is not None and stop.is_set()):
        return Solved("UNKNOWN")
    solver = cp_model.CpSolver()
    settings = solver.parameters
    # One worker is deterministic; level 2 puts the whole relaxation into its linear program.
    settings.num_workers = 1
    settings.linearization_level = 2
    settings.random_seed = seed % 2**31
    # Otherwise the solver removes the caller's handler of Ctrl-C.
    settings.catch_sigint_signal = False
    if (left := clock.remaining) is not None:
        settings.max_time_in_seconds = left
    if effort is not None:
        settings.max_deterministic_time = effort
    settings.fix_variables_to_their_hinted_value = fix_hinted
    settings.optimize_with_lb_tree_search = strategy.lower_bound_tree
    settings.optimize_with_core = strategy.core
    callback = None if enough is None else _StopAt(enough)
    with clock.stopping(solver.stop_search, stop):
        status = solver.solve(model, callback)
    if status not in _OUTCOMES:
        raise InternalError(f"the model is not valid: {model.validate()}")
    outcome = _OUTCOMES[status]
    if outcome == "INFEASIBLE" or (outcome == "UNKNOWN" and not model.has_objective()):
        return Solved(outcome)
    bound = None
    if model.has_objective() and not fix_hinted:
        found = solver.best_objective_bound
        bound = ceil(found - 1e-6) if abs(found) < 2**52 else None
    if outcome == "UNKNOWN":
        return Solved(outcome, bound=bound)
    values = tuple(solver.value(variable) for variable in variables)
    cost = round(solver.objective_value) if model.has_objective() else None
    return Solved(outcome, values, bound, cost)
