"""The OpenAPI 3.1 document, generated from the table of endpoints and the documents' classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mentormatch import __version__
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.operations import OPERATIONS, Envelope
from mentormatch.service.http.documents import MODELS
from mentormatch.service.http.endpoint import Answer, Endpoint
from mentormatch.service.http.endpoints import ENDPOINTS, problem, ref
from mentormatch.service.http.problems import ProblemDetails

_EVERYWHERE: Mapping[int, Answer] = {
    406: problem("The client takes none of the media types of the answer."),
    421: problem("The Host header names another machine."),
    500: problem("A fault of the service."),
}
_WITH_TOKEN: Mapping[int, Answer] = {
    401: problem("A bearer token is missing or wrong.", **{"WWW-Authenticate": "Bearer."}),
    403: problem("A page of another site sent the request."),
}
_UNREADABLE = Answer(
    "The request is not HTTP as it is read here, or its body is not JSON as it is read here.",
    {"application/problem+json": ref("ProblemDetails"), "text/plain": {"type": "string"}},
)


def openapi() -> dict[str, Any]:
    """Return the OpenAPI document of the service."""
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mentormatch",
            "version": __version__,
            "description": "Forms mentoring groups and proves how good they are. Jobs are "
            "addressed by their content: asking twice is one job.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    answers = {400: _UNREADABLE, **_EVERYWHERE, **endpoint.answers}
    if not endpoint.public:
        answers.update(_WITH_TOKEN)
        answers.setdefault(503, problem("The store is out of reach."))
    answers[400] = _UNREADABLE
    told: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "responses": {str(code): _response(answers[code]) for code in sorted(answers)},
        # Without any token the service is open to its own machine.
        "security": [] if endpoint.public else [{"token": []}, {}],
    }
    if endpoint.parameters:
        told["parameters"] = [
            {
                "name": one.name,
                "in": one.place,
                "required": one.required,
                "description": one.description,
                "schema": one.schema,
            }
            for one in endpoint.parameters
        ]
    if endpoint.body is not None:
        content = {"application/json": {"schema": endpoint.body}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _response(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"description": answer.description}
    if answer.content:
        told["content"] = {kind: {"schema": schema} for kind, schema in answer.content.items()}
    if answer.headers:
        told["headers"] = {
            name: {"description": meaning, "schema": {"type": "string"}}
            for name, meaning in answer.headers.items()
        }
    return told


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for document in (Problem, Matching, Envelope):
        found.update(_hoisted(document.__name__, document.model_json_schema()))
    for operation in OPERATIONS.values():
        found.update(_hoisted(operation.options.__name__, operation.options.model_json_schema()))
    for name, model in MODELS.items():
        found.update(_hoisted(name, model.model_json_schema()))
    found.update(_hoisted("ProblemDetails", ProblemDetails.model_json_schema()))
    found["JobRequest"] = _job_request()
    return dict(sorted(found.items()))


def _job_request() -> dict[str, Any]:
    """Return the schema of a request: one shape for each kind of job."""
    return {
        "title": "JobRequest",
        "description": "What is asked, with the documents that it is about.",
        "oneOf": [
            {
                "type": "object",
                "title": f"{operation.kind} request",
                "description": operation.summary,
                "properties": dict(_properties(operation)),
                "required": [
                    "kind",
                    "problem",
                    *(["matching"] if operation.matching == "needed" else []),
                ],
                "additionalProperties": False,
            }
            for operation in OPERATIONS.values()
        ],
    }


def _properties(operation: Any) -> Iterator[tuple[str, Any]]:
    yield "kind", {"const": operation.kind}
    yield "problem", ref("Problem")
    if operation.matching == "needed":
        yield "matching", ref("Matching")
    elif operation.matching == "optional":
        yield "matching", {"anyOf": [ref("Matching"), {"type": "null"}]}
    yield "options", ref(operation.options.__name__)


def _hoisted(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema and those inside of it, each under a name of its own."""
    inner = schema.get("$defs", {})
    outer = {key: value for key, value in schema.items() if key not in ("$defs", "$schema", "$id")}
    return {name: _moved(outer), **{key: _moved(value) for key, value in inner.items()}}


def _moved(part: Any) -> Any:
    """Return a part of a schema whose references lead to the document's schemas."""
    if isinstance(part, list):
        return [_moved(one) for one in part]
    if not isinstance(part, Mapping):
        return part
    return {
        key: value.replace("#/$defs/", "#/components/schemas/")
        if key == "$ref" and isinstance(value, str)
        else _moved_mapping(key, value)
        for key, value in part.items()
    }


def _moved_mapping(key: str, value: Any) -> Any:
    if key == "mapping" and isinstance(value, Mapping):
        return {
            name: str(place).replace("#/$defs/", "#/components/schemas/")
            for name, place in value.items()
        }
    return _moved(value)
