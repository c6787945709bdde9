"""Writes that the faces of the store share: events and the audit."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from mentormatch.service.store.records import Record
from mentormatch.service.store.tables import AUDIT, EVENTS, JOBS


def add_events(
    connection: Connection, job: str, now: float, records: Sequence[tuple[str, Record]]
) -> None:
    """Append events to a job; its row is locked by the caller's own update or insert."""
    if not records:
        return
    last = connection.execute(select(JOBS.c.last_event).where(JOBS.c.id == job)).scalar_one()
    rows = [
        {
            "job": job,
            "number": last + place,
            "at": now,
            "kind": kind,
            "data": json.dumps(
                {"number": last + place, "at": round(now, 3), "kind": kind, **record},
                ensure_ascii=False,
            ),
        }
        for place, (kind, record) in enumerate(records, 1)
    ]
    connection.execute(insert(EVENTS), rows)
    changed = update(JOBS).where(JOBS.c.id == job).values(last_event=last + len(rows))
    connection.execute(changed)


def note(
    connection: Connection, now: float, action: str, job: str | None, actor: str, attempt: int = 0
) -> None:
    """Add a line to the audit: what was done to which job by whom; no names, no answers."""
    connection.execute(
        insert(AUDIT).values(at=now, action=action, job=job, actor=actor, attempt=attempt)
    )
