"""The documents of the service besides problems, matchings and envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mentormatch.service.store import EventKind, Job, JobStatus

_STRICT = ConfigDict(extra="forbid")


class Links(BaseModel):
    """Where the rest of a job is."""

    model_config = _STRICT

    self: str
    result: str
    events: str
    page: str


class JobDocument(BaseModel):
    """A job as it stands."""

    model_config = _STRICT

    id: str = Field(description="SHA-256 of what was asked and of the versions.")
    kind: str
    status: JobStatus
    outcome: str | None = Field(description="The status of its envelope, when it is finished.")
    proven: bool = Field(
        description="Whether its result rests on no limit, so that asking again never searches."
    )
    ending: bool = Field(description="Whether it was asked to end and has not ended yet.")
    attempt: int = Field(description="How many times a worker took it up.")
    people: int
    seconds: float = Field(description="How long it may search.")
    last_event: int = Field(description="Number of its latest event.")
    created: str
    started: str | None
    finished: str | None
    links: Links


class JobPage(BaseModel):
    """Some jobs, the newest first."""

    model_config = _STRICT

    jobs: list[JobDocument]
    next: str | None = Field(description="Where the next page is, or null on the last one.")


class EventFrame(BaseModel):
    """One server-sent event of a job."""

    id: str = Field(description="The number of the event, from 1 on without gaps.")
    event: EventKind
    data: str = Field(
        description="JSON: of progress its phase, tier, value, bound and elapsed seconds; of "
        "finished the status of the job and of its envelope."
    )


class Health(BaseModel):
    """Whether the service runs, or is ready for jobs."""

    model_config = _STRICT

    status: Literal["ok", "unavailable"]
    version: str


def job_document(job: Job) -> dict[str, Any]:
    """Return a job as the service tells it."""
    place = f"/v1/jobs/{job.id}"
    return {
        "id": job.id,
        "kind": job.kind,
        "status": job.status,
        "outcome": job.outcome,
        "proven": job.proven,
        "ending": job.cancelled and not job.over,
        "attempt": job.attempt,
        "people": job.people,
        "seconds": job.seconds,
        "last_event": job.last_event,
        "created": _instant(job.created),
        "started": None if job.started is None else _instant(job.started),
        "finished": None if job.finished is None else _instant(job.finished),
        "links": {
            "self": place,
            "result": f"{place}/result",
            "events": f"{place}/events",
            "page": f"/jobs/{job.id}",
        },
    }


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


MODELS: Mapping[str, type[BaseModel]] = {
    "Job": JobDocument,
    "JobPage": JobPage,
    "Health": Health,
    "JobEvent": EventFrame,
}
"""By their names in the OpenAPI document."""
