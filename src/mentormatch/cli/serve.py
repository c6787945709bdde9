"""Answer other programs over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.serving import (
    DEFAULT_STORE,
    TOKENS_VARIABLE,
    ExecutorOption,
    Lease,
    Memory,
    Scheduler,
    StoreAddress,
    settings_of,
    tokens_from,
)
from mentormatch.exit_codes import ExitCode


def run(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen.")] = 8765,
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than this machine's need a token.")
    ] = "127.0.0.1",
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=f"Tokens, one a line; by default those in {TOKENS_VARIABLE}."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name under which the service is reached."),
    ] = None,
    store: StoreAddress = DEFAULT_STORE,
    jobs: Annotated[
        int, typer.Option(min=0, help="Jobs at a time; 0 leaves them to `mentormatch work`.")
    ] = 1,
    executor: ExecutorOption = "process",
    scheduler: Scheduler = None,
    memory: Memory = 4096,
    lease: Lease = 15.0,
    max_seconds: Annotated[
        float, typer.Option(min=1.0, metavar="SECONDS", help="Longest time limit of a job.")
    ] = 3600.0,
    max_people: Annotated[int, typer.Option(min=1, help="Most people of a problem.")] = 20_000,
    keep_days: Annotated[
        float, typer.Option(min=0.01, help="Days after its end at which a job is deleted.")
    ] = 30.0,
) -> ExitCode:
    """Answer other programs over HTTP: jobs, their events and results, and a page for each.

    /openapi.json describes everything. Without a token it listens to this machine alone.
    """
    settings = settings_of(
        host=host,
        port=port,
        tokens=tokens_from(token_file),
        hosts=tuple(allow_host or ()),
        store=store,
        slots=jobs,
        executor=executor,
        scheduler=scheduler,
        memory_mb=memory,
        lease_seconds=lease,
        max_seconds=max_seconds,
        max_people=max_people,
        keep_seconds=keep_days * 86_400,
    )
    from mentormatch.service import create_app
    from mentormatch.service.logs import log_to_stderr
    from mentormatch.service.running import serve

    log_to_stderr()
    serve(create_app(settings), settings)
    return ExitCode.DONE
