"""Searches in other processes or on other machines, by any executor of `concurrent.futures`.

A search is a pure function of its model and its settings, so where it runs changes nothing but
the time. What an executor loses, because a worker died or it was shut down, is searched here;
so is what fails there, and if it fails here too, whoever waits for it is told.
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
"""Seconds between two looks at whether an answer is still wanted."""


@dataclass(frozen=True)
class Task:
    """One search, in a form that can be sent away.

    Attributes
    ----------
    model
        The model as text.
    seed, limit, effort, way
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
    """Return a search as a task."""
    return Task(str(model.proto), seed, limit, effort, strategy or SearchStrategy())


def search(task: Task) -> Solved:
    """Return what a search finds: the values of all variables of the model, in their order."""
    model = cp_model.CpModel()
    model.proto.parse_text_format(task.model)
    variables = [
        model.get_int_var_from_proto_index(place) for place in range(len(model.proto.variables))
    ]
    return solve(
        model,
        variables,
        Clock(task.limit),
        seed=task.seed,
        effort=task.effort,
        strategy=task.strategy,
    )


def begin(executor: Executor, tasks: Sequence[Task]) -> list[Future[Solved] | None]:
    """Hand searches to an executor; None for those that it does not take."""
    return submitted(executor, search, tasks)


def end(future: Future[Solved] | None, task: Task, clock: Clock) -> Solved:
    """Return what a search found, or that nothing is known once the time is over."""
    found = awaited(future, clock)
    if found is not None:
        return found
    return Solved("UNKNOWN") if clock.expired() else search(task)


def submitted(
    executor: Executor, function: Callable[[Given], Found], tasks: Sequence[Given]
) -> list[Future[Found] | None]:
    """Hand a function's calls to an executor; None for those that it does not take."""
    begun: list[Future[Found] | None] = []
    for task in tasks:
        try:
            begun.append(executor.submit(function, task))
        except RuntimeError:
            # Shut down, or broken by a worker that died.
            begun.append(None)
    return begun


def awaited(future: Future[Found] | None, clock: Clock) -> Found | None:
    """Return what a call returned; None if it is lost, or not there when the time is over."""
    while future is not None:
        over = clock.expired()
        try:
            return future.result(timeout=0 if over else POLL)
        except NotYet:
            if over:
                return None
        except Exception:  # noqa: BLE001  # Clusters have errors of their own for what they lose.
            return None
    return None


def forget(futures: Sequence[Future[Any] | None]) -> None:
    """Call off what is no longer needed and has not begun."""
    for future in futures:
        if future is not None:
            future.cancel()
