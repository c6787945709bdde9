"""An algorithm portfolio: several search strategies of CP-SAT, one answer whatever their speed.

The time of a search has a heavy tail: where one strategy takes minutes, another one takes a
second. So each gets the same deterministic effort, and of those that come to a conclusion the
first in the list decides. The answer is the same with one worker and with many; more workers only
have it sooner. Gomes, C. P. and Selman, B. (2001). Algorithm portfolios. Artificial Intelligence
126(1-2), 43-62. doi:10.1016/S0004-3702(00)00081-3
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
    """Solve a model by the first of several strategies that comes to a conclusion.

    Parameters
    ----------
    model, variables, clock, seed
        As for `solve`.
    workers
        Searches side by side.
    effort
        Deterministic time of each strategy.
    strategies
        The strategies, in order of precedence.
    executor
        Where to search; in threads of this process without one. With one, `variables` must be
        all variables of the model.

    Returns
    -------
    Solved
        The first conclusive answer in the order of strategies; without one the best solution
        and the best bound.
    """
    if executor is None:
        found = _locally(model, variables, clock, seed, workers, effort, strategies)
    else:
        found = _remotely(executor, model, clock, seed, effort, strategies)
    return _merged(found)


def _locally(
    model: cp_model.CpModel,
    variables: Sequence[cp_model.IntVar],
    clock: Clock,
    seed: int,
    workers: int,
    effort: float,
    strategies: Sequence[SearchStrategy],
) -> list[Solved]:
    """Return the answers up to the first conclusive one, searched in threads."""

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


def _remotely(
    executor: Executor,
    model: cp_model.CpModel,
    clock: Clock,
    seed: int,
    effort: float,
    strategies: Sequence[SearchStrategy],
) -> list[Solved]:
    """Return the answers up to the first conclusive one, searched by an executor."""
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
