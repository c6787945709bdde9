"""Reports of one call, numbered through and never silent for long, and its flag to cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType

from mentormatch.progress import Progress, ProgressListener

TICK = 0.1
"""Seconds between two looks at whether a report is due."""

BEAT = 0.5
"""Seconds of silence after which the last report is given again."""


class Reporting:
    """Passes on the reports of one call while it is entered.

    A call of several searches gives each of them `listener` and `cancel`.

    Parameters
    ----------
    progress
        Who is told; nobody if None.
    cancel
        The flag of the caller; a new one by default. An interrupt sets it too, so that none of
        the searches that would follow is begun.
    steps
        How many searches there are at most, if that is known.
    now
        Returns how things stand, for a report that is given again; by default as they stood.
    tick
        Called ten times a second.
    failed
        Called when the listener has failed: the search is to end.
    """

    def __init__(
        self,
        progress: ProgressListener | None,
        cancel: Event | None = None,
        *,
        steps: int | None = None,
        now: Callable[[Progress], Progress] | None = None,
        tick: Callable[[], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        self.cancel = cancel or Event()
        self._stopped = False
        self.error: BaseException | None = None
        self._progress, self._now, self._tick = progress, now, tick
        self._failed = failed or self.cancel.set
        self._steps, self._step = steps, 0
        self._number = 0
        self._lock = Lock()
        self._over = Event()
        self._began = self._said = monotonic()
        self._last: Progress | None = None

    @property
    def cancelled(self) -> bool:
        """Whether nothing further is to be begun."""
        return self._stopped or self.cancel.is_set()

    def stop(self) -> None:
        """Begin nothing further; the flag of whoever called stays as it is."""
        self._stopped = True

    @property
    def listener(self) -> ProgressListener | None:
        """What a single search reports to; None where nobody listens."""
        return None if self._progress is None else self.report

    def next_step(self) -> ProgressListener | None:
        """Return what the next of several searches reports to."""
        self._step += 1
        return self.listener

    def report(self, event: Progress) -> None:
        """Pass on a report, under the next number; what the listener raises ends the search."""
        with self._lock:
            self._tell(event)
        if self.error is not None:
            raise self.error

    def __enter__(self) -> Reporting:
        with self._lock:
            # The search runs in a thread of its own and may have reported already.
            if self._progress is not None and self._last is None:
                self._last = Progress("starting", None, None, None, 0.0)
        if self._progress is not None or self._tick is not None:
            Thread(target=self._watch, name="mentormatch-reports", daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            # Nothing is told any more once the call has returned.
            self._over.set()
        if self.error is not None and error is None:
            raise self.error

    def _watch(self) -> None:
        while not self._over.wait(TICK):
            if self._tick is not None:
                self._tick()
            if self._progress is None or monotonic() - self._said < BEAT:
                continue
            with self._lock:
                if self._last is not None:
                    self._tell(self._last if self._now is None else self._now(self._last))

    def _with_value(self, event: Progress) -> Progress:
        """Return a report for beats: a phase without a value has that of the phase before."""
        known = self._last
        if event.value is not None or known is None or known.step != event.step:
            return event
        return replace(
            event, tier=known.tier, value=known.value, bound=known.bound, best=known.best
        )

    def _tell(self, event: Progress) -> None:
        if self._progress is None or self._over.is_set() or self.error is not None:
            return
        self._number += 1
        self._said = monotonic()
        numbered = replace(event, number=self._number, elapsed=self._said - self._began)
        if self._step:
            numbered = replace(numbered, step=self._step, steps=self._steps)
        if event.phase != "improved":
            self._last = self._with_value(numbered)
        elif self._last is not None:
            self._last = replace(
                self._last,
                tier=event.tier,
                value=event.value,
                bound=event.bound,
                best=event.best,
            )
        try:
            self._progress(numbered)
        except BaseException as error:  # noqa: BLE001  # It is raised again in the caller's thread.
            self.error = error
            self._failed()
