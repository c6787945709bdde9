"""Handlers of jobs: asking for one, seeing it, its result, ending it."""

from __future__ import annotations

import base64
import binascii
import json
from time import monotonic

from anyio import sleep
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mentormatch.errors import InputError
from mentormatch.operations import OPERATIONS
from mentormatch.service.http.asking import (
    body_of,
    check_accepts,
    choice,
    refused,
    wait_of,
    whole,
)
from mentormatch.service.http.documents import job_document
from mentormatch.service.http.problems import ProblemError, bad_input
from mentormatch.service.http.running import job_of_path, off_loop, service_of
from mentormatch.service.store import STATUSES, Job, JobStatus, QueueFullError

JSON = "application/json"
FIRST_LOOK, LAST_LOOK = 0.02, 0.25
"""Seconds between looks at a job that is awaited; they grow by half each time."""

MOST_ON_PAGE = 200
BAD_JSON = frozenset({"not_json", "not_text", "too_deep", "repeated_key", "too_large"})
"""Codes of faults of the JSON itself, and not of what it says."""


async def post(request: Request) -> Response:
    """Queue a job, or find the one of the same content."""
    check_accepts(request, JSON)
    service = service_of(request)
    settings = service.settings
    wait = wait_of(request, settings.max_wait)
    began = monotonic()
    body = await body_of(request, most=settings.max_body, seconds=settings.body_seconds)
    again = "no-cache" in request.headers.get("cache-control", "").lower()
    try:
        job, queued = await off_loop(service.submit, body, request.state.client, again=again)
    except InputError as error:
        unreadable = error.faults and all(one.code in BAD_JSON for one in error.faults)
        raise bad_input(error, 400 if unreadable else 422) from None
    except QueueFullError as error:
        raise _full(client=error.client) from None
    headers = {"Location": f"/v1/jobs/{job.id}"}
    if wait is not None:
        headers["Preference-Applied"] = f"wait={wait:g}"
        job = await _awaited(request, job, began + wait)
        if job.over:
            envelope = await off_loop(service.store.result, job.id)
            if envelope is not None:
                headers["Content-Location"] = f"/v1/jobs/{job.id}/result"
                return Response(envelope, 201 if queued else 200, headers=headers, media_type=JSON)
    return JSONResponse(job_document(job), 200 if job.over else 202, headers=headers)


async def show(request: Request) -> Response:
    """Tell how a job stands."""
    check_accepts(request, JSON)
    return JSONResponse(job_document(await job_of_path(request)))


async def result(request: Request) -> Response:
    """Hand out the envelope of a job."""
    check_accepts(request, JSON)
    job = await job_of_path(request)
    envelope = await off_loop(service_of(request).store.result, job.id) if job.over else None
    if envelope is None:
        raise ProblemError(
            409, "not_finished", "The job has not ended yet.", headers={"Retry-After": "1"}
        )
    return Response(envelope, media_type=JSON)


async def end(request: Request) -> Response:
    """Ask a job to end; what it has found until then is its result."""
    check_accepts(request, JSON)
    job = await job_of_path(request)
    ended = await off_loop(service_of(request).cancel, job.id, request.state.client)
    if ended is None:
        raise ProblemError(404, "unknown_job", "There is no job of this id, or it was purged.")
    return JSONResponse(job_document(ended), 200 if ended.over else 202)


async def listing(request: Request) -> Response:
    """List jobs, the newest first."""
    check_accepts(request, JSON)
    limit = whole(request, "limit", 50, least=1, most=MOST_ON_PAGE)
    status: JobStatus | None = choice(request, "status", STATUSES)  # type: ignore[assignment]
    kind = choice(request, "kind", tuple(OPERATIONS))
    after = _cursor(request)
    jobs = await off_loop(
        service_of(request).store.jobs, limit=limit + 1, after=after, status=status, kind=kind
    )
    following = None
    if len(jobs) > limit:
        jobs = jobs[:limit]
        stated = {"limit": limit, "status": status, "kind": kind, "after": _mark(jobs[-1])}
        told = "&".join(f"{name}={value}" for name, value in stated.items() if value is not None)
        following = f"/v1/jobs?{told}"
    return JSONResponse({"jobs": [job_document(job) for job in jobs], "next": following})


async def _awaited(request: Request, job: Job, until: float) -> Job:
    """Return the job when it is over, or as it stands at a time."""
    service = service_of(request)
    pause = FIRST_LOOK
    while not job.over and not service.stopping and monotonic() < until:
        await sleep(min(pause, max(0.0, until - monotonic())))
        pause = min(LAST_LOOK, pause * 1.5)
        found: Job | None = await off_loop(service.store.job, job.id)
        job = job if found is None else found
    return job


def _full(*, client: bool) -> ProblemError:
    headers = {"Retry-After": "10"}
    if client:
        return ProblemError(
            429, "too_many_jobs", "Too many jobs of yours have not ended.", headers=headers
        )
    return ProblemError(503, "queue_full", "Too many jobs wait already.", headers=headers)


def _mark(job: Job) -> str:
    text = json.dumps([job.created, job.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _cursor(request: Request) -> tuple[float, str] | None:
    stated = request.query_params.get("after")
    if stated is None:
        return None
    try:
        padded = stated.encode("ascii") + b"=" * (-len(stated) % 4)
        made, name = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if isinstance(made, float) and isinstance(name, str) and abs(made) < 1e12:
            return made, name.replace("\0", "")
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise refused("query", "after", "This must be what a page named as its next one.")
