"""How long there is left, and a way to stop from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

POLL = 0.02
"""Seconds between two looks at whether a solver is to stop.

A solver that has not quite started loses the request to stop, so it is repeated.
"""


class Clock:
    """Time limit and cancel flag of one run, shared by its threads.

    `total` is the limit that the run was given, also in the clocks for parts of it.
    """

    def __init__(self, time_limit: float | None, cancel: Event | None = None) -> None:
        self.started = monotonic()
        self.total = time_limit
        self._deadline = None if time_limit is None else self.started + time_limit
        self._cancel = cancel or Event()
        self.timed_out = False
        self._whole: Clock | None = None

    def part(self, share: float) -> Clock:
        """Return a clock for a share of the time left, stopped by the same flag."""
        left = self.remaining
        return self._within(None if left is None else left * share)

    def before(self, seconds: float) -> Clock:
        """Return a clock that is over so many seconds earlier, stopped by the same flag."""
        left = self.remaining
        return self._within(None if left is None else left - seconds)

    def _within(self, seconds: float | None) -> Clock:
        part = Clock(seconds, self._cancel)
        part.started = self.started
        part.total = self.total
        part._whole = self
        return part

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
            self.note()
            return True
        return False

    def note(self) -> None:
        """Note that the time ran out, for the whole of which this is a part as well."""
        self.timed_out = True
        if self._whole is not None:
            self._whole.note()

    def stop(self) -> None:
        """Ask to stop; whoever watches the flag does."""
        self._cancel.set()

    @contextmanager
    def stopping(self, stop: Callable[[], None], unwanted: Event | None = None) -> Iterator[None]:
        """Have `stop` called when the run, or this part of it, is to end.

        Parameters
        ----------
        stop
            Stops a solver; it may be called often and from another thread.
        unwanted
            Set when the answer is no longer needed, though the run goes on.
        """
        done = Event()

        def watch() -> None:
            while not done.wait(POLL):
                if self.interrupted or (unwanted is not None and unwanted.is_set()):
                    stop()

        watcher = Thread(target=watch, name="mentormatch-watch", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
