"""The process of one job: it does the job, tells its progress, and ends with its parent.

It is forked from a process that has the solver loaded, so that a small job does not pay for that.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from mentormatch.service.work.performing import Sink, perform_job

CANCEL = "cancel"
QUIET_SECONDS = 0.5
"""Least time between two records that say the same phase, tier, value and bound."""

NICENESS = 10


@dataclass(frozen=True)
class Order:
    """What a job's process is told: the job, and what it may use."""

    kind: str
    request: str
    best: str | None
    memory_mb: int
    threads: int


def run(order: Order, channel: Connection) -> None:
    """Do a job; the envelope goes into the channel, as do progress records before it."""
    os.environ.pop("MENTORMATCH_TOKENS", None)
    limit_memory(order.memory_mb)
    if hasattr(os, "nice"):
        # Answers come first, jobs have what is left.
        os.nice(NICENESS)
    cancel = Event()
    teller = _Teller(channel)
    Thread(target=_obey, args=(channel, cancel), daemon=True).start()
    try:
        envelope = perform_job(
            order.kind, order.request, order.best, sink=teller, cancel=cancel, threads=order.threads
        )
    except MemoryError:
        teller.send(("memory", ""))
    else:
        teller.send(("done", envelope))
    # The search's own thread may still be in a solver's call; nothing waits for it.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def limit_memory(megabytes: int) -> None:
    """Limit the memory that this process may take from now on, where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = _taken_bytes() + megabytes * 2**20
    if most != resource.RLIM_INFINITY:
        ceiling = min(ceiling, most)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _taken_bytes() -> int:
    """Return the address space that this process has already; 0 where nobody tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class _Teller(Sink):
    """Sends records, and of those that say nothing new only some."""

    def __init__(self, channel: Connection) -> None:
        self._channel, self._lock = channel, Lock()
        self._said: tuple[Any, ...] = ()
        self._when = 0.0

    def progress(self, record: dict[str, Any]) -> None:
        """Send a progress record."""
        says = tuple(record.get(name) for name in ("phase", "tier", "value", "bound"))
        now = monotonic()
        if says == self._said and now - self._when < QUIET_SECONDS:
            return
        self._said, self._when = says, now
        self.send(("progress", record))

    def best(self, matching: str) -> None:
        """Send the best matching so far."""
        self.send(("best", matching))

    def send(self, message: tuple[str, Any]) -> None:
        with self._lock:
            try:
                self._channel.send(message)
            except OSError:
                # The worker is gone, and so is whoever wanted the result.
                os._exit(1)


def _obey(channel: Connection, cancel: Event) -> None:
    """End the search when told so, and the process when the worker is gone."""
    while True:
        try:
            channel.recv()
        except (EOFError, OSError):
            os._exit(1)
        cancel.set()
