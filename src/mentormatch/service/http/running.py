"""What handlers share: the store off the event loop, and the job that a request names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio.to_thread import run_sync
from starlette.requests import Request

from mentormatch.service.core import Service
from mentormatch.service.http.problems import ProblemError
from mentormatch.service.store import Job

Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")

JOB_ID = re.compile(r"[0-9a-f]{64}")


def service_of(request: Request) -> Service:
    """Return the service that a request is for."""
    service: Service = request.app.state.service
    return service


async def off_loop(
    function: Callable[Arguments, Found], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Found:
    """Call a function that waits for a database or computes, in a thread."""
    return await run_sync(lambda: function(*args, **kwargs))


async def job_of_path(request: Request) -> Job:
    """Return the job that the path names.

    Raises
    ------
    ProblemError
        If there is none.
    """
    name = request.path_params["id"]
    # Only a digest is looked up; other text has no business in a database's log.
    job = None
    if JOB_ID.fullmatch(name):
        job = await off_loop(service_of(request).store.job, name)
    if job is None:
        raise ProblemError(404, "unknown_job", "There is no job of this id, or it was purged.")
    return job
