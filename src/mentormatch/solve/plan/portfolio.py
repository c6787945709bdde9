"""Several ways of searching in turn or side by side, with one answer whatever their speed.

How long a search takes has a heavy tail: where one way is lost for minutes, another is done in
a second. So each way gets a slice of CP-SAT's deterministic time, and of those that end within
their slice the first in the list has the say. The slices, and so the answer, are the same on one
worker and on many; more workers only have it sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Event

from ortools.sat.python import cp_model

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import SearchStrategy, Solved, solve
from mentormatch.solve.backend.remote import begin, end, forget, task_of

STRATEGIES = (SearchStrategy(), SearchStrategy(lower_bound_tree=True), SearchStrategy(core=True))


def run_portfolio(
    model: cp_model.CpModel,
    variables: Sequence[cp_model.IntVar],
    clock: Clock,
    *,
    seed: int,
    workers: int,
    effort: float,
    strategies: Sequence[SearchStrategy],
    executor: Executor | None = None,
) -> Solved:
    """Solve a model by the first of several ways that gets there.

    Parameters
    ----------
    model, variables, clock, seed
        As for `solve`.
    workers
        Searches side by side.
    effort
        Deterministic time of each way.
    ways
        The ways to search.
    executor
        Where to search; in threads of this process without one. The model's variables are then
        all asked for.

    Returns
    -------
    Solved
        The first conclusive answer, in the order of the ways; without one the best solution and
        the best bound.
    """
    if executor is None:
        found = _here(model, variables, clock, seed, workers, effort, strategies)
    else:
        found = _elsewhere(executor, model, clock, seed, effort, strategies)
    return _merged(found)


def _here(
    model: cp_model.CpModel,
    variables: Sequence[cp_model.IntVar],
    clock: Clock,
    seed: int,
    workers: int,
    effort: float,
    strategies: Sequence[SearchStrategy],
) -> list[Solved]:
    """Return what each way found up to the first that came to an end."""

    def run(strategy: SearchStrategy, stop: Event) -> Solved:
        return solve(
            model, variables, clock, seed=seed, effort=effort, strategy=strategy, stop=stop
        )

    stops = [Event() for _ in strategies]
    found: list[Solved] = []
    with ThreadPoolExecutor(max_workers=max(1, min(workers, len(strategies)))) as pool:
        running: list[Future[Solved]] = [
            pool.submit(run, strategy, stop)
            for strategy, stop in zip(strategies, stops, strict=True)
        ]
        try:
            for future in running:
                found.append(future.result())
                if found[-1].outcome in ("OPTIMAL", "INFEASIBLE"):
                    break
        finally:
            for stop in stops:
                stop.set()
    return found


def _elsewhere(
    executor: Executor,
    model: cp_model.CpModel,
    clock: Clock,
    seed: int,
    effort: float,
    strategies: Sequence[SearchStrategy],
) -> list[Solved]:
    """Return what each way found up to the first that came to an end, by an executor."""
    tasks = [
        task_of(model, seed=seed, limit=clock.remaining, effort=effort, strategy=strategy)
        for strategy in strategies
    ]
    futures = begin(executor, tasks)
    found: list[Solved] = []
    for future, task in zip(futures, tasks, strict=True):
        found.append(end(future, task, clock))
        if found[-1].outcome in ("OPTIMAL", "INFEASIBLE"):
            break
    forget(futures)
    return found


def _merged(found: Sequence[Solved]) -> Solved:
    """Return one answer: the first conclusive one, else the best solution and the best bound."""
    for solved in found:
        if solved.outcome in ("OPTIMAL", "INFEASIBLE"):
            return solved
    bounds = [solved.bound for solved in found if solved.bound is not None]
    bound = max(bounds, default=None)
    with_values = [solved for solved in found if solved.values is not None]
    if not with_values:
        return Solved("UNKNOWN", bound=bound)
    best = min(with_values, key=lambda solved: solved.cost or 0)
    return Solved("FEASIBLE", best.values, bound, best.cost)
