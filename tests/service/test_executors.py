"""Jobs in executors: a Dask cluster, and one that loses what it has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from mentormatch.data.matching import Matching
from mentormatch.evaluate.verify import verify
from mentormatch.service import Settings
from mentormatch.service.core import store_of
from mentormatch.service.identity import job_of
from mentormatch.service.store import Store
from mentormatch.service.work import Worker, runner_of
from mentormatch.service.work.executors import ExecutorRunner
from tests.service.asking import request, small


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings for two jobs at a time."""
    return Settings(store=f"sqlite:///{tmp_path / 'jobs.db'}", slots=2)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Return a store with three jobs."""
    made = store_of(settings)
    for seed in range(3):
        made.add(job_of(request(small(), seed=seed), "me", settings))
    yield made
    made.close()


def test_jobs_are_done_by_a_dask_cluster(settings: Settings, store: Store) -> None:
    """Named by the address of its scheduler, as on the command line."""
    with LocalCluster(  # type: ignore[no-untyped-call]  # distributed leaves it untyped
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
    ) as cluster:
        away = Settings(
            store=settings.store, slots=2, executor="dask", scheduler=cluster.scheduler_address
        )
        assert Worker(store, away, runner_of(away)).run(once=True) == 3
    for job in store.jobs(limit=10):
        envelope: Any = json.loads(store.result(job.id) or "{}")
        assert verify(small(), Matching.from_data(envelope["result"])).ok
        assert (job.status, job.proven, job.attempt) == ("done", True, 1)


def test_a_job_that_an_executor_does_not_take_is_told(settings: Settings, store: Store) -> None:
    """As one that was shut down; the worker goes on with the next."""
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    Worker(store, settings, ExecutorRunner(pool)).run(once=True)
    assert [job.status for job in store.jobs(limit=10)] == ["failed"] * 3


class Losing(Executor):
    """An executor that ends each call with an error instead of doing it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, _function: Callable[..., Any], /, *_: Any, **__: Any) -> Future[Any]:
        """Lose a call."""
        future: Future[Any] = Future()
        future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    ("error", "code"),
    [(BrokenProcessPool("gone"), "worker_lost"), (MemoryError(), "no_memory")],
)
def test_a_job_that_an_executor_loses_is_told(
    settings: Settings, store: Store, error: Exception, code: str
) -> None:
    """As a fault, without the error's text, which may repeat people's data."""
    Worker(store, settings, ExecutorRunner(Losing(error))).run(once=True)
    for job in store.jobs(limit=10):
        envelope: Any = json.loads(store.result(job.id) or "{}")
        assert job.status == "failed"
        assert [fault["code"] for fault in envelope["faults"]] == [code]
        assert "gone" not in envelope["faults"][0]["message"]
