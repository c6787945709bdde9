"""Workers, services and jobs that are killed in the middle: no job lost, none done twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psutil
import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.service import Settings
from mentormatch.service.store import Store
from mentormatch.synthetic import generate
from tests.service.asking import Listening, listening, long_round, request, small
from tests.service.postgres import new_database
from tests.service.programs import eventually, free_port, killed, programs


def _asked_for(service: Listening, count: int) -> list[str]:
    """Ask for small jobs and return their ids."""
    wanted = (request(small(), seed=seed) for seed in range(count))
    return [service.ask("POST", "/v1/jobs", each).data["id"] for each in wanted]


def _check_each_once(address: str, jobs: list[str]) -> None:
    """Check that every job has one result, and that it was written once."""
    store = Store(address)
    for job in jobs:
        actions = [action for action, _, _ in store.audit(job)]
        assert actions.count("finished") == 1, actions
        found = store.job(job)
        assert found is not None
        assert (found.status, found.outcome) == ("done", "done")
        envelope = store.result(job)
        asked = store.request(job)
        assert envelope is not None
        assert asked is not None
        matching = Matching.from_data(json.loads(envelope)["result"])
        assert verify(Problem.from_data(json.loads(asked)["problem"]), matching).ok
    store.close()


def test_a_worker_and_the_service_are_killed_and_nothing_is_lost(
    postgres: str, tmp_path: Path
) -> None:
    """On PostgreSQL; the job of the dead worker goes on from what it had found."""
    address, port = new_database(postgres), free_port()
    store = Store(address)
    with programs(tmp_path, address) as run:
        serving, service = run.serve(port, "--jobs", "0")
        workers = {process.pid: process for process in (run.work(), run.work())}
        large = request(generate(students=150, seed=3), time_limit=4.0)
        job = service.ask("POST", "/v1/jobs", large).data["id"]
        jobs = [job, *_asked_for(service, 6)]

        eventually(lambda: store.best(job) is not None)
        holder = store.audit(job)[-1][2]
        killed(workers[int(holder.split(":")[1])])
        stored = store.best(job) or ""
        killed(serving)
        _, service = run.serve(port, "--jobs", "0")
        run.work()
        for each in jobs:
            service.finished(each)
        assert service.ask("GET", f"/v1/jobs/{job}").data["attempt"] > 1
    best = Matching.from_json(stored)
    found = Matching.from_data(json.loads(store.result(job) or "{}")["result"])
    store.close()
    _check_each_once(address, jobs)
    # The second attempt began with what the first had stored, so it cannot be worse.
    assert [tier.value for tier in found.tiers] <= [tier.value for tier in best.tiers]


@pytest.mark.slow
def test_a_service_is_killed_twice_and_all_jobs_are_done(tmp_path: Path) -> None:
    """On SQLite, where the service does the jobs itself."""
    address, port = f"sqlite:///{tmp_path / 'jobs.db'}", free_port()
    with programs(tmp_path, address) as run:
        serving, service = run.serve(port, "--jobs", "2")
        jobs = _asked_for(service, 5)
        killed(serving)
        serving, service = run.serve(port, "--jobs", "2")
        assert _asked_for(service, 5) == jobs
        jobs = _asked_for(service, 10)
        killed(serving)
        _, service = run.serve(port, "--jobs", "2")
        for job in jobs:
            service.finished(job)
    _check_each_once(address, jobs)


def test_work_once_does_what_waits_and_ends(tmp_path: Path) -> None:
    """As a job of a cluster does, that is started where there is something to do."""
    address, port = f"sqlite:///{tmp_path / 'jobs.db'}", free_port()
    with programs(tmp_path, address) as run:
        _, service = run.serve(port, "--jobs", "0")
        jobs = _asked_for(service, 2)
        assert run.work("--once").wait(60) == 0
        assert [service.finished(job)["status"] for job in jobs] == ["done", "done"]


def test_a_service_that_is_told_to_stop_puts_its_job_back(tmp_path: Path) -> None:
    """And ends at once; whoever comes next goes on without waiting for the lease."""
    address, port = f"sqlite:///{tmp_path / 'jobs.db'}", free_port()
    with programs(tmp_path, address) as run:
        serving, service = run.serve(port, "--jobs", "1")
        large = request(long_round(), time_limit=600.0)
        job = service.ask("POST", "/v1/jobs", large).data["id"]
        eventually(lambda: bool(service.ask("GET", f"/v1/jobs/{job}").data["last_event"] > 2))
        serving.terminate()
        assert serving.wait(60) == 0
    store = Store(address)
    found = store.job(job)
    assert found is not None
    assert (found.status, found.lost) == ("queued", 0)
    assert store.audit(job)[-1][0] == "given back"
    store.close()


@pytest.fixture
def grandchildren() -> Any:
    """Return a function that names the processes of jobs of this process."""
    before = {process.pid for process in psutil.Process().children(recursive=True)}

    def found() -> list[psutil.Process]:
        own = psutil.Process().pid
        return [
            process
            for process in psutil.Process().children(recursive=True)
            if process.pid not in before and process.ppid() != own
        ]

    return found


def test_a_job_whose_process_is_killed_is_told_and_the_service_goes_on(
    service: Listening, grandchildren: Any
) -> None:
    """Somebody's memory killer is no reason to lose other people's jobs."""
    large = request(long_round(), time_limit=600.0, seed=77)
    job = service.ask("POST", "/v1/jobs", large).data["id"]
    eventually(lambda: bool(service.ask("GET", f"/v1/jobs/{job}").data["last_event"] > 2))
    for process in grandchildren():
        process.kill()
    told = service.finished(job)
    assert (told["status"], told["outcome"]) == ("failed", "search_failed")
    envelope = service.ask("GET", f"/v1/jobs/{job}/result").data
    assert [fault["code"] for fault in envelope["faults"]] == ["process_killed"]
    assert "SIGKILL" in envelope["faults"][0]["message"]
    fine = service.ask("POST", "/v1/jobs", request(small(), seed=78), {"Prefer": "wait=60"})
    assert fine.data["status"] == "done"


def test_a_job_that_needs_more_memory_than_it_may_have_is_told(tmp_path: Path) -> None:
    """The ceiling is the process's own, so that nothing else on the machine suffers."""
    settings = Settings(store=f"sqlite:///{tmp_path / 'jobs.db'}", memory_mb=24)
    wanted = request(generate(students=150, seed=3), time_limit=5.0)
    with listening(settings) as tight:
        told = tight.ask("POST", "/v1/jobs", wanted, {"Prefer": "wait=30"}).data
        codes = {fault["code"] for fault in told["faults"]}
        result = told["result"] or {"provenance": {"limits_reached": []}}
        # With some luck there were groups when the memory was used up.
        reached = "memory" in result["provenance"]["limits_reached"]
        assert reached or codes & {"no_memory", "process_killed"}, told
        assert tight.ask("GET", "/ready").status == 200
