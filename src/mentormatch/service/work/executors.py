"""Jobs in any executor of ``concurrent.futures``, such as a Dask cluster's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from threading import Event
from typing import Any

from mentormatch.service.store import Lease
from mentormatch.service.work.performing import perform_job
from mentormatch.service.work.running import News, RunningJob


class ExecutorRunner:
    """Hands each job to an executor; progress is told by its end alone.

    A job that the executor loses, as when the process that had it dies, has failed and says so.

    Parameters
    ----------
    executor
        Where jobs run.
    close
        Called when nothing more runs there; by default the executor is shut down.
    """

    def __init__(self, executor: Executor, close: Callable[[], object] | None = None) -> None:
        self._executor = executor
        self._close = close or (lambda: executor.shutdown(wait=False, cancel_futures=True))
        self._news = Event()

    def start(self, lease: Lease) -> RunningJob:
        """Begin a job."""
        future = self._executor.submit(remote_job, lease.kind, lease.request, lease.best)
        future.add_done_callback(lambda _: self._news.set())
        return RemoteJob(future)

    def wait(self, running: Sequence[RunningJob], seconds: float) -> None:  # noqa: ARG002  # The protocol passes them.
        """Wait until a job has ended, or somebody wakes the worker."""
        self._news.wait(seconds)
        self._news.clear()

    def wake(self) -> None:
        """End a wait from another thread."""
        self._news.set()

    def close(self) -> None:
        """Let go of the executor."""
        self._close()


class RemoteJob:
    """A job that an executor has."""

    def __init__(self, future: Future[str]) -> None:
        self._future = future

    def news(self) -> News:
        """Return its envelope, if it has ended."""
        if not self._future.done():
            return News()
        if self._future.cancelled():
            return News(ended="killed", detail="cancelled before it began")
        error = self._future.exception()
        if error is None:
            return News(ended="done", envelope=self._future.result())
        if isinstance(error, MemoryError):
            return News(ended="memory")
        # Its text may hold anything; the type says enough.
        return News(ended="lost", detail=type(error).__name__)

    def cancel(self) -> None:
        """Take it back if it has not begun; one that runs comes to its own end."""
        self._future.cancel()

    def kill(self) -> None:
        """Take it back if it has not begun; what it returns later is dropped."""
        self._future.cancel()


def remote_job(kind: str, request: str, best: str | None) -> str:
    """Do a job in the process of an executor, and return its envelope as JSON."""
    return perform_job(kind, request, best, sink=_Nobody(), cancel=Event(), threads=1)


class _Nobody:
    """There is no way back for progress through a future."""

    def progress(self, record: dict[str, Any]) -> None:
        """Tell nobody."""

    def best(self, matching: str) -> None:
        """Tell nobody."""
