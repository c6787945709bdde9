"""Many clients at once, with the service killed in between: all jobs done, verified, none twice."""

from __future__ import annotations

import http.client
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
    folder: Path,
    *,
    jobs: int,
    clients: int,
    students: int,
    kills: int,
    limit: float,
    store: str | None = None,
) -> Load:
    """Ask for many jobs from many clients at once, kill the service, and look at what became.

    All clients begin at once, and each asks for its next job when it has the result of the last.
    """
    address = store or f"sqlite:///{folder / 'jobs.db'}"
    began = time.monotonic()
    served = Served(folder, address, jobs=2)
    problems = [generate(students=students, seed=seed) for seed in range(jobs)]
    bodies = [_body(problem, limit) for problem in problems]
    posts: list[float] = []
    ids: dict[int, str] = {}

    def ask(client: int) -> None:
        draws = random.Random(client)
        watching = Client(served.address)
        mine = list(range(client, jobs, clients))
        draws.shuffle(mine)
        for number in mine:
            ids[number] = _asked(served.port, bodies[number], posts)
            _await(watching, ids[number])

    done = Event()
    killer = Thread(target=_kill, args=(served, kills, ids, jobs, done), daemon=True)
    killer.start()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(ask, range(clients)))
    killer.join()
    _wait(served.address, ids)
    served.end()
    return _looked_at(address, ids, problems, posts, time.monotonic() - began)


def _body(problem: Problem, limit: float) -> bytes:
    """Return the request to match a round."""
    given = json.loads(problem.to_json())
    asked = {"kind": "match", "problem": given, "options": {"time_limit": limit}}
    return json.dumps(asked).encode()


def _asked(port: int, body: bytes, posts: list[float]) -> str:
    """Ask for a job until the service takes it; only answers count."""
    until = time.monotonic() + TRY_SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TRY_SECONDS)
        try:
            connection.request("POST", "/v1/jobs", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
            continue
        finally:
            connection.close()
        posts.append(time.perf_counter() - began)
        return str(json.loads(told)["id"])
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
        _await(client, job)


def _await(client: Client, job: str) -> None:
    """Wait for the end of a job, over all kills of the service."""
    while True:
        try:
            client.wait(job)
        except OSError:
            time.sleep(0.2)
        else:
            return


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
