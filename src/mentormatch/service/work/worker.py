"""The loop of a worker: it takes jobs, watches them, and stores what they tell."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from mentormatch.service.settings import Settings
from mentormatch.service.store import Lease, Outcome, Store
from mentormatch.service.work.outcomes import of_envelope, of_trouble, without_search
from mentormatch.service.work.running import News, Runner, RunningJob

LOG = logging.getLogger("mentormatch.service")

MOST_LOST = 3
"""Workers that may go silent over one job; then the job itself is to blame."""

STORE_SECONDS = 0.2
"""Seconds between two writes of progress."""

IDLE_SECONDS = 0.5
"""Seconds between two looks at an empty queue."""

PURGE_SECONDS = 600.0


class Worker:
    """Does jobs of a store, some at a time.

    Parameters
    ----------
    store
        Whose jobs it does.
    settings
        How many at a time, and for how long without a sign of life.
    runner
        Where the jobs run.
    """

    def __init__(self, store: Store, settings: Settings, runner: Runner) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._store, self._settings, self._runner = store, settings, runner
        self._running: dict[str, tuple[Lease, RunningJob]] = {}
        self._told: dict[str, News] = {}
        self._stopping = Event()
        self._ended = Event()
        self._stored = self._looked = self._purged = 0.0
        self._lock = Lock()
        self._cancelled: set[str] = set()
        self._lost: set[tuple[str, int]] = set()

    def stop(self) -> None:
        """Tell the worker to put its jobs back and to end; from any thread."""
        self._stopping.set()
        self._runner.wake()

    def wake(self) -> None:
        """Tell the worker that there is something to do; from any thread."""
        self._looked = 0.0
        self._runner.wake()

    def run(self, *, once: bool = False) -> int:
        """Do jobs until it is told to stop.

        Parameters
        ----------
        once
            Whether to end when nothing is left to do.

        Returns
        -------
        int
            How many jobs were finished.
        """
        finished = 0
        Thread(target=self._beat, name="mentormatch-heartbeat", daemon=True).start()
        try:
            while not self._stopping.is_set():
                try:
                    empty = self._take()
                    if once and empty and not self._running:
                        break
                    busy = STORE_SECONDS if self._running else IDLE_SECONDS
                    self._runner.wait([job for _, job in self._running.values()], busy)
                    finished += self._collect()
                    self._keep_up()
                except SQLAlchemyError:
                    # The database is away for a while; leases run out if it stays away.
                    LOG.warning("store unreachable", extra={"worker": self.name})
                    self._stopping.wait(IDLE_SECONDS)
        finally:
            self._ended.set()
            self._put_back()
            self._runner.close()
        return finished

    def _take(self) -> bool:
        """Take jobs up to the limit; return whether none is left in the queue."""
        now = monotonic()
        if now - self._looked < IDLE_SECONDS:
            return False
        while len(self._running) < self._settings.slots:
            self._looked = now
            lease = self._store.queue.take(self.name, self._settings.lease_seconds)
            if lease is None:
                return True
            self._begin(lease)
        return False

    def _begin(self, lease: Lease) -> None:
        fields = {"job": lease.job, "attempt": lease.attempt, "worker": self.name}
        LOG.info("job started", extra=fields)
        if lease.cancelled:
            self._finish(lease, without_search(lease))
        elif lease.lost >= MOST_LOST:
            self._finish(lease, of_trouble(lease, "lost", f"{lease.lost} workers went silent"))
        else:
            self._told[lease.job] = News()
            # The lease is renewed while the job's process starts.
            self._running[lease.job] = lease, _Starting()
            try:
                running = self._runner.start(lease)
            except Exception as error:  # noqa: BLE001  # Executors raise errors of their own.
                del self._running[lease.job], self._told[lease.job]
                self._finish(lease, of_trouble(lease, "lost", type(error).__name__))
            else:
                self._running[lease.job] = lease, running

    def _collect(self) -> int:
        """Take in what jobs have told, and finish those that have ended."""
        finished = 0
        for job, (lease, running) in list(self._running.items()):
            news = running.news()
            told = self._told[job]
            told.records += news.records
            told.best = told.best if news.best is None else news.best
            if news.ended is None:
                continue
            best = lease.best if told.best is None else told.best
            self._store_told(lease, told)
            del self._running[job], self._told[job]
            self._looked = 0.0
            outcome = (
                of_envelope(news.envelope)
                if news.ended == "done" and news.envelope is not None
                else of_trouble(replace(lease, best=best), news.ended, news.detail)
            )
            finished += self._finish(lease, outcome)
        return finished

    def _keep_up(self) -> None:
        """Store what was told, renew leases, and purge what is old."""
        now = monotonic()
        if now - self._stored >= STORE_SECONDS:
            self._stored = now
            for job, (lease, running) in list(self._running.items()):
                told = self._told[job]
                if told.best is not None:
                    # If the process dies later, this is what is left.
                    self._running[job] = replace(lease, best=told.best), running
                if not self._store_told(lease, told):
                    self._drop(job)
        with self._lock:
            lost, cancelled = self._lost.copy(), self._cancelled.copy()
        for job, (lease, _) in list(self._running.items()):
            if (job, lease.attempt) in lost:
                self._drop(job)
        for job in cancelled & self._running.keys():
            self._running[job][1].cancel()
        if now - self._purged >= PURGE_SECONDS:
            self._purged = now
            if purged := self._store.purge(self._settings.keep_seconds):
                LOG.info("jobs purged", extra={"count": purged})

    def _beat(self) -> None:
        """Renew the leases, in a thread of its own: starting a process may take a while."""
        pause = min(1.0, self._settings.lease_seconds / 5)
        while not self._ended.wait(pause):
            leases = [lease for lease, _ in list(self._running.values())]
            if not leases:
                continue
            try:
                kept, cancelled = self._store.queue.renew(leases, self._settings.lease_seconds)
            except SQLAlchemyError:
                LOG.warning("store unreachable", extra={"worker": self.name})
                continue
            with self._lock:
                # One that has ended meanwhile is no longer among those that run.
                self._lost = {
                    (lease.job, lease.attempt) for lease in leases if lease.job not in kept
                }
                self._cancelled = cancelled

    def _store_told(self, lease: Lease, told: News) -> bool:
        if not told.records and told.best is None:
            return True
        kept = self._store.queue.record(lease, told.records, told.best)
        told.records, told.best = [], None
        return kept

    def _drop(self, job: str) -> None:
        """Forget a job that somebody else has by now."""
        _, running = self._running.pop(job)
        del self._told[job]
        running.kill()
        LOG.warning("lease lost", extra={"job": job, "worker": self.name})

    def _finish(self, lease: Lease, outcome: Outcome) -> bool:
        stored = self._store.queue.finish(lease, outcome)
        fields = {"job": lease.job, "status": outcome.status, "stored": stored}
        LOG.info("job finished", extra=fields)
        return stored

    def _put_back(self) -> None:
        for job, (lease, running) in list(self._running.items()):
            running.kill()
            _quietly(partial(self._save, lease, job))
        self._running.clear()

    def _save(self, lease: Lease, job: str) -> None:
        self._store_told(lease, self._told[job])
        self._store.queue.give_back(lease)


class _Starting:
    """A job whose process is being started."""

    def news(self) -> News:
        """Tell nothing."""
        return News()

    def cancel(self) -> None:
        """Leave it; the next sign of life asks again."""

    def kill(self) -> None:
        """There is nothing to end yet."""


def _quietly(action: Callable[[], None]) -> None:
    """Do something that a database out of reach does not stop; the lease runs out then."""
    try:
        action()
    except SQLAlchemyError:
        LOG.warning("store unreachable")
