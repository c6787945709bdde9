"""What a service allows, where it stores and who may ask it."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mentormatch.errors import Fault, InputError

SHORTEST_TOKEN = 16
"""Characters; shorter ones can be guessed."""

DEFAULT_STORE = "sqlite:///mentormatch-jobs.db"

ExecutorName = Literal["process", "dask"]


def processors() -> int:
    """Return the number of processors that this process may use."""
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of a service and of its workers.

    Attributes
    ----------
    store
        Address of the database, as SQLAlchemy writes it: a file of SQLite, or PostgreSQL.
    host, port
        Where the service listens.
    tokens
        Bearer tokens of those who may ask; none needed on this machine alone if empty.
    hosts
        Names under which the service is reached, besides ``localhost`` and numeric addresses.
    slots
        Jobs that this process runs at a time; 0 leaves all of them to ``mentormatch work``.
    executor, scheduler
        Where jobs run: each in a process of its own, or on a Dask cluster at an address.
    max_body
        Largest body of a request, in bytes.
    max_people
        Most students and mentors of a problem together.
    max_seconds
        Longest time limit of a job.
    default_seconds
        Time limit of a job that states none.
    memory_mb
        Most memory of a job, in MiB, besides what its process has when it begins.
    max_waiting
        Most jobs that wait for a worker.
    max_per_client
        Most unfinished jobs of one client.
    max_streams
        Most streams of events at a time.
    max_wait
        Most seconds for which an answer is held back by ``Prefer: wait``.
    body_seconds
        Seconds within which the body of a request must have come.
    heartbeat_seconds
        Seconds between signs of life in a stream of events.
    lease_seconds
        Seconds after which a worker that gives no sign of life has lost its jobs.
    fresh_seconds
        Seconds for which a result that a limit ended early is given again when asked for.
    keep_seconds
        Seconds after its end at which a job is deleted with all that belongs to it.
    """

    store: str = DEFAULT_STORE
    host: str = "127.0.0.1"
    port: int = 8765
    tokens: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    slots: int = 1
    executor: ExecutorName = "process"
    scheduler: str | None = None
    max_body: int = 64 * 2**20
    max_people: int = 20_000
    max_seconds: float = 3600.0
    default_seconds: float = 60.0
    memory_mb: int = 4096
    max_waiting: int = 1000
    max_per_client: int = 500
    max_streams: int = 200
    max_wait: float = 30.0
    body_seconds: float = 30.0
    heartbeat_seconds: float = 15.0
    lease_seconds: float = 15.0
    fresh_seconds: float = 3600.0
    keep_seconds: float = 30 * 86_400.0

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise InputError(faults)

    def _faults(self) -> Iterator[Fault]:
        if not self.tokens and not is_loopback(self.host):
            yield Fault(
                "no_token",
                "host",
                f"Listening on {self.host} opens the service to other machines and needs at least "
                "one token; without one it listens on 127.0.0.1 only.",
            )
        for number, token in enumerate(self.tokens):
            if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
                yield Fault(
                    "weak_token",
                    f"tokens[{number}]",
                    f"A token needs at least {SHORTEST_TOKEN} printable ASCII characters.",
                )
        if self.executor == "dask" and not self.scheduler:
            yield Fault("no_scheduler", "scheduler", "Dask needs the address of its scheduler.")
        for name in _POSITIVE:
            if not getattr(self, name) > 0:
                yield Fault("not_positive", name, f"{name} must be more than 0.")
        if self.slots < 0:
            yield Fault("not_positive", "slots", "slots must be 0 or more.")


_POSITIVE = (
    "max_body",
    "max_people",
    "max_seconds",
    "default_seconds",
    "memory_mb",
    "max_waiting",
    "max_per_client",
    "max_streams",
    "body_seconds",
    "heartbeat_seconds",
    "lease_seconds",
    "keep_seconds",
)


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
