"""What is asked for, read and checked within the limits of a service."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mentormatch.errors import Fault, InputError, nearest
from mentormatch.operations import OPERATIONS, Task, read_task
from mentormatch.service.settings import Settings
from mentormatch.service.store import NewJob

FIELDS = ("kind", "problem", "matching", "options")


def job_of(data: Any, client: str, settings: Settings) -> NewJob:
    """Return the job that a request asks for.

    Its id is the SHA-256 of what the request says and of the versions that answer it, so that
    asking twice is one job. The order of people and slots does not matter, nor whether a default
    is stated.

    Parameters
    ----------
    data
        The request, after its JSON was parsed.
    client
        Digest of who asks.
    settings
        The limits.

    Raises
    ------
    InputError
        With every fault of the request.
    """
    if not isinstance(data, dict):
        message = "a request is an object with the keys kind, problem, matching and options"
        raise InputError([Fault("wrong_value", "request", message)])
    faults = list(_faults_of_kind(data.get("kind")))
    if faults:
        raise InputError(faults)
    request = {name: value for name, value in data.items() if name != "kind"}
    if request.get("options", {}) is None:
        del request["options"]
    task = read_task(data["kind"], request)
    faults = list(_faults_of_size(task, settings))
    if faults:
        raise InputError(faults)
    return NewJob(
        id=task.fingerprint,
        kind=task.operation.kind,
        request=json.dumps(request, separators=(",", ":"), ensure_ascii=False),
        client=client,
        people=_people(task),
        seconds=_seconds(task),
    )


def _faults_of_kind(kind: Any) -> Iterator[Fault]:
    if not isinstance(kind, str) or kind not in OPERATIONS:
        near = nearest(kind[:40], OPERATIONS) if isinstance(kind, str) else None
        message = f"kind must be one of {', '.join(OPERATIONS)}"
        yield Fault("unknown_task", "kind", message, near)


def _faults_of_size(task: Task, settings: Settings) -> Iterator[Fault]:
    if _people(task) > settings.max_people:
        yield Fault(
            "too_many_people",
            "problem",
            f"the problem has {_people(task):,} people, and {settings.max_people:,} are the most "
            "that this service takes",
        )
    limit = _options(task).get("time_limit", 0.0)
    if limit is None or limit > settings.max_seconds:
        yield Fault(
            "time_limit",
            "options.time_limit",
            f"time_limit must be a number of at most {settings.max_seconds:g} seconds here",
        )


def _people(task: Task) -> int:
    return len(task.problem.students) + len(task.problem.mentors)


def _seconds(task: Task) -> float:
    """Return how long the task may search: its time limit, for each variant if it has some."""
    options = _options(task)
    limit: float = options.get("time_limit") or 0.0
    return limit * (1 + len(options.get("variants", ())))


def _options(task: Task) -> Mapping[str, Any]:
    return {name: getattr(task.options, name) for name in type(task.options).model_fields}
