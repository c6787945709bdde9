"""The service behind its HTTP face: the store, a worker beside it, and what is counted."""

from __future__ import annotations

import hashlib
import hmac
import logging
from threading import Thread
from typing import Any

from mentormatch.service.identity import job_of
from mentormatch.service.metrics import Metrics
from mentormatch.service.settings import Settings
from mentormatch.service.store import Job, Store
from mentormatch.service.work import Worker, runner_of
from mentormatch.validation import read_json

LOG = logging.getLogger("mentormatch.service")

LEAVE_SECONDS = 10.0
"""Seconds within which the worker must have put its jobs back."""


class Service:
    """A store with the limits of its settings, and a worker in a thread if it does jobs itself.

    Parameters
    ----------
    settings
        Everything that can be chosen.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.streams = 0
        self.stopping = False
        self._tokens = tuple(digest_of(token) for token in settings.tokens)
        self.store = store_of(settings)
        self._worker: Worker | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to do jobs."""
        if self.settings.slots == 0:
            return
        self._worker = Worker(self.store, self.settings, runner_of(self.settings))
        self._thread = Thread(target=self._worker.run, name="mentormatch-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Put unfinished jobs back into the queue, and let go of the store."""
        self.stopping = True
        if self._worker is not None and self._thread is not None:
            self._worker.stop()
            self._thread.join(LEAVE_SECONDS)
        self.store.close()

    @property
    def ready(self) -> bool:
        """Whether jobs can be taken: the store answers, and the worker beside it lives."""
        self.store.counts()
        return not self.stopping and (self._thread is None or self._thread.is_alive())

    @property
    def open_to_all(self) -> bool:
        """Whether nobody needs a token."""
        return not self._tokens

    def client_of(self, token: str | None) -> str | None:
        """Return the digest of who has a token; None if it is no token of this service."""
        if self.open_to_all:
            return "anybody"
        if token is None:
            return None
        offered = digest_of(token)
        # All are compared, so that the time tells nothing of which one was close.
        matches = [hmac.compare_digest(offered, known) for known in self._tokens]
        return offered[:16] if any(matches) else None

    def submit(self, body: bytes, client: str, *, again: bool = False) -> tuple[Job, bool]:
        """Queue the job that a body asks for, or find the one of the same content.

        Parameters
        ----------
        body
            The request as JSON.
        client
            Digest of who asks.
        again
            Whether to search again for a result that rests on a limit.

        Returns
        -------
        tuple
            The job, and whether it was queued by this.

        Raises
        ------
        InputError
            With every fault of the request.
        QueueFullError
            If too many jobs wait already.
        """
        return self.submit_data(read_json(body), client, again=again)

    def submit_data(self, data: Any, client: str, *, again: bool = False) -> tuple[Job, bool]:
        """Queue the job that a request asks for, as :meth:`submit` does, after it was parsed."""
        job, queued = self.store.add(job_of(data, client, self.settings), again=again)
        if queued and self._worker is not None:
            self._worker.wake()
        return job, queued

    def cancel(self, job: str, client: str) -> Job | None:
        """Ask a job to end; None if there is none of that id."""
        found = self.store.cancel(job, client)
        if self._worker is not None:
            self._worker.wake()
        return found


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token, which is all that is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def store_of(settings: Settings) -> Store:
    """Return the store that settings name."""
    return Store(
        settings.store,
        fresh_seconds=settings.fresh_seconds,
        max_waiting=settings.max_waiting,
        max_per_client=settings.max_per_client,
    )
