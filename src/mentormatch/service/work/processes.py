"""Each job in a process of its own, with a ceiling on its memory and its time."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any

from mentormatch.service.settings import Settings, processors
from mentormatch.service.store import Lease
from mentormatch.service.work.child import CANCEL, Order, run
from mentormatch.service.work.running import News, RunningJob

GRACE_SECONDS = 30.0
"""Seconds over its time limit after which a job's process is asked to end; twice that: killed."""

GRACE_SHARE = 0.2


class ProcessRunner:
    """Starts a process for each job.

    Parameters
    ----------
    settings
        Of which the ceilings are used.
    """

    def __init__(self, settings: Settings) -> None:
        self._memory = settings.memory_mb
        self._threads = max(1, processors() // max(1, settings.slots))
        # A process that has threads must not be forked; a fork server has none.
        method = "spawn" if sys.platform == "win32" else "forkserver"
        self._context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(["mentormatch.service.work.preloaded"])
        self._woken, self._waker = self._context.Pipe(duplex=False)

    def start(self, lease: Lease) -> RunningJob:
        """Begin a job."""
        ours, theirs = self._context.Pipe()
        order = Order(lease.kind, lease.request, lease.best, self._memory, self._threads)
        process = self._context.Process(target=run, args=(order, theirs), daemon=True)
        process.start()
        theirs.close()
        return JobProcess(process, ours, lease.seconds)

    def wait(self, running: Sequence[RunningJob], seconds: float) -> None:
        """Wait until a job has news, or somebody wakes the worker."""
        channels = [one.channel for one in running if isinstance(one, JobProcess)]
        ready = wait([*channels, self._woken], timeout=seconds)
        while self._woken in ready and self._woken.poll():
            self._woken.recv_bytes()

    def wake(self) -> None:
        """End a wait from another thread."""
        self._waker.send_bytes(b"")

    def close(self) -> None:
        """Close what wakes the worker."""
        self._waker.close()
        self._woken.close()


class JobProcess:
    """A job in a process of its own."""

    def __init__(
        self,
        process: multiprocessing.process.BaseProcess,
        channel: Connection,
        seconds: float,
    ) -> None:
        self.channel = channel
        self._process = process
        grace = GRACE_SECONDS + GRACE_SHARE * seconds
        self._cancel_at = monotonic() + seconds + grace
        self._kill_at = self._cancel_at + grace
        self._cancelled = False
        self._over_time = False

    def news(self) -> News:
        """Return what it has told since the last call."""
        found = News()
        try:
            while found.ended is None and self.channel.poll():
                kind, content = self.channel.recv()
                if kind == "progress":
                    found.records.append(content)
                elif kind == "best":
                    found.best = content
                else:
                    found.ended = kind
                    found.envelope = content or None
        except (EOFError, OSError):
            self._died(found)
        if found.ended is None:
            self._watch_clock()
        else:
            self._reap()
        return found

    def cancel(self) -> None:
        """Ask it to end; it then hands out the best so far."""
        if self._cancelled:
            return
        self._cancelled = True
        try:
            self.channel.send(CANCEL)
        except OSError:
            return

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._reap()

    def _watch_clock(self) -> None:
        now = monotonic()
        if now > self._kill_at:
            self._over_time = True
            self._process.kill()
        elif now > self._cancel_at:
            self.cancel()

    def _died(self, found: News) -> None:
        self._process.join(5)
        code = self._process.exitcode
        if self._over_time:
            found.ended, found.detail = "time", "its time limit"
        elif code is not None and code < 0:
            number = signal.Signals(-code)
            # A solver that gets no memory aborts the process.
            found.ended = "memory" if number is signal.SIGABRT else "killed"
            found.detail = number.name
        else:
            found.ended, found.detail = "killed", f"exit code {code}"

    def _reap(self) -> None:
        self._process.join(5)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join(5)
        self.channel.close()
        self._process.close()
