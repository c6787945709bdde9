"""A job's events as server-sent events, from any number on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from time import monotonic

from anyio import sleep
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mentormatch.service.core import Service
from mentormatch.service.http.asking import check_accepts, refused
from mentormatch.service.http.problems import ProblemError
from mentormatch.service.http.running import job_of_path, off_loop, service_of
from mentormatch.service.store import Job

EVENT_STREAM = "text/event-stream"
LOOK_SECONDS = 0.2
"""Seconds between two looks for new events."""

RETRY_MILLISECONDS = 1000
PAGE = 500


async def stream(request: Request) -> Response:
    """Send the events of a job until it is over; those after ``Last-Event-ID`` first."""
    check_accepts(request, EVENT_STREAM)
    job = await job_of_path(request)
    after = _last_seen(request)
    if job.over and after >= job.last_event:
        # This ends the reconnecting of a client that has seen everything.
        return Response(status_code=204)
    service = service_of(request)
    if service.streams >= service.settings.max_streams:
        raise ProblemError(
            503, "too_many_streams", "Too many streams are open.", headers={"Retry-After": "10"}
        )
    return StreamingResponse(
        _frames(service, job, after),
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _frames(service: Service, job: Job, after: int) -> AsyncIterator[str]:
    service.streams += 1
    try:
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        sent = monotonic()
        while not service.stopping:
            events = await off_loop(service.store.events, job.id, after=after, limit=PAGE)
            for event in events:
                yield f"id: {event.number}\nevent: {event.kind}\ndata: {event.data}\n\n"
                after, sent = event.number, monotonic()
            if len(events) == PAGE:
                continue
            # A job that is queued again after its end has further events.
            if events and events[-1].kind == "finished":
                now = await off_loop(service.store.job, job.id)
                if now is None or (now.over and now.last_event <= after):
                    return
            elif monotonic() - sent >= service.settings.heartbeat_seconds:
                if await off_loop(service.store.job, job.id) is None:
                    return
                yield ": still here\n\n"
                sent = monotonic()
            await sleep(LOOK_SECONDS)
    finally:
        service.streams -= 1


def _last_seen(request: Request) -> int:
    """Return the number of the last event that the client has; 0 if it has none."""
    stated = request.headers.get("last-event-id", request.query_params.get("after", ""))
    if not stated:
        return 0
    if not re.fullmatch(r"[0-9]{1,9}", stated):
        raise refused("query", "Last-Event-ID", "This must be the number of an event.")
    return int(stated)
