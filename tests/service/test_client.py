"""The Python client, and whether it and the OpenAPI document say the same."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from mentormatch import client as client_module
from mentormatch.client import Client, Job, ServiceError
from mentormatch.errors import InputError
from mentormatch.evaluate.verify import verify
from mentormatch.service import Settings
from mentormatch.service.http.openapi import openapi
from tests.service.asking import Listening, listening, small


def _client(service: Listening, token: str | None = None) -> Client:
    return Client(f"http://{service.host}:{service.port}", token=token)


def test_the_client_does_the_whole_way(service: Listening) -> None:
    """And what comes back is as good as what the function returns."""
    asked = small()
    client = _client(service)
    matching = client.match(asked, seed=31)
    assert verify(asked, matching).ok
    job = client.submit("match", asked, seed=31)
    assert (job.status, job.proven, job.over) == ("done", True, True)
    assert job.id in {each.id for each in client.jobs(status="done", kind="match", limit=2)}
    numbers = [event.number for event in client.events(job.id, after=1)]
    assert numbers == list(range(2, job.last_event + 1))
    assert client.end(job.id).status == "done"
    checked = client.wait(client.submit("verify", asked, matching=matching).id)
    assert checked["status"] == "done"


def test_faults_come_as_they_do_from_the_library(service: Listening) -> None:
    """So that a program that used the library can use the service."""
    with pytest.raises(InputError) as caught:
        _client(service).submit("match", small(), sead=1)
    assert caught.value.faults[0].where.startswith("options")
    with pytest.raises(ServiceError) as refused:
        _client(service).job("0" * 64)
    assert (refused.value.status, refused.value.type) == (
        404,
        "urn:mentormatch:problem:unknown_job",
    )


def test_the_client_sends_its_token(tmp_path: Path) -> None:
    """And says so if it is wrong."""
    token = "a-token-of-some-length"
    settings = Settings(store=f"sqlite:///{tmp_path / 'jobs.db'}", slots=0, tokens=(token,))
    with listening(settings) as closed:
        assert _client(closed, token).demo(students=10).students
        with pytest.raises(ServiceError) as refused:
            _client(closed, token + "x").demo()
        assert refused.value.status == 401


def test_an_address_that_is_none_is_a_fault() -> None:
    """At once, and not with the first request."""
    with pytest.raises(InputError):
        Client("localhost:8765")


def test_the_client_knows_every_field_and_status_of_a_job() -> None:
    """The OpenAPI document is what the service promises."""
    schema = openapi()["components"]["schemas"]["Job"]
    assert {field.name for field in fields(Job)} == set(schema["properties"])
    assert set(schema["required"]) == set(schema["properties"])
    hints = get_type_hints(Job)
    for name, property_ in schema["properties"].items():
        if name not in ("links", "status"):
            assert _types_of(property_) == _types_in(hints[name]), name
    assert list(get_args(client_module.JobStatus)) == schema["properties"]["status"]["enum"]


def test_the_client_asks_for_every_path_of_jobs() -> None:
    """A path that nobody can ask for would not be noticed to be missing."""
    text = Path(client_module.__file__).read_text(encoding="utf-8")
    for path in openapi()["paths"]:
        if path.startswith("/v1/"):
            assert path.partition("{")[0] in text
            assert path.rpartition("}")[2] in text


def _types_of(schema: dict[str, Any]) -> set[str]:
    return {one["type"] for one in schema.get("anyOf", [schema])}


def _types_in(hint: Any) -> set[str]:
    names = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {names[one] for one in (get_args(hint) or (hint,))}
