"""A service that listens while a test runs, and plain requests to it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import uvicorn

from mentormatch.data.problem import Problem
from mentormatch.rules import NobodyAlone
from mentormatch.service import Settings, create_app
from mentormatch.synthetic import generate
from tests.support.build import mentors, problem, students

PATIENCE = 60.0
"""Seconds after which a test gives up on something that should have happened long ago."""


class Reply(NamedTuple):
    """An answer to a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """The body, which is JSON."""
        return json.loads(self.body)


class Listening:
    """A service that listens on this machine."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send a request; a body that is no text is sent as JSON."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        sent = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, names, answer.read())
        finally:
            connection.close()

    def finished(self, job: str) -> Any:
        """Wait for the end of a job and return its document."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            told = self.ask("GET", f"/v1/jobs/{job}").data
            if told["finished"] is not None:
                return told
            time.sleep(0.05)
        raise AssertionError("the job has not ended")


@contextmanager
def listening(settings: Settings) -> Iterator[Listening]:
    """Run a service in a thread of the test."""
    taken = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=lambda: server.run(sockets=[taken]), daemon=True)
    thread.start()
    try:
        yield Listening("127.0.0.1", taken.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


def small(name: str = "ada") -> Problem:
    """Return a round that is solved at once."""
    return problem(students(f"{name} bo cy di"), mentors("mia noa"), size=(2, 4))


def request(asked: Problem, kind: str = "match", **options: Any) -> dict[str, Any]:
    """Return a request about a round."""
    return {"kind": kind, "problem": json.loads(asked.to_json()), "options": options}


def long_round() -> Problem:
    """Return a round that no machine proves within minutes, and has groups of at once."""
    made = generate(students=150, seed=3)
    return made.with_rules(NobodyAlone(attribute="department", tier=2), *made.rules)
