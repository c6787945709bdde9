"""Options of the service and of its workers, and what they say together."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from mentormatch.errors import MissingExtraError

NEEDED = ("starlette", "uvicorn", "sqlalchemy")
"""What the extra ``serve`` brings."""

TOKENS_VARIABLE = "MENTORMATCH_TOKENS"
STORE_VARIABLE = "MENTORMATCH_STORE"

DEFAULT_STORE = "sqlite:///mentormatch-jobs.db"

StoreAddress = Annotated[
    str,
    typer.Option(
        "--store",
        envvar=STORE_VARIABLE,
        metavar="ADDRESS",
        help="Where jobs are stored: sqlite:///FILE or postgresql://USER@HOST/NAME.",
    ),
]
ExecutorOption = Annotated[
    str,
    typer.Option("--executor", help="Where jobs run: process (one each, on this machine) or dask."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Of the Dask scheduler, such as tcp://10.0.0.5:8786."),
]
Memory = Annotated[
    int, typer.Option("--memory", min=256, metavar="MIB", help="Most memory of a job's process.")
]
Lease = Annotated[
    float,
    typer.Option(
        "--lease",
        min=1.0,
        metavar="SECONDS",
        help="After how long without a sign of life a worker has lost its jobs.",
    ),
]


def check_extra() -> None:
    """Check that what the service needs is installed.

    Raises
    ------
    MissingExtraError
        If it is not.
    """
    if any(find_spec(package) is None for package in NEEDED):
        raise MissingExtraError('The service needs more packages: pip install "mentormatch[serve]"')


def tokens_from(file: Path | None) -> tuple[str, ...]:
    """Return the tokens, one a line of a file, else from the environment; never from arguments."""
    text = os.environ.get(TOKENS_VARIABLE, "") if file is None else file.read_text("utf-8")
    return tuple(text.split())


def settings_of(**stated: Any) -> Any:
    """Return the settings that options state."""
    check_extra()
    from mentormatch.service.settings import Settings

    return Settings(**stated)
