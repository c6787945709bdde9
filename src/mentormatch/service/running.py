"""Running a service or a worker until somebody ends it."""

from __future__ import annotations

import logging
import signal
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from mentormatch.service.core import store_of
from mentormatch.service.settings import Settings
from mentormatch.service.work import Worker, runner_of

LOG = logging.getLogger("mentormatch.service")

SHUTDOWN_SECONDS = 5
"""Seconds that answers under way have when the service ends."""

MOST_CONNECTIONS = 1_000


def serve(app: Starlette, settings: Settings) -> None:
    """Answer requests until an interrupt or a SIGTERM; jobs that run go back into the queue."""
    LOG.info("listening", extra={"address": f"{settings.host}:{settings.port}"})
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_level="error",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
    )


def work(settings: Settings, *, once: bool) -> int:
    """Do jobs of a store until an interrupt or a SIGTERM, or until none is left.

    Returns
    -------
    int
        How many jobs were finished.
    """
    store = store_of(settings)
    worker = Worker(store, settings, runner_of(settings))

    def ended(_number: int, _frame: FrameType | None) -> None:
        worker.stop()

    before = [signal.signal(number, ended) for number in (signal.SIGINT, signal.SIGTERM)]
    LOG.info("working", extra={"worker": worker.name})
    try:
        return worker.run(once=once)
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)
        store.close()
