"""What workers see: a queue of leases.

A worker takes a job for some seconds and renews the lease while it works. If it goes silent the
lease runs out and another worker takes the job. Every write of a worker names its attempt, so
that one that was silent for too long and comes back can change nothing: no job is done twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from mentormatch.service.store.database import Database
from mentormatch.service.store.records import Lease, Outcome, Record
from mentormatch.service.store.tables import BESTS, JOBS, REQUESTS, RESULTS
from mentormatch.service.store.writing import add_events, note


class Queue:
    """Leases of the jobs of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, worker: str, seconds: float) -> Lease | None:
        """Take the job that waits longest, or that somebody went silent on; None if there is none.

        Parameters
        ----------
        worker
            Who takes it.
        seconds
            For how long, if the lease is not renewed.
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            silent = and_(JOBS.c.status == "running", JOBS.c.lease_until < now)
            waiting = (
                select(JOBS)
                .where(or_(JOBS.c.status == "queued", silent))
                .order_by(JOBS.c.created, JOBS.c.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            row = connection.execute(waiting).mappings().one_or_none()
            if row is None:
                return None
            job, lost = row["id"], row["lost"] + (row["status"] == "running")
            attempt = row["attempt"] + 1
            values = {
                "status": "running",
                "worker": worker,
                "lease_until": now + seconds,
                "attempt": attempt,
                "lost": lost,
                "started": row["started"] or now,
            }
            connection.execute(update(JOBS).where(JOBS.c.id == job).values(**values))
            add_events(connection, job, now, [("started", {"attempt": attempt})])
            note(connection, now, "started", job, worker, attempt)
            best = select(BESTS.c.matching).where(BESTS.c.job == job)
            return Lease(
                job=job,
                kind=row["kind"],
                worker=worker,
                attempt=attempt,
                lost=lost,
                cancelled=row["cancelled"],
                seconds=row["seconds"],
                request=connection.execute(
                    select(REQUESTS.c.text).where(REQUESTS.c.job == job)
                ).scalar_one(),
                best=connection.execute(best).scalar_one_or_none(),
            )

    def renew(self, leases: Collection[Lease], seconds: float) -> tuple[set[str], set[str]]:
        """Give a sign of life for jobs.

        Returns
        -------
        tuple
            The jobs that are still this worker's, and those of them that somebody asked to end.
        """
        kept: set[str] = set()
        cancelled: set[str] = set()
        with self._database.writing() as connection:
            now = self._database.now(connection)
            for lease in leases:
                renewed = (
                    update(JOBS)
                    .where(_held(lease))
                    .values(lease_until=now + seconds)
                    .returning(JOBS.c.cancelled)
                )
                row = connection.execute(renewed).one_or_none()
                if row is not None:
                    kept.add(lease.job)
                    if row[0]:
                        cancelled.add(lease.job)
        return kept, cancelled

    def record(self, lease: Lease, records: Sequence[Record], best: str | None) -> bool:
        """Store progress records and the best matching so far, if it has changed.

        Returns
        -------
        bool
            Whether the job is still this worker's; nothing is stored if it is not.
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            if not _touch(connection, lease):
                return False
            add_events(connection, lease.job, now, [("progress", record) for record in records])
            _keep_best(connection, lease.job, best)
        return True

    def finish(self, lease: Lease, outcome: Outcome) -> bool:
        """Store the result of a job, once.

        Returns
        -------
        bool
            Whether the job was still this worker's; nothing is stored if it was not.
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            if not _touch(connection, lease):
                return False
            values = {
                "status": outcome.status,
                "outcome": outcome.envelope_status,
                "proven": outcome.proven,
                "finished": now,
                "worker": None,
                "lease_until": None,
            }
            connection.execute(update(JOBS).where(JOBS.c.id == lease.job).values(**values))
            connection.execute(insert(RESULTS).values(job=lease.job, envelope=outcome.envelope))
            _keep_best(connection, lease.job, outcome.best)
            ended = {"status": outcome.status, "outcome": outcome.envelope_status}
            add_events(connection, lease.job, now, [("finished", ended)])
            note(connection, now, "finished", lease.job, lease.worker, lease.attempt)
        return True

    def give_back(self, lease: Lease) -> bool:
        """Put a job back at its place in the queue, as a worker does that is told to stop.

        Returns
        -------
        bool
            Whether the job was still this worker's.
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            if not _touch(connection, lease):
                return False
            values = {"status": "queued", "worker": None, "lease_until": None}
            connection.execute(update(JOBS).where(JOBS.c.id == lease.job).values(**values))
            add_events(connection, lease.job, now, [("requeued", {})])
            note(connection, now, "given back", lease.job, lease.worker, lease.attempt)
        return True


def _held(lease: Lease) -> ColumnElement[bool]:
    return and_(
        JOBS.c.id == lease.job,
        JOBS.c.status == "running",
        JOBS.c.worker == lease.worker,
        JOBS.c.attempt == lease.attempt,
    )


def _touch(connection: Connection, lease: Lease) -> bool:
    """Lock the row of a job if it is still the worker's."""
    held = update(JOBS).where(_held(lease)).values(worker=lease.worker)
    return connection.execute(held).rowcount == 1


def _keep_best(connection: Connection, job: str, best: str | None) -> None:
    if best is None:
        return
    connection.execute(delete(BESTS).where(BESTS.c.job == job))
    connection.execute(insert(BESTS).values(job=job, matching=best))
