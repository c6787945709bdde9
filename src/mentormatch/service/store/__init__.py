"""Jobs, their events, results and an audit, in SQLite or PostgreSQL."""

from mentormatch.service.store.queue import Queue
from mentormatch.service.store.records import (
    FINISHED,
    STATUSES,
    EventKind,
    Job,
    JobEvent,
    JobStatus,
    Lease,
    NewJob,
    Outcome,
    QueueFullError,
    Record,
)
from mentormatch.service.store.store import Store

__all__ = [
    "FINISHED",
    "STATUSES",
    "EventKind",
    "Job",
    "JobEvent",
    "JobStatus",
    "Lease",
    "NewJob",
    "Outcome",
    "Queue",
    "QueueFullError",
    "Record",
    "Store",
]
