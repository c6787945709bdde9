"""Turning what goes wrong in a command into a message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from mentormatch.cli.terminal import say
from mentormatch.errors import InputError, InternalError, MentorMatchError
from mentormatch.exit_codes import ExitCode

TRACEBACK_VARIABLE = "MENTORMATCH_TRACEBACK"
"""If this is set, an internal error shows where in the code it happened."""

Arguments = ParamSpec("Arguments")


class UsageError(MentorMatchError):
    """A command line that cannot be obeyed."""


def guarded(command: Callable[Arguments, ExitCode]) -> Callable[Arguments, None]:
    """Return the command so wrapped that it always ends with an exit code and no traceback."""

    @wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        code = _attempt(lambda: command(*args, **kwargs))
        raise typer.Exit(int(code))

    return run


def _attempt(command: Callable[[], ExitCode]) -> ExitCode:
    try:
        code = command()
        sys.stdout.flush()
    except KeyboardInterrupt:
        say("Interrupted; nothing was written.", style="yellow")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return ExitCode.READER_GONE
    except InputError as error:
        say(str(error), style="red")
        return ExitCode.BAD_INPUT
    except InternalError as error:
        return _internal(error)
    except MentorMatchError as error:
        say(str(error), style="red")
        return ExitCode.BAD_INPUT
    except OSError as error:
        say(_file_trouble(error), style="red")
        return ExitCode.BAD_INPUT
    except MemoryError:
        say("There is not enough memory for this; nothing was written.", style="red")
        return ExitCode.NO_MEMORY
    except Exception as error:  # noqa: BLE001  # The last place where an error can be told.
        return _internal(error)
    return code


def _file_trouble(error: OSError) -> str:
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError):
        return f"{error.filename}: is there already; --force replaces it."
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _internal(error: Exception) -> ExitCode:
    say(
        f"Internal error ({type(error).__name__}): {error}\n"
        f"This is a fault of mentormatch, not of your input. "
        f"{TRACEBACK_VARIABLE}=1 shows where it happened.",
        style="red",
    )
    if os.environ.get(TRACEBACK_VARIABLE):
        say(traceback.format_exc())
    return ExitCode.INTERNAL


def _forget_output() -> None:
    """Point standard output elsewhere, lest Python complain when it flushes at exit."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
