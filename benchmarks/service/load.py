"""Many clients at once, with the service killed in between: all jobs done, verified, none twice."""

from __future__ import annotations

import json
import random
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from mentormatch.client import Client
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.service.store import Store
from mentormatch.synthetic import generate

TRY_SECONDS = 120.0


class Load(NamedTuple):
    """What was measured.

    Attributes
    ----------
    posts
        Seconds of each answer to `POST`, the requests of killed services aside.
    jobs
        How many there were.
    verified
        Results that the verifier accepts.
    twice
        Jobs whose result was written more than once.
    taken_up_again
        Jobs that needed more than one attempt.
    seconds
        All of it.
    """

    posts: list[float]
    jobs: int
    verified: int
    twice: int
    taken_up_again: int
    seconds: float


class Served:
    """A service in a process of its own, which can be killed and started again."""

    def __init__(self, folder: Path, store: str, jobs: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.port = taken.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [
            *(sys.executable, "-m", "mentormatch", "serve", "--port", str(self.port)),
            *("--store", store, "--jobs", str(jobs), "--lease", "5"),
        ]
        self._folder = folder
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self._folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log)
        until = time.monotonic() + TRY_SECONDS
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the service does not answer")

    def kill(self) -> None:
        """Kill it at once, as a failing machine does."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def measure(
    folder: Path, *, jobs: int, clients: int, students: int, kills: int, store: str | None = None
) -> Load:
    """Ask for many jobs from many clients at once, kill the service, and look at what became."""
    address = store or f"sqlite:///{folder / 'jobs.db'}"
    began = time.monotonic()
    served = Served(folder, address, jobs=2)
    problems = [generate(students=students, seed=seed) for seed in range(jobs)]
    posts: list[float] = []
    ids: dict[int, str] = {}

    def ask(client: int) -> None:
        draws = random.Random(client)
        mine = list(range(client, jobs, clients))
        draws.shuffle(mine)
        for number in mine:
            ids[number] = _asked(served.address, problems[number], posts)

    done = Event()
    killer = Thread(target=_kill, args=(served, kills, ids, jobs, done), daemon=True)
    killer.start()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(ask, range(clients)))
    killer.join()
    _wait(served.address, ids)
    served.end()
    return _looked_at(address, ids, problems, posts, time.monotonic() - began)


def _asked(address: str, problem: Problem, posts: list[float]) -> str:
    """Ask for a job until the service takes it; only answers count."""
    until = time.monotonic() + TRY_SECONDS
    client = Client(address)
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            job = client.submit("match", problem, time_limit=20.0)
        except OSError:
            time.sleep(0.2)
            continue
        posts.append(time.perf_counter() - began)
        return job.id
    raise TimeoutError("the service takes no job")


def _kill(served: Served, kills: int, ids: dict[int, str], jobs: int, done: Event) -> None:
    """Kill the service when so many shares of the jobs were asked for."""
    for number in range(1, kills + 1):
        while len(ids) < jobs * number / (kills + 1) and not done.is_set():
            time.sleep(0.02)
        served.kill()
        served.start()


def _wait(address: str, ids: dict[int, str]) -> None:
    client = Client(address)
    for job in ids.values():
        client.wait(job)


def _looked_at(
    address: str, ids: dict[int, str], problems: list[Problem], posts: list[float], seconds: float
) -> Load:
    store = Store(address)
    verified = twice = again = 0
    for number, name in ids.items():
        envelope = store.result(name)
        actions = [action for action, _, _ in store.audit(name)]
        twice += actions.count("finished") != 1
        again += actions.count("started") > 1
        if envelope is not None:
            result = json.loads(envelope)["result"]
            verified += bool(result) and verify(problems[number], Matching.from_data(result)).ok
    store.close()
    return Load(posts, len(set(ids.values())), verified, twice, again, seconds)


def p95(seconds: list[float]) -> float:
    """Return the time that 95 of 100 stay under."""
    return statistics.quantiles(seconds, n=20)[-1]
