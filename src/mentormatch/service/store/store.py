"""What those who ask see: adding, reading and ending jobs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from mentormatch.service.store.database import Database
from mentormatch.service.store.queue import Queue
from mentormatch.service.store.records import (
    FINISHED,
    STATUSES,
    Job,
    JobEvent,
    JobStatus,
    NewJob,
    QueueFullError,
)
from mentormatch.service.store.tables import (
    AUDIT,
    BESTS,
    EVENTS,
    JOBS,
    OF_A_JOB,
    REQUESTS,
    RESULTS,
)
from mentormatch.service.store.writing import add_events, note

_SHOWN = tuple(JOBS.c[name] for name in Job.__dataclass_fields__)


class Store:
    """The jobs of a service.

    Parameters
    ----------
    address
        Of the database.
    fresh_seconds
        For how long a result that rests on a limit is given again.
    max_waiting, max_per_client
        Most jobs that wait, and most unfinished ones of one client.
    """

    def __init__(
        self,
        address: str,
        *,
        fresh_seconds: float = 3600.0,
        max_waiting: int = 1000,
        max_per_client: int = 500,
    ) -> None:
        self._database = Database(address)
        self.queue = Queue(self._database)
        self._fresh, self._waiting, self._per_client = fresh_seconds, max_waiting, max_per_client

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def add(self, new: NewJob, *, again: bool = False) -> tuple[Job, bool]:
        """Add a job, or find the one of the same content.

        A job that failed, was ended, or has a result that rests on a limit and is no longer
        fresh, is queued again, to go on from its best matching.

        Parameters
        ----------
        new
            The job.
        again
            Whether a result that rests on a limit is searched for again though it is fresh.

        Returns
        -------
        tuple
            The job, and whether it was queued by this.

        Raises
        ------
        QueueFullError
            If too many jobs wait already.
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            found = _job(connection, new.id, locked=True)
            if found is not None and not self._to_do_again(found, now, again=again):
                return found, False
            self._check_room(connection, new.client)
            if found is None:
                if not self._insert(connection, new, now):
                    # Somebody else added it at the same moment.
                    raced = _job(connection, new.id)
                    if raced is None:
                        raise QueueFullError(client=False)
                    return raced, False
            else:
                self._queue_again(connection, new.id, now)
            add_events(connection, new.id, now, [("queued", {})])
            note(connection, now, "queued", new.id, new.client)
            queued = _job(connection, new.id)
        if queued is None:
            raise AssertionError("a job that was just added is there")
        return queued, True

    def job(self, name: str) -> Job | None:
        """Return a job, or None if there is none of that id."""
        with self._database.reading() as connection:
            return _job(connection, name)

    def jobs(
        self,
        *,
        limit: int,
        after: tuple[float, str] | None = None,
        status: JobStatus | None = None,
        kind: str | None = None,
    ) -> list[Job]:
        """Return a page of jobs, the newest first.

        Parameters
        ----------
        limit
            Most jobs of the page.
        after
            When the last job of the page before was made, and its id.
        status, kind
            Those of this status or kind only.
        """
        asked = select(*_SHOWN).order_by(JOBS.c.created.desc(), JOBS.c.id.desc()).limit(limit)
        if after is not None:
            made, name = after
            older = or_(JOBS.c.created < made, and_(JOBS.c.created == made, JOBS.c.id < name))
            asked = asked.where(older)
        if status is not None:
            asked = asked.where(JOBS.c.status == status)
        if kind is not None:
            asked = asked.where(JOBS.c.kind == kind)
        with self._database.reading() as connection:
            return [Job(**row) for row in connection.execute(asked).mappings()]

    def request(self, name: str) -> str | None:
        """Return what a job asks, as JSON."""
        return self._text(select(REQUESTS.c.text).where(REQUESTS.c.job == name))

    def result(self, name: str) -> str | None:
        """Return a job's envelope as JSON; None as long as it has none."""
        return self._text(select(RESULTS.c.envelope).where(RESULTS.c.job == name))

    def best(self, name: str) -> str | None:
        """Return the best matching of a job that was stored so far, as JSON."""
        return self._text(select(BESTS.c.matching).where(BESTS.c.job == name))

    def events(self, name: str, *, after: int, limit: int = 500) -> list[JobEvent]:
        """Return the events of a job that come after a number, in their order."""
        columns = (EVENTS.c.number, EVENTS.c.at, EVENTS.c.kind, EVENTS.c.data)
        asked = select(*columns).where(EVENTS.c.job == name, EVENTS.c.number > after)
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(EVENTS.c.number).limit(limit))
            return [JobEvent(*row) for row in rows]

    def cancel(self, name: str, client: str) -> Job | None:
        """Ask a job to end; its worker keeps the best so far. One that waits ends at once.

        Returns
        -------
        Job or None
            The job as it stands then; None if there is none of that id.
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            found = _job(connection, name, locked=True)
            if found is None or found.over:
                return found
            # A worker takes it next, to write down the best of earlier attempts, if any.
            changed = update(JOBS).where(JOBS.c.id == name).values(cancelled=True)
            connection.execute(changed)
            if not found.cancelled:
                note(connection, now, "cancelled", name, client, found.attempt)
            return _job(connection, name)

    def purge(self, older_than: float) -> int:
        """Delete jobs that ended so many seconds ago, with all that belongs to them.

        Returns
        -------
        int
            How many there were.
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            over = (JOBS.c.status.in_(FINISHED), JOBS.c.finished < now - older_than)
            names = list(connection.execute(select(JOBS.c.id).where(*over)).scalars())
            for some in (names[place : place + 500] for place in range(0, len(names), 500)):
                for table in OF_A_JOB:
                    connection.execute(delete(table).where(table.c.job.in_(some)))
                connection.execute(delete(JOBS).where(JOBS.c.id.in_(some)))
            for name in names:
                note(connection, now, "purged", name, "purge")
        return len(names)

    def counts(self) -> dict[JobStatus, int]:
        """Return how many jobs have each status."""
        asked = select(JOBS.c.status, func.count()).group_by(JOBS.c.status)
        with self._database.reading() as connection:
            counted: dict[str, int] = {row[0]: row[1] for row in connection.execute(asked)}
        return {status: counted.get(status, 0) for status in STATUSES}

    def audit(self, name: str) -> list[tuple[str, int, str]]:
        """Return what was done to a job: action, attempt and who, in order."""
        asked = select(AUDIT.c.action, AUDIT.c.attempt, AUDIT.c.actor).where(AUDIT.c.job == name)
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(AUDIT.c.number))
            return [(row[0], row[1], row[2]) for row in rows]

    def _to_do_again(self, found: Job, now: float, *, again: bool) -> bool:
        if not found.over or found.proven:
            return False
        if found.status in ("failed", "cancelled") or again:
            return True
        return found.finished is not None and found.finished < now - self._fresh

    def _check_room(self, connection: Connection, client: str) -> None:
        waiting = select(func.count()).where(JOBS.c.status == "queued")
        if connection.execute(waiting).scalar_one() >= self._waiting:
            raise QueueFullError(client=False)
        mine = select(func.count()).where(
            JOBS.c.status.in_(("queued", "running")), JOBS.c.client == client
        )
        if connection.execute(mine).scalar_one() >= self._per_client:
            raise QueueFullError(client=True)

    def _insert(self, connection: Connection, new: NewJob, now: float) -> bool:
        row: dict[str, Any] = {
            "id": new.id,
            "kind": new.kind,
            "status": "queued",
            "client": new.client,
            "people": new.people,
            "seconds": new.seconds,
            "created": now,
        }
        # Both dialects have the clause, each in an insert of its own.
        dialect = postgresql if self._database.is_postgres else sqlite
        inserted = dialect.insert(JOBS).values(**row).on_conflict_do_nothing()
        if connection.execute(inserted.returning(JOBS.c.id)).one_or_none() is None:
            return False
        connection.execute(insert(REQUESTS).values(job=new.id, text=new.request))
        return True

    def _queue_again(self, connection: Connection, name: str, now: float) -> None:
        connection.execute(delete(RESULTS).where(RESULTS.c.job == name))
        values = {
            "status": "queued",
            "cancelled": False,
            "outcome": None,
            "lost": 0,
            "created": now,
            "started": None,
            "finished": None,
        }
        connection.execute(update(JOBS).where(JOBS.c.id == name).values(**values))

    def _text(self, asked: Any) -> str | None:
        with self._database.reading() as connection:
            found: str | None = connection.execute(asked).scalar_one_or_none()
        return found


def _job(connection: Connection, name: str, *, locked: bool = False) -> Job | None:
    asked = select(*_SHOWN).where(JOBS.c.id == name)
    row = connection.execute(asked.with_for_update() if locked else asked).mappings().one_or_none()
    return None if row is None else Job(**row)
