"""Running a task, so that whatever happens is in the envelope."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from threading import Event
from typing import Any

from mentormatch.exit_codes import ExitCode
from mentormatch.operations.catalogue import Run
from mentormatch.operations.envelope import Envelope, envelope_of, envelope_of_error
from mentormatch.operations.task import Task, read_task
from mentormatch.progress import ProgressListener


def perform(
    kind: str,
    request: Mapping[str, Any],
    *,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
    executor: Executor | None = None,
) -> Envelope:
    """Do what a request asks for.

    Parameters
    ----------
    kind
        A name of `OPERATIONS`, such as ``match``.
    request
        An object with ``problem``, ``matching`` where the kind takes one, and ``options``.
    progress
        Called with progress reports by kinds that search.
    cancel
        Set it from another thread to stop; the best so far is returned.
    executor
        Where searches run; by default in threads of this process.

    Returns
    -------
    Envelope
        Always: a request that cannot be used and an internal error are faults in it. An
        interrupt of the calling thread alone is raised.
    """
    try:
        task = read_task(kind, request)
    except Exception as error:  # noqa: BLE001  # The last place where it can be told.
        return envelope_of_error(kind, error)
    return run_task(task, progress=progress, cancel=cancel, executor=executor)


def run_task(
    task: Task,
    *,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
    executor: Executor | None = None,
) -> Envelope:
    """Run a task that was read already; see `perform`."""
    kind, problem = task.operation.kind, task.problem.fingerprint
    options = task.options.model_dump(mode="json")
    try:
        run = Run(progress, cancel, executor)
        ended = task.operation.run(task.problem, task.matching, task.options, run)
        code = ended.code
        if task.operation.searches and cancel is not None and cancel.is_set():
            # Of several searches only some may have been made.
            code = ExitCode.INTERRUPTED
        return envelope_of(
            kind,
            code,
            result=ended.result,
            why=ended.why,
            final=ended.final and code is ended.code,
            problem=problem,
            options=options,
        )
    except Exception as error:  # noqa: BLE001  # The last place where an error can be told.
        return envelope_of_error(kind, error, problem=problem, options=options)
