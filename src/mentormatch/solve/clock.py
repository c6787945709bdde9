"""How long there is left, and a way to stop from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic


class Clock:
    """Time limit and cancel flag of one run, shared by its threads."""

    def __init__(self, time_limit: float | None, cancel: Event | None = None) -> None:
        self.started = monotonic()
        self._deadline = None if time_limit is None else self.started + time_limit
        self._cancel = cancel or Event()
        self._lock = Lock()
        self._stops: list[Callable[[], None]] = []
        self.timed_out = False

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.started

    @property
    def remaining(self) -> float | None:
        """Seconds left, not below zero; None without a limit."""
        return None if self._deadline is None else max(0.0, self._deadline - monotonic())

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancel.is_set()

    @property
    def over(self) -> bool:
        """Whether the run is to end now, for whichever reason."""
        if self.interrupted:
            return True
        if self._deadline is not None and monotonic() >= self._deadline:
            self.timed_out = True
            return True
        return False

    def stop(self) -> None:
        """Ask to stop, and stop the solver that runs at the moment, if one does.

        A solver that has not quite started loses the request, so callers repeat it until the
        run ends.
        """
        self._cancel.set()
        with self._lock:
            for stop in self._stops:
                stop()

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """Have `stop` called by :meth:`stop` while the context lasts."""
        with self._lock:
            self._stops.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)
