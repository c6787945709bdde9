"""Do jobs of a service, on this machine or on another one."""

from __future__ import annotations

from typing import Annotated

import typer

from mentormatch.cli.serving import (
    DEFAULT_STORE,
    ExecutorOption,
    Lease,
    Memory,
    Scheduler,
    StoreAddress,
    settings_of,
)
from mentormatch.exit_codes import ExitCode


def run(
    store: StoreAddress = DEFAULT_STORE,
    once: Annotated[bool, typer.Option("--once", help="End when no job is left.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Jobs at a time.")] = 1,
    executor: ExecutorOption = "process",
    scheduler: Scheduler = None,
    memory: Memory = 4096,
    lease: Lease = 15.0,
) -> ExitCode:
    """Do jobs of a service; several workers, on several machines, share them.

    A worker that is told to stop puts its jobs back; one that goes silent loses them to others.
    """
    settings = settings_of(
        store=store,
        slots=jobs,
        executor=executor,
        scheduler=scheduler,
        memory_mb=memory,
        lease_seconds=lease,
    )
    from mentormatch.service.logs import log_to_stderr
    from mentormatch.service.running import work

    log_to_stderr()
    work(settings, once=once)
    return ExitCode.DONE
