"""The envelope: in which every answer to another program is handed over."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.nouns import Noun
from mentormatch.errors import Fault, InputError, InternalError, MentorMatchError
from mentormatch.exit_codes import ExitCode

ENVELOPE_FORMAT: Literal["mentormatch/envelope/1"] = "mentormatch/envelope/1"

PACKAGES = ("mentormatch", "ortools", "numpy")
"""Packages on which an answer may depend."""

Status = Literal[
    "done",
    "bad_input",
    "infeasible",
    "nothing_found",
    "breaches_found",
    "search_failed",
    "internal",
    "no_memory",
    "interrupted",
    "reader_gone",
]
"""How a task ended: the words of the exit codes."""


class ReportedFault(Noun):
    """One thing wrong with a request, for programs and people."""

    code: str = Field(description="Stable word, such as 'unknown_person'.")
    path: str = Field(description="Where it is, such as 'problem.students[3].id'.")
    message: str = Field(description="A sentence with who, what, the limit and what was found.")
    suggestion: str | None = Field(default=None, description="The nearest right value, if any.")

    @classmethod
    def of(cls, fault: Fault) -> ReportedFault:
        """Return a fault of the library as one of an envelope."""
        return cls(
            code=fault.code, path=fault.where, message=fault.message, suggestion=fault.nearest
        )


class EnvelopeProvenance(Noun):
    """From what and with what an answer was made."""

    problem: str | None = Field(default=None, description="SHA-256 of the problem.")
    options: dict[str, Any] = Field(
        default={}, description="The options in force, those that nobody stated among them."
    )
    versions: dict[str, str] = Field(default={}, description="Of packages and of Python.")


class Envelope(JsonDocument):
    """The answer to a task: how it ended, what was wrong, and the result.

    A task that ended early can have both a result, the best so far, and faults.
    """

    format: Literal["mentormatch/envelope/1"] = ENVELOPE_FORMAT
    command: str = Field(description="What was asked for, such as 'match'.")
    status: Status
    exit_code: int = Field(description="The exit code of the command line that says the same.")
    faults: tuple[ReportedFault, ...] = ()
    result: dict[str, Any] | None = Field(
        default=None, description="A document of its own with its format, or null."
    )
    why: dict[str, Any] | None = Field(
        default=None,
        description="Of a round without any matching, if asked for: hard rules that contradict "
        "each other, as a document of its own.",
    )
    final: bool = Field(
        default=False,
        description="Whether no limit cut the answer short and all of it is proven, so that the "
        "same request and versions have the same answer for ever.",
    )
    provenance: EnvelopeProvenance


def envelope_of(
    command: str,
    code: ExitCode,
    *,
    result: JsonDocument | None = None,
    why: JsonDocument | None = None,
    final: bool = False,
    faults: Iterable[Fault] = (),
    problem: str | None = None,
    options: dict[str, Any] | None = None,
) -> Envelope:
    """Return an answer in its envelope."""
    status: Any = code.status
    return Envelope(
        command=command,
        status=status,
        exit_code=int(code),
        faults=tuple(ReportedFault.of(fault) for fault in faults),
        result=None if result is None else result.model_dump(mode="json"),
        why=None if why is None else why.model_dump(mode="json"),
        final=final,
        provenance=EnvelopeProvenance(problem=problem, options=options or {}, versions=versions()),
    )


def envelope_of_error(
    command: str,
    error: BaseException,
    *,
    problem: str | None = None,
    options: dict[str, Any] | None = None,
) -> Envelope:
    """Return an error in an envelope; of an unexpected one only its type is told."""
    code, faults = told(error)
    return envelope_of(command, code, faults=faults, problem=problem, options=options)


def told(error: BaseException) -> tuple[ExitCode, tuple[Fault, ...]]:
    """Return how a task ends with an error, and what to say of it."""
    if isinstance(error, InputError):
        return ExitCode.BAD_INPUT, error.faults
    if isinstance(error, MentorMatchError) and not isinstance(error, InternalError):
        return ExitCode.BAD_INPUT, (Fault("usage", "request", str(error)),)
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED, (Fault("interrupted", "request", "it was interrupted"),)
    if isinstance(error, MemoryError):
        message = "there is not enough memory for this"
        return ExitCode.NO_MEMORY, (Fault("no_memory", "request", message),)
    # What an unexpected error says may repeat people's data.
    message = f"a fault of mentormatch and not of the request ({type(error).__name__})"
    return ExitCode.INTERNAL, (Fault("internal", "request", message),)


def versions() -> dict[str, str]:
    """Return the versions on which an answer may depend."""
    found = {name: version(name) for name in PACKAGES}
    return {**found, "python": platform.python_version()}
