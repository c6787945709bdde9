"""The log of a desk: what was done by hand, line by line, beside the sign-ups.

Each change is on the disk before it is shown. A line that was cut off by a crash is the last one
and is passed over; the sign-ups are never written to.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from mentormatch.errors import Fault, InputError, MentorMatchError

FOLDER = "desk"
JOURNAL = "journal.jsonl"
LOCK = "lock"
FORMAT = "mentormatch/desk/1"


class DeskBusyError(MentorMatchError):
    """The desk of a round is open in another program."""


@dataclass(frozen=True)
class Entry:
    """One line: an action, or a step through them; the first holds the groups at the start."""

    kind: str
    data: Mapping[str, Any]


class Journal:
    """The log of one round's desk, open for one program at a time.

    Parameters
    ----------
    folder
        The round's folder.

    Raises
    ------
    DeskBusyError
        If another program has it open.
    """

    def __init__(self, folder: str | Path) -> None:
        self.path = Path(folder) / FOLDER / JOURNAL
        self.path.parent.mkdir(exist_ok=True)
        self._lock: IO[bytes] | None = (self.path.parent / LOCK).open("ab")
        try:
            _lock_file(self._lock)
        except OSError:
            self._lock.close()
            raise DeskBusyError(
                f"the desk of {Path(folder).name!r} is open in another program; close it there"
            ) from None

    def entries(self) -> Iterator[Entry]:
        """Yield what was written, the oldest first.

        Raises
        ------
        InputError
            If a line that is not the last one cannot be read, or a newer version wrote it.
        """
        if not self.path.exists():
            return
        lines = self.path.read_bytes().split(b"\n")
        whole = 0
        for number, line in enumerate(lines, 1):
            # What ends without a line's end was cut off while it was written.
            if number == len(lines):
                break
            try:
                read = json.loads(line)
                entry = Entry(str(read["kind"]), read["data"])
            except (ValueError, KeyError, TypeError):
                message = "is not a line of a desk's journal; put the file aside to begin anew"
                raise InputError(
                    [Fault("broken_journal", f"{JOURNAL} line {number}", message)]
                ) from None
            if number == 1 and entry.data.get("format") != FORMAT:
                message = f"is of the format {entry.data.get('format')!r}, not {FORMAT!r}"
                raise InputError([Fault("other_format", f"{JOURNAL} line 1", message)])
            whole += len(line) + 1
            yield entry
        if whole < self.path.stat().st_size:
            with self.path.open("rb+") as file:
                file.truncate(whole)

    def begin(self, start: Mapping[str, Any]) -> None:
        """Begin a new journal; an earlier one is kept beside it."""
        if self.path.exists():
            number = 1
            while (old := self.path.with_name(f"journal-{number}.jsonl")).exists():
                number += 1
            self.path.rename(old)
        self.write("begin", {"format": FORMAT, **start})

    def write(self, kind: str, data: Mapping[str, Any]) -> None:
        """Add a line, and return when it is on the disk."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": at, "kind": kind, "data": data}, ensure_ascii=False)
        with self.path.open("ab") as file:
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Let another program open the desk."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _lock_file(file: IO[bytes]) -> None:
    """Lock a file until it is closed, or the program ends however it may end."""
    try:
        import fcntl
    except ImportError:  # Windows has another call for it.
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
