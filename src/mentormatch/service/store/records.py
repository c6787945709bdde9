"""What the store hands out: jobs, events and leases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

EventKind = Literal["queued", "started", "progress", "requeued", "finished"]
JobStatus = Literal["queued", "running", "done", "cancelled", "failed"]
STATUSES: tuple[JobStatus, ...] = get_args(JobStatus)
FINISHED: tuple[JobStatus, ...] = ("done", "cancelled", "failed")


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job as it stands, without its documents.

    Attributes
    ----------
    id
        SHA-256 of kind, problem, matching, options and versions.
    client
        Digest of who asked first.
    people
        Students and mentors of its problem.
    seconds
        Its time limit.
    attempt
        How many times a worker took it up.
    lost
        How many times a worker that had it went silent.
    cancelled
        Whether somebody asked it to end.
    proven
        Whether its result rests on no limit, and so holds for ever.
    outcome
        The status of its envelope.
    last_event
        Number of its latest event.
    """

    id: str
    kind: str
    status: JobStatus
    client: str
    people: int
    seconds: float
    attempt: int
    lost: int
    cancelled: bool
    proven: bool
    outcome: str | None
    last_event: int
    created: float
    started: float | None
    finished: float | None

    @property
    def over(self) -> bool:
        """Whether it has ended, in whichever way."""
        return self.status in FINISHED


@dataclass(frozen=True, kw_only=True)
class NewJob:
    """A job that somebody asks for."""

    id: str
    kind: str
    request: str
    client: str
    people: int
    seconds: float


@dataclass(frozen=True)
class JobEvent:
    """One event of a job.

    Attributes
    ----------
    number
        From 1 on, without gaps.
    at
        Seconds since 1970.
    kind
        ``queued``, ``started``, ``progress``, ``requeued`` or ``finished``.
    data
        The record as JSON.
    """

    number: int
    at: float
    kind: str
    data: str


@dataclass(frozen=True, kw_only=True)
class Lease:
    """A job that one worker has for now, with what it needs to do it.

    Attributes
    ----------
    attempt
        Which attempt this is; what is written for another attempt is refused.
    best
        The best matching that an earlier attempt stored, as JSON.
    """

    job: str
    kind: str
    worker: str
    attempt: int
    lost: int
    cancelled: bool
    seconds: float
    request: str
    best: str | None


@dataclass(frozen=True)
class Outcome:
    """How a job ended: its status, its envelope as JSON, and what the store notes of it."""

    status: JobStatus
    envelope: str
    envelope_status: str
    proven: bool
    best: str | None = None


class QueueFullError(Exception):
    """More jobs wait, or more of one client are unfinished, than is allowed."""

    def __init__(self, *, client: bool) -> None:
        self.client = client
        super().__init__("too many jobs")


Record = Mapping[str, Any]
"""A progress record, ready for JSON."""
