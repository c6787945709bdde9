"""Where the jobs of a worker run, by its settings."""

from __future__ import annotations

from typing import Any

from mentormatch.errors import MissingExtraError
from mentormatch.service.settings import Settings
from mentormatch.service.work.executors import ExecutorRunner
from mentormatch.service.work.processes import ProcessRunner
from mentormatch.service.work.running import Runner


def runner_of(settings: Settings) -> Runner:
    """Return the runner that settings name.

    Raises
    ------
    MissingExtraError
        If a package is not installed that it needs.
    """
    if settings.executor == "process":
        return ProcessRunner(settings)
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtraError("Jobs on Dask need: pip install distributed") from None
    client: Any = Client(settings.scheduler, timeout=30)  # type: ignore[no-untyped-call]
    # Two runs of one job are the same to Dask unless told that they may differ.
    return ExecutorRunner(client.get_executor(pure=False), client.close)
