"""The OpenAPI document, and whether the service does what it says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from jsonschema import Draft202012Validator

from mentormatch.operations import OPERATIONS
from mentormatch.service.http.openapi import openapi
from tests.cli.running import invoke
from tests.service.asking import Listening, request, small

REQUESTS = 6
"""Requests for each operation in the suite; `benchmarks.service` makes more of them."""


def test_every_reference_of_the_document_leads_somewhere() -> None:
    """And every operation says what it answers to whoever asks wrongly."""
    document = openapi()
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(_references(document)) <= known
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            codes = set(operation["responses"])
            assert codes >= {"400", "406", "421", "500"}, (method, path)
            assert operation["security"] == [] or "401" in codes


def test_requests_and_answers_are_as_the_document_says(service: Listening) -> None:
    """The schemas are the library's own, and what the library writes meets them."""
    document = openapi()
    asked = request(small(), seed=61)
    answer = service.ask("POST", "/v1/jobs", asked, {"Prefer": "wait=30"})
    job = service.ask("GET", answer.headers["location"])
    page = service.ask("GET", "/v1/jobs")
    wrong = service.ask("POST", "/v1/jobs", {})
    for name, data in (
        ("JobRequest", asked),
        ("Envelope", answer.data),
        ("Job", job.data),
        ("JobPage", page.data),
        ("ProblemDetails", wrong.data),
    ):
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


def test_every_kind_of_job_has_a_request_of_its_own() -> None:
    """With its own options, so that a generated client knows them."""
    shapes = openapi()["components"]["schemas"]["JobRequest"]["oneOf"]
    assert [shape["properties"]["kind"]["const"] for shape in shapes] == list(OPERATIONS)


def test_the_document_is_served_and_printed(service: Listening) -> None:
    """Both are the same."""
    served = service.ask("GET", "/openapi.json").data
    assert served == json.loads(invoke("schema", "openapi").stdout) == openapi()


def test_nothing_undocumented_comes_from_generated_requests(service: Listening) -> None:
    """Requests made from the document, hostile ones among them."""
    schemathesis = pytest.importorskip("schemathesis", exc_type=ImportError)
    from benchmarks.service.generated import checked_calls

    chosen = settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    address = f"http://{service.host}:{service.port}"
    made = checked_calls(schemathesis, address, chosen, valid=request(small(), time_limit=1.0))
    assert made > 20


def _references(part: Any) -> Any:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
