"""The time limit of a run, and a flag to cancel it from another thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from mentormatch.solve.stop_when import Criterion

POLL = 0.02
"""Seconds between two checks of the cancel flag while a solver runs.

A solver that is only about to start loses a request to stop, so the request is repeated.
"""


class Clock:
    """Time limit and cancel flag of one run, shared by its threads.

    Parameters
    ----------
    time_limit
        Seconds from now, or None for no limit.
    cancel
        The flag; a new one by default.

    Attributes
    ----------
    started
        When the run began, by the monotonic clock.
    total
        The limit that the whole run was given, also in clocks for parts of it.
    timed_out
        Whether `expired` ever found that the time had run out, here or in a part.
    """

    def __init__(self, time_limit: float | None, cancel: Event | None = None) -> None:
        self.started = monotonic()
        self.total = time_limit
        self._deadline = None if time_limit is None else self.started + time_limit
        self._cancel = cancel or Event()
        self._met: list[Criterion] = []
        self.timed_out = False
        self._whole: Clock | None = None

    def part(self, share: float) -> Clock:
        """Return a clock for a share of the time left, with the same flag."""
        left = self.remaining
        return self._within(None if left is None else left * share)

    def before(self, seconds: float) -> Clock:
        """Return a clock that expires so many seconds earlier, with the same flag."""
        left = self.remaining
        return self._within(None if left is None else left - seconds)

    def _within(self, seconds: float | None) -> Clock:
        part = Clock(seconds, self._cancel)
        part.started = self.started
        part.total = self.total
        part._met = self._met
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
        """Whether the run is to end before its time: cancelled, or good enough."""
        return self._cancel.is_set() or bool(self._met)

    @property
    def criterion(self) -> Criterion | None:
        """The stopping criterion that ended the run, if one did and nobody cancelled it."""
        return None if self._cancel.is_set() or not self._met else self._met[0]

    def expired(self) -> bool:
        """Return whether the run is to end now; note it where the time ran out."""
        if self.interrupted:
            return True
        if self._deadline is not None and monotonic() >= self._deadline:
            self.note_timeout()
            return True
        return False

    def note_timeout(self) -> None:
        """Note that the time ran out, here and in every clock of which this one is a part."""
        self.timed_out = True
        if self._whole is not None:
            self._whole.note_timeout()

    def stop(self) -> None:
        """Set the cancel flag."""
        self._cancel.set()

    def enough(self, criterion: Criterion) -> None:
        """End the run, here and in all its parts, by a stopping criterion."""
        self._met.append(criterion)

    @contextmanager
    def stopping(self, stop: Callable[[], None], unwanted: Event | None = None) -> Iterator[None]:
        """Call `stop` from another thread once the cancel flag is set.

        Parameters
        ----------
        stop
            Stops a solver; it is called again until the block is left.
        unwanted
            A second flag: the answer of this solver is no longer needed, though the run goes on.
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
