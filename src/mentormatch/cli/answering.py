"""Answers for other programs: one envelope on standard output, and events while it runs."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from mentormatch.errors import Fault
from mentormatch.exit_codes import ExitCode

if TYPE_CHECKING:
    from mentormatch.data.documents import JsonDocument
    from mentormatch.progress import Progress, ProgressListener


class Format(StrEnum):
    """How a command answers."""

    TEXT = "text"
    JSON = "json"


class ProgressFormat(StrEnum):
    """How a command tells what it is doing."""

    NDJSON = "ndjson"


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", help="json: one envelope on standard output and nothing else, for programs."
    ),
]
ProgressOption = Annotated[
    ProgressFormat | None,
    typer.Option(
        "--progress", help="Tell how the search stands, at least once a second, on standard error."
    ),
]
ProgressFile = Annotated[
    Path | None,
    typer.Option("--progress-to", metavar="FILE", help="Write the events to a file instead."),
]
ProgressMatching = Annotated[
    bool,
    typer.Option("--progress-matching", help="With each better matching; it names people by id."),
]


@dataclass
class Answer:
    """What a command answers, as far as it is known.

    Attributes
    ----------
    listener
        Takes progress reports; None where nobody asked for events.
    wanted
        Whether the answer goes to another program.
    result
        The document that was asked for.
    why
        A contradiction behind it.
    problem
        SHA-256 of the problem.
    faults
        What was wrong.
    """

    listener: ProgressListener | None = None
    wanted: bool = False
    result: JsonDocument | None = None
    why: JsonDocument | None = None
    problem: str | None = None
    faults: list[Fault] = field(default_factory=list)

    def text(self, command: str, code: ExitCode) -> str:
        """Return the envelope as text."""
        from mentormatch.operations.envelope import envelope_of

        envelope = envelope_of(
            command,
            code,
            result=self.result,
            why=self.why,
            faults=self.faults,
            problem=self.problem,
        )
        return envelope.to_json() + "\n"


_CURRENT: ContextVar[Answer | None] = ContextVar("answer", default=None)


def current() -> Answer:
    """Return the answer of the command that is running."""
    return _CURRENT.get() or Answer()


def answer_with(
    result: JsonDocument, *, problem: str | None = None, why: JsonDocument | None = None
) -> None:
    """Set the document that a command answers with, for those who ask for JSON."""
    answer = current()
    answer.result, answer.why, answer.problem = result, why, problem


def listener() -> ProgressListener | None:
    """Return who takes the progress reports of the command that is running."""
    return current().listener


@contextmanager
def answering(answer: Answer) -> Iterator[None]:
    """Let `answer` be that of the command that is running; keep all else off standard output."""
    token = _CURRENT.set(answer)
    try:
        if answer.wanted:
            with _nothing_on_output():
                yield
        else:
            yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def _nothing_on_output() -> Iterator[None]:
    """Turn away what is written to standard output, by Python and past it."""
    ours = sys.stdout
    try:
        real = ours.fileno() == 1
    except (OSError, ValueError, AttributeError):
        real = False
    with io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as away:
        if not real:
            sys.stdout = away
            try:
                yield
            finally:
                sys.stdout = ours
            return
        ours.flush()
        output, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        try:
            yield
        finally:
            ours.flush()
            os.dup2(output, 1)
            os.close(output)
            os.close(nowhere)


@contextmanager
def event_listener(
    events: ProgressFormat | None, target: Path | None, *, matching: bool, force: bool
) -> Iterator[ProgressListener | None]:
    """Yield what writes progress reports, a line of JSON each, as they come."""
    if events is None and target is None:
        yield None
        return
    if target is not None:
        with target.open("w" if force else "x", encoding="utf-8") as stream:
            yield _writer(stream, matching=matching)
        return
    try:
        # Of its own, since the other one is silenced while solvers run.
        descriptor = os.dup(sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        yield _writer(sys.stderr, matching=matching)
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        yield _writer(stream, matching=matching)


def _writer(stream: TextIO, *, matching: bool) -> ProgressListener:
    def write(event: Progress) -> None:
        line = json.dumps(event.record(matching=matching), ensure_ascii=False)
        stream.write(line + "\n")
        stream.flush()

    return write


def wants_json(arguments: list[str]) -> bool:
    """Whether a command line asks for JSON, though it may be wrong otherwise."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(one == "--format=json" or (one, two) == ("--format", "json") for one, two in pairs)
