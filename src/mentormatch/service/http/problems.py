"""Answers that tell what is wrong: problem details (RFC 9457) with the library's faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from mentormatch.errors import Fault, InputError

MEDIA_TYPE = "application/problem+json"


class FaultRecord(BaseModel):
    """One thing wrong with what was sent."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(description="Stable word for programs.")
    path: str = Field(description="Path to the value, such as problem.students[3].id.")
    message: str = Field(description="A sentence for people.")
    suggestion: str | None = Field(default=None, description="The nearest right name, if any.")


class ProblemDetails(BaseModel):
    """What is wrong with a request (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="A URN that names the kind of problem.")
    title: str
    status: int
    detail: str
    faults: list[FaultRecord] = []


class ProblemError(Exception):
    """A request that is answered with problem details."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.code, self.detail = status, code, detail
        self.faults, self.headers = tuple(faults), dict(headers or {})
        super().__init__(code)


def bad_input(error: InputError, status: int = 422) -> ProblemError:
    """Return the answer to an input that has faults."""
    count = len(error.faults)
    told = f"{count} fault{'s' if count != 1 else ''} in what was sent."
    return ProblemError(status, "bad_input", told, faults=error.faults)


def answer(problem: ProblemError) -> JSONResponse:
    """Return the response that tells a problem."""
    faults = [
        {"code": one.code, "path": one.where, "message": one.message, "suggestion": one.nearest}
        for one in problem.faults
    ]
    body: dict[str, Any] = {
        "type": f"urn:mentormatch:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "faults": faults,
    }
    return JSONResponse(
        body, status_code=problem.status, headers=problem.headers, media_type=MEDIA_TYPE
    )
