"""The terminal: what may be shown on it, and keeping everybody else off it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.text import Text

from mentormatch.text import visible


def console_on(stream: TextIO) -> Console:
    """Return a console that takes no text for markup and obeys ``NO_COLOR``."""
    return Console(file=stream, markup=False, emoji=False, highlight=False)


def console_beside(*, taken: bool) -> Console | None:
    """Return where a view goes that may name people: not to an error stream nobody watches.

    Parameters
    ----------
    taken
        Whether standard output holds a document.
    """
    if not taken:
        return console_on(sys.stdout)
    return console_on(sys.stderr) if sys.stderr.isatty() else None


def say(message: str, *, style: str = "") -> None:
    """Print a message to standard error, never wrapped."""
    console_on(sys.stderr).print(Text(visible(message), style=style), soft_wrap=True)


def never_fail_to_encode() -> None:
    """Let a terminal that lacks a letter show its code instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def others_silenced() -> Iterator[TextIO]:
    """Keep libraries from writing to standard output and error; yield the real standard error.

    Solvers write to the descriptors themselves, past Python's own streams, so those are turned
    away. Where the streams are not the process's own, nothing is done.
    """
    try:
        ours = sys.stdout.fileno() == 1 and sys.stderr.fileno() == 2
    except (OSError, ValueError, AttributeError):
        ours = False
    if not ours:
        yield sys.stderr
        return
    sys.stdout.flush()
    sys.stderr.flush()
    output, errors = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        with open(
            errors, "w", encoding=sys.stderr.encoding, errors="backslashreplace", closefd=False
        ) as screen:
            yield screen
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(output, 1)
        os.dup2(errors, 2)
        for descriptor in (output, errors, nowhere):
            os.close(descriptor)
