"""Turning what goes wrong in a command into a message, a fault and an exit code."""

from __future__ import annotations

import inspect
import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any, get_type_hints

import typer

from mentormatch.cli.answering import (
    Answer,
    Format,
    FormatOption,
    ProgressFile,
    ProgressMatching,
    ProgressOption,
    answering,
    event_listener,
)
from mentormatch.cli.terminal import say
from mentormatch.errors import Fault, InputError, InternalError, MentorMatchError
from mentormatch.exit_codes import ExitCode

TRACEBACK_VARIABLE = "MENTORMATCH_TRACEBACK"
"""If this is set, an internal error shows where in the code it happened."""

FOR_PROGRAMS: dict[str, tuple[Any, Any]] = {"format": (FormatOption, Format.TEXT)}
"""Options of every command, with their defaults."""

FOR_WATCHERS: dict[str, tuple[Any, Any]] = {
    "progress": (ProgressOption, None),
    "progress_to": (ProgressFile, None),
    "progress_matching": (ProgressMatching, False),
}
"""Options of every command that searches."""


class UsageError(MentorMatchError):
    """A command line that cannot be obeyed."""


def guarded(name: str, command: Callable[..., ExitCode]) -> Callable[..., None]:
    """Return the command so wrapped that it always ends with an exit code and no traceback.

    It has the options that all commands have for other programs.

    Parameters
    ----------
    name
        What the command is called.
    command
        The command; it searches if it has a time limit and a seed.
    """
    signature = inspect.signature(command)
    searches = {"time_limit", "seed"} <= signature.parameters.keys()
    more = {**FOR_PROGRAMS, **(FOR_WATCHERS if searches else {})}

    @wraps(command)
    def run(**given: Any) -> None:
        for_programs = {key: given.pop(key, default) for key, (_, default) in more.items()}
        answer = Answer(wanted=for_programs["format"] is Format.JSON)
        code = _attempt(lambda: _answered(command, given, for_programs, answer), answer)
        if answer.wanted:
            code = _attempt(lambda: _told(name, code, answer), answer)
        raise typer.Exit(int(code))

    hints = get_type_hints(command, include_extras=True)
    run.__annotations__ = {**hints, **{key: kind for key, (kind, _) in more.items()}}
    extra = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for key, (kind, default) in more.items()
    ]
    run.__dict__["__signature__"] = signature.replace(
        parameters=[
            *(one.replace(annotation=hints[key]) for key, one in signature.parameters.items()),
            *extra,
        ]
    )
    return run


def _answered(
    command: Callable[..., ExitCode],
    given: dict[str, Any],
    for_programs: dict[str, Any],
    answer: Answer,
) -> ExitCode:
    listening = event_listener(
        for_programs.get("progress"),
        for_programs.get("progress_to"),
        matching=for_programs.get("progress_matching", False),
        force=bool(given.get("force")),
    )
    with listening as listener, answering(answer):
        answer.listener = listener
        return command(**given)


def _told(name: str, code: ExitCode, answer: Answer) -> ExitCode:
    """Write the envelope, the one thing on standard output."""
    sys.stdout.flush()
    text = answer.text(name, code)
    try:
        sys.stdout.buffer.write(text.encode())
    except AttributeError:
        sys.stdout.write(text)
    return code


def _attempt(command: Callable[[], ExitCode], answer: Answer) -> ExitCode:
    try:
        code = command()
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return ExitCode.READER_GONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # The last place to tell it.
        code, message, faults = _trouble(error)
        answer.faults += faults
        style = "yellow" if code is ExitCode.INTERRUPTED else "red"
        say(message, style=style)
        if code is ExitCode.INTERNAL and os.environ.get(TRACEBACK_VARIABLE):
            say(traceback.format_exc())
    return code


def _trouble(error: BaseException) -> tuple[ExitCode, str, tuple[Fault, ...]]:
    """Return how a command ends with an error, what to say of it, and its faults."""
    if isinstance(error, InputError):
        return ExitCode.BAD_INPUT, str(error), error.faults
    if isinstance(error, MentorMatchError) and not isinstance(error, InternalError):
        return ExitCode.BAD_INPUT, str(error), (Fault("usage", "command", str(error)),)
    if isinstance(error, OSError):
        message = _file_trouble(error)
        where = str(error.filename) if error.filename else "command"
        return ExitCode.BAD_INPUT, message, (Fault("file", where, message),)
    if isinstance(error, KeyboardInterrupt):
        message = "Interrupted; nothing was written."
        return ExitCode.INTERRUPTED, message, (Fault("interrupted", "command", message),)
    if isinstance(error, MemoryError):
        message = "There is not enough memory for this; nothing was written."
        return ExitCode.NO_MEMORY, message, (Fault("no_memory", "command", message),)
    message = (
        f"Internal error ({type(error).__name__}): {error}\n"
        f"This is a fault of mentormatch, not of your input. "
        f"{TRACEBACK_VARIABLE}=1 shows where it happened."
    )
    # What an unexpected error says may repeat people's data.
    told = f"a fault of mentormatch and not of the input ({type(error).__name__})"
    return ExitCode.INTERNAL, message, (Fault("internal", "command", told),)


def _file_trouble(error: OSError) -> str:
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError):
        return f"{error.filename}: is there already; --force replaces it."
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _forget_output() -> None:
    """Point standard output elsewhere, lest Python complain when it flushes at exit."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
