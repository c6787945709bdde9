"""Searches in other processes or on other machines, by any executor of `concurrent.futures`.

A search is a pure function of its model and its settings, so where it runs changes only the time.
A search that an executor loses, because a worker died or it was shut down, or that fails there,
is repeated in this process; if it fails here too, the error is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from typing import Any, TypeVar

from ortools.sat.python import cp_model

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import SearchStrategy, Solved, solve

Given = TypeVar("Given")
Found = TypeVar("Found")

POLL = 0.05
"""Seconds between two checks of the clock while a result is awaited."""


@dataclass(frozen=True)
class Task:
    """One search of CP-SAT as data for another process.

    Attributes
    ----------
    model
        The model as text.
    limit
        Seconds at most, or None.
    seed, effort, strategy
        As for `solve`.
    """

    model: str
    seed: int
    limit: float | None
    effort: float | None
    strategy: SearchStrategy


def task_of(
    model: cp_model.CpModel,
    *,
    seed: int,
    limit: float | None,
    effort: float | None = None,
    strategy: SearchStrategy | None = None,
) -> Task:
    """Return the task of searching a model."""
    return Task(str(model.proto), seed, limit, effort, strategy or SearchStrategy())


def search(task: Task, clock: Clock | None = None) -> Solved:
    """Run a search; it returns the values of all variables of the model, in their order."""
    model = cp_model.CpModel()
    model.proto.parse_text_format(task.model)
    variables = [
        model.get_int_var_from_proto_index(place) for place in range(len(model.proto.variables))
    ]
    return solve(
        model,
        variables,
        clock or Clock(task.limit),
        seed=task.seed,
        effort=task.effort,
        strategy=task.strategy,
    )


def begin(executor: Executor, tasks: Sequence[Task]) -> list[Future[Solved] | None]:
    """Submit searches to an executor; None for those that it does not take."""
    return submitted(executor, search, tasks)


def end(future: Future[Solved] | None, task: Task, clock: Clock) -> Solved:
    """Return the result of a search; it is repeated here if it was lost and there is time."""
    found = awaited(future, clock)
    if found is not None:
        return found
    return Solved("UNKNOWN") if clock.expired() else search(task, clock)


def submitted(
    executor: Executor, function: Callable[[Given], Found], tasks: Sequence[Given]
) -> list[Future[Found] | None]:
    """Submit calls of a function to an executor; None for those that it does not take."""
    begun: list[Future[Found] | None] = []
    for task in tasks:
        try:
            begun.append(executor.submit(function, task))
        except RuntimeError:
            # The executor was shut down, or is broken since a worker died.
            begun.append(None)
    return begun


def awaited(future: Future[Found] | None, clock: Clock) -> Found | None:
    """Return the result of a call; None if it was lost or did not come in time."""
    while future is not None:
        over = clock.expired()
        try:
            return future.result(timeout=0 if over else POLL)
        except NotYet:
            if over:
                return None
        except Exception:  # noqa: BLE001  # Clusters raise errors of their own for lost calls.
            return None
    return None


def forget(futures: Sequence[Future[Any] | None]) -> None:
    """Cancel calls that have not begun."""
    for future in futures:
        if future is not None:
            future.cancel()
