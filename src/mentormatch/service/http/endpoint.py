"""One row of the table from which both the routes and the OpenAPI document are made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Parameter:
    """A parameter of a request: where it stands, and what it may be."""

    name: str
    place: str
    description: str
    schema: Mapping[str, Any]
    required: bool = False


@dataclass(frozen=True)
class Answer:
    """An answer: what it means, its body by media type, and its headers.

    Attributes
    ----------
    description
        In a sentence.
    content
        Media types with the schema of the body.
    headers
        Names with what they say.
    """

    description: str
    content: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Endpoint:
    """A path and a method: who handles it, and everything that it answers.

    Attributes
    ----------
    public
        Whether it needs no token.
    body
        The schema of its JSON body, where it has one.
    """

    method: str
    path: str
    name: str
    handler: Handler
    summary: str
    answers: Mapping[int, Answer]
    parameters: tuple[Parameter, ...] = ()
    body: Mapping[str, Any] | None = None
    public: bool = False
