"""Offer the tools to an agent."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from mentormatch import __version__
from mentormatch.cli.guard import UsageError
from mentormatch.cli.serving import Memory, settings_of
from mentormatch.cli.terminal import say
from mentormatch.errors import MissingExtraError
from mentormatch.exit_codes import ExitCode


def run(
    transport: Annotated[
        str, typer.Option(help="stdio, for an agent that starts this; or http, on this machine.")
    ] = "stdio",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where http listens.")] = 8766,
    store: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where jobs are kept; by default until this ends.",
            show_default=False,
        ),
    ] = None,
    memory: Memory = 4096,
    coordinator: Annotated[
        bool,
        typer.Option(
            "--coordinator",
            help="The agent may see everybody's reasons, as the coordinator may.",
        ),
    ] = False,
) -> ExitCode:
    """Offer precheck, matching, explanations and replanning to an agent, as tools of MCP."""
    if find_spec("mcp") is None:
        raise MissingExtraError('the tools need packages: pip install "mentormatch[mcp]"')
    if transport not in ("stdio", "http"):
        raise UsageError(f"--transport is stdio or http, not {transport!r}.")
    from mentormatch.agent import Tools, agent_server
    from mentormatch.service.core import Service

    with TemporaryDirectory(prefix="mentormatch-") as folder:
        place = store or Path(folder) / "jobs.db"
        settings = settings_of(store=f"sqlite:///{place.resolve()}", memory_mb=memory, port=port)
        service = Service(settings)
        service.start()
        try:
            server = agent_server(Tools(service, coordinator=coordinator), __version__)
            if transport == "http":
                say(f"The tools are at http://127.0.0.1:{port}/mcp")
                server.run("streamable-http", host="127.0.0.1", port=port)
            else:
                server.run("stdio")
        finally:
            service.stop()
    return ExitCode.DONE
