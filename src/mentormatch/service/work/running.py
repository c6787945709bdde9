"""What a worker knows of a job that runs, wherever it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from mentormatch.service.store import Lease, Record

How = Literal["done", "killed", "memory", "time", "lost"]
"""How a job's process ended: with an envelope, by a signal, for want of memory, by the clock, or
with the executor that had it."""


@dataclass
class News:
    """What a running job has told since it was asked last.

    Attributes
    ----------
    records
        Progress records, in order.
    best
        The best verified matching so far as JSON, if it has changed.
    ended
        How it ended; None while it runs.
    envelope
        The envelope as JSON, where it is done.
    detail
        What ended it otherwise, in a few words without names.
    """

    records: list[Record] = field(default_factory=list)
    best: str | None = None
    ended: How | None = None
    envelope: str | None = None
    detail: str = ""


class RunningJob(Protocol):
    """A job that runs somewhere."""

    def news(self) -> News:
        """Return what it has told since the last call; never waits."""
        ...

    def cancel(self) -> None:
        """Ask it to end and to hand out the best so far."""
        ...

    def kill(self) -> None:
        """End it at once; nothing of it is wanted."""
        ...


class Runner(Protocol):
    """Where jobs run."""

    def start(self, lease: Lease) -> RunningJob:
        """Begin a job."""
        ...

    def wait(self, running: Sequence[RunningJob], seconds: float) -> None:
        """Wait until a job has news, but no longer than that."""
        ...

    def wake(self) -> None:
        """End a wait from another thread."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...
