"""A typed client of the service; it needs nothing but Python's own library.

::

    from mentormatch.client import Client

    client = Client("http://127.0.0.1:8765")
    job = client.submit("match", problem, time_limit=60)
    for event in client.events(job.id):
        print(event.kind, event.data.get("value"), event.data.get("bound"))
    envelope = client.result(job.id)
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, fields
from time import sleep
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, MentorMatchError

JobStatus = Literal["queued", "running", "done", "cancelled", "failed"]

RECONNECT_SECONDS = 1.0
MOST_RECONNECTS = 60


class ServiceError(MentorMatchError):
    """An answer that tells why a request was not done (RFC 9457).

    Attributes
    ----------
    status
        The status code of HTTP.
    type
        A URN that names the kind of problem.
    """

    def __init__(self, status: int, kind: str, detail: str) -> None:
        self.status, self.type = status, kind
        super().__init__(f"{status}: {detail}")


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job as it stood when the service was asked."""

    id: str
    kind: str
    status: JobStatus
    outcome: str | None
    proven: bool
    ending: bool
    attempt: int
    people: int
    seconds: float
    last_event: int
    created: str
    started: str | None
    finished: str | None
    links: Mapping[str, str]

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.finished is not None


@dataclass(frozen=True)
class Event:
    """One event of a job, numbered from 1 on."""

    number: int
    kind: str
    data: Mapping[str, Any]


class Client:
    """Asks a service.

    Parameters
    ----------
    address
        Where it listens, such as ``http://127.0.0.1:8765``.
    token
        Its bearer token, if it needs one.
    timeout
        Seconds after which an answer is given up on.
    """

    def __init__(self, address: str, *, token: str | None = None, timeout: float = 60.0) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            message = "This must be an address such as http://127.0.0.1:8765."
            raise InputError([Fault("address", "address", message)])
        self._https, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._base, self._timeout = parts.path.rstrip("/"), timeout
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    def submit(
        self,
        kind: str,
        problem: Problem,
        *,
        matching: Matching | None = None,
        again: bool = False,
        **options: Any,
    ) -> Job:
        """Ask for a job; the same content is the same job.

        Parameters
        ----------
        kind
            Such as ``match``, ``replan``, ``compare``, ``explain``, ``precheck`` or ``verify``.
        problem
            What it is about.
        matching
            The matching that it is about, where the kind takes one.
        again
            Whether to search again, from the best so far, for a result that rests on a limit.
        options
            As the function of that name takes them, ready for JSON.

        Raises
        ------
        InputError
            With every fault of the request.
        ServiceError
            If the service does not take it for another reason.
        """
        asked = {
            "kind": kind,
            "problem": json.loads(problem.to_json(indent=None)),
            "matching": None if matching is None else json.loads(matching.to_json(indent=None)),
            "options": options,
        }
        headers = {"Cache-Control": "no-cache"} if again else {}
        return _job(self._ask("POST", "/v1/jobs", asked, headers))

    def job(self, name: str) -> Job:
        """Return how a job stands."""
        return _job(self._ask("GET", f"/v1/jobs/{quote(name, safe='')}"))

    def jobs(
        self, *, status: JobStatus | None = None, kind: str | None = None, limit: int = 50
    ) -> Iterator[Job]:
        """Yield all jobs, the newest first, page by page."""
        stated = {"limit": limit, "status": status, "kind": kind}
        query = urlencode({name: value for name, value in stated.items() if value is not None})
        following: str | None = f"/v1/jobs?{query}"
        while following is not None:
            page = self._ask("GET", following)
            yield from map(_job, page["jobs"])
            following = page["next"]

    def result(self, name: str) -> dict[str, Any]:
        """Return the envelope of a job that has ended."""
        envelope: dict[str, Any] = self._ask("GET", f"/v1/jobs/{quote(name, safe='')}/result")
        return envelope

    def wait(self, name: str) -> dict[str, Any]:
        """Wait for the end of a job and return its envelope."""
        for _ in self.events(name):
            pass
        return self.result(name)

    def match(self, problem: Problem, **options: Any) -> Matching:
        """Match a round and return the matching, as the function `match` does.

        Raises
        ------
        InputError
            With every fault of the request.
        ServiceError
            If nothing came of the job.
        """
        envelope = self.wait(self.submit("match", problem, **options).id)
        if envelope["result"] is None:
            told = "; ".join(fault["message"] for fault in envelope["faults"])
            raise ServiceError(200, f"urn:mentormatch:status:{envelope['status']}", told)
        return Matching.from_data(envelope["result"])

    def end(self, name: str) -> Job:
        """End a job; the best so far is its result."""
        return _job(self._ask("DELETE", f"/v1/jobs/{quote(name, safe='')}"))

    def demo(self, *, students: int = 40, seed: int = 0) -> Problem:
        """Return a made-up problem."""
        query = urlencode({"students": students, "seed": seed})
        return Problem.from_data(self._ask("GET", f"/v1/demo?{query}"))

    def events(self, name: str, *, after: int = 0) -> Iterator[Event]:
        """Yield the events of a job until it has ended; a stream that breaks off is taken up again.

        Parameters
        ----------
        name
            Id of the job.
        after
            Number of the last event that is known already.
        """
        tries = 0
        while tries < MOST_RECONNECTS:
            try:
                for event in self._stream(name, after):
                    after, tries = event.number, 0
                    yield event
                return
            except (OSError, http.client.HTTPException):
                tries += 1
                sleep(RECONNECT_SECONDS)
        raise ServiceError(503, "about:blank", "the service is out of reach")

    def _stream(self, name: str, after: int) -> Iterator[Event]:
        connection = self._connection()
        path = f"{self._base}/v1/jobs/{quote(name, safe='')}/events"
        headers = {**self._headers, "Accept": "text/event-stream", "Last-Event-ID": str(after)}
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            if answer.status != 200:
                _checked(answer.status, answer.read())
                return
            ended = yield from _events(answer)
        finally:
            connection.close()
        if not ended:
            raise ConnectionResetError("the stream broke off")

    def _ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        connection = self._connection()
        sent = {**self._headers, "Accept": "application/json", **(headers or {})}
        content = None
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode()
            sent["Content-Type"] = "application/json"
        try:
            connection.request(method, self._base + path, content, sent)
            answer = connection.getresponse()
            return _checked(answer.status, answer.read())
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._https else http.client.HTTPConnection
        return kind(self._host, self._port, timeout=self._timeout)


def _job(data: Mapping[str, Any]) -> Job:
    # A newer service may tell more.
    return Job(**{field.name: data[field.name] for field in fields(Job)})


def _checked(status: int, body: bytes) -> Any:
    """Return the document of a good answer; raise what another one tells."""
    if status == 204:
        return None
    try:
        data = json.loads(body)
    except ValueError:
        data = {}
    if status < 400:
        return data
    faults = data.get("faults", [])
    if status in (400, 422) and faults:
        raise InputError(
            Fault(one["code"], one["path"], one["message"], one["suggestion"]) for one in faults
        )
    raise ServiceError(status, data.get("type", "about:blank"), data.get("detail", "refused"))


def _events(answer: http.client.HTTPResponse) -> Generator[Event, None, bool]:
    """Yield the events of a stream; the value of the generator tells whether the job has ended."""
    number, kind, ended = 0, "message", False
    for raw in answer:
        name, _, value = raw.decode().rstrip("\r\n").partition(": ")
        if name == "id":
            number = int(value)
        elif name == "event":
            kind = value
        elif name == "data":
            ended = kind == "finished"
            yield Event(number, kind, json.loads(value))
    return ended
