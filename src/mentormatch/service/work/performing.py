"""Doing one job: the task, its progress, and the best verified matching so far."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Event
from typing import Any, Protocol

from mentormatch.data.matching import Matching
from mentormatch.errors import InputError
from mentormatch.operations import Task, envelope_of_error, read_task, run_task
from mentormatch.progress import Progress

BEST_SECONDS = 2.0
"""Least time between two matchings that are handed out; making one takes time of the search."""


class Sink(Protocol):
    """Where a job tells how it is getting on."""

    def progress(self, record: dict[str, Any]) -> None:
        """Take a progress record."""
        ...

    def best(self, matching: str) -> None:
        """Take the best verified matching so far, as JSON."""
        ...


def perform_job(
    kind: str, request: str, best: str | None, *, sink: Sink, cancel: Event, threads: int
) -> str:
    """Do a job and return its envelope as JSON.

    Parameters
    ----------
    kind
        A name of `OPERATIONS`.
    request
        Problem, matching and options, as JSON.
    best
        The best matching of an earlier attempt, as JSON, from which a search goes on.
    sink
        Who is told of progress.
    cancel
        Set to end the search; the envelope has the best so far then.
    threads
        Searches side by side, where the request does not say.
    """
    try:
        task = read_task(kind, json.loads(request))
        task = _within(_from_best(task, best), threads)
    except InputError as error:
        # Only a version that reads requests otherwise than the one that took it.
        return envelope_of_error(kind, error).to_json(indent=None)
    listener = _Listener(sink, keeps_best=kind == "match")
    return run_task(task, progress=listener, cancel=cancel).to_json(indent=None)


class _Listener:
    """Passes reports on, and every now and then the best matching, if there is a better one."""

    def __init__(self, sink: Sink, *, keeps_best: bool) -> None:
        self._sink, self._keeps_best = sink, keeps_best
        self._better = False
        self._next = 0.0

    def __call__(self, event: Progress) -> None:
        record = event.record()
        # Events of a job are numbered by the store, over all attempts.
        del record["number"]
        self._sink.progress(record)
        self._better = self._better or event.phase == "improved"
        if not self._keeps_best or not self._better or event.elapsed < self._next:
            return
        matching = event.matching()
        if matching is not None:
            self._better, self._next = False, event.elapsed + BEST_SECONDS
            self._sink.best(matching.to_json(indent=None))


def _from_best(task: Task, best: str | None) -> Task:
    """Let a match start from what an earlier attempt reached."""
    if best is None or task.operation.kind != "match":
        return task
    return replace(task, matching=Matching.from_json(best))


def _within(task: Task, threads: int) -> Task:
    """State the number of searches side by side; it changes no answer."""
    fields = type(task.options).model_fields
    if "workers" not in fields or getattr(task.options, "workers", None) is not None:
        return task
    stated: dict[str, Any] = {name: getattr(task.options, name) for name in fields}
    return replace(task, options=type(task.options)(**{**stated, "workers": threads}))
