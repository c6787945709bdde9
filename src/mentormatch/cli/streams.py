"""Reading problems and matchings, and writing results, from files or standard streams."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from mentormatch.cli.guard import UsageError
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.files import write_atomically
from mentormatch.validation import MAX_BYTES

if TYPE_CHECKING:
    from mentormatch.exporters import GroupDetails

STANDARD = "-"
"""Stands for standard input or output."""

MATCHING = "matching.json"
"""The matching in a folder of results, beside the rosters that were made from it."""

GROUPS = "groups.csv"
"""The list of groups beside it, in which names, places and links are filled in."""

ROSTERS = (".csv", ".xlsx")
"""How the names of rosters end."""


def read_problem(source: str, *, tell_leavers: bool = False) -> Problem:
    """Read a problem from a JSON file, a folder of tables, or standard input.

    Whoever is named by a rule and is not there is taken as having left, with a warning.

    Parameters
    ----------
    source
        A file's name, or - for standard input.
    tell_leavers
        Whether to warn as well of rules that name people who are said to have left.
    """
    from mentormatch.cli.leavers import without_leavers

    if source != STANDARD and Path(source).is_dir():
        from mentormatch.importers import read_round

        return without_leavers(
            lambda left: read_round(Path(source), left=left), tell_stated=tell_leavers
        )
    text = _read(source)

    def read(left: Sequence[str]) -> Problem:
        if not left:
            return Problem.from_json(text)
        data = json.loads(text)
        return Problem.from_json(json.dumps({**data, "left": [*data.get("left", []), *left]}))

    return without_leavers(read, tell_stated=tell_leavers)


def read_matching(
    source: str,
    problem: Problem,
    *,
    came_from: Matching | None = None,
    details: Mapping[str, GroupDetails] | None = None,
) -> Matching:
    """Read a matching from a JSON file, a roster of the problem's people, or standard input.

    Parameters
    ----------
    source
        A file's name, or - for standard input.
    problem
        The problem whose people a roster names.
    came_from
        The matching of which a roster was written; by default the one beside it.
    details
        Names, places and links of groups with which it was written; by default those beside it.
    """
    if is_roster(source):
        from mentormatch.exporters import read_details, read_roster

        if details is None:
            beside = Path(source).with_name(GROUPS)
            details = read_details(beside) if beside.is_file() else {}
        before = came_from or matching_beside(source)
        return read_roster(source, problem, came_from=before, details=details)
    return Matching.from_json(_read(source))


def is_roster(source: str) -> bool:
    """Whether a file's name is that of a roster."""
    return Path(source).suffix.lower() in ROSTERS


def matching_beside(source: str) -> Matching | None:
    """Return the matching that was written into a roster's folder with it, if there is one."""
    beside = Path(source).with_name(MATCHING)
    if not is_roster(source) or not beside.is_file():
        return None
    try:
        return Matching.from_json(_read(str(beside)))
    except InputError:
        return None


def _read(source: str) -> bytes:
    if source == STANDARD:
        return _limited(sys.stdin.buffer)
    with Path(source).open("rb") as stream:
        return _limited(stream)


def _limited(stream: BinaryIO) -> bytes:
    """Read no more than can be valid; one byte too many lets the parser refuse it."""
    return stream.read(MAX_BYTES + 1)


def is_standard(target: str | None) -> bool:
    """Whether a result goes to standard output."""
    return target is None or target == STANDARD


def check_targets(*targets: str | None, force: bool) -> None:
    """Refuse, before anything is computed, what could not be written afterwards."""
    named = [target for target in targets if target is not None]
    if len({os.path.realpath(name) if name != STANDARD else name for name in named}) < len(named):
        raise UsageError("Two results would go to the same place; give each its own.")
    for name in named:
        if name == STANDARD:
            continue
        path = Path(name)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
        if path.is_file() and not force:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path.parent))


def write_result(text: str, target: str | None, *, force: bool) -> None:
    """Write a result to a file, or to standard output where no file is named."""
    if target is None or target == STANDARD:
        # As bytes, so that JSON is UTF-8 whatever the terminal's encoding.
        sys.stdout.flush()
        _write_all(sys.stdout.buffer, text.encode())
    else:
        write_atomically(target, text, overwrite=force)


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write the whole of it; an unbuffered stream may take a part at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]
    stream.flush()
