"""Serving a desk to this machine alone."""

from __future__ import annotations

import socket
from pathlib import Path

from starlette.applications import Starlette

from mentormatch.desk.http import Desk
from mentormatch.desk.journal import FOLDER
from mentormatch.service import Settings, create_app
from mentormatch.service.running import serve

STORE = "jobs.db"


def desk_app(desk: Desk, folder: Path, port: int, token: str) -> tuple[Starlette, Settings]:
    """Return the service with the routes of a desk, and its settings.

    Parameters
    ----------
    desk
        The desk.
    folder
        The round's folder.
    port
        Where it listens, on this machine alone.
    token
        Without it nothing is told and nothing done.
    """
    store = (folder / FOLDER / STORE).resolve()
    settings = Settings(store=f"sqlite:///{store}", port=port, tokens=(token,))
    return create_app(settings, extra_routes=desk.routes(), public_paths=["/desk/enter"]), settings


def serve_desk(desk: Desk, folder: Path, port: int, token: str) -> None:
    """Answer the browser until an interrupt."""
    app, settings = desk_app(desk, folder, port, token)
    serve(app, settings)


def free_port() -> int:
    """Return a port that nothing on this machine listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
