"""Every published version of a round, kept in a folder beside the sign-ups."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError

FOLDER = "versions"
"""Name of the folder inside a round's folder."""
PROBLEM, MATCHING, NOTE = "problem.json", "matching.json", "note.json"


@dataclass(frozen=True)
class Version:
    """One published version.

    Attributes
    ----------
    number
        From 1, in order of publishing.
    path
        Its folder.
    published
        When, in UTC.
    why
        What led to it, in words.
    """

    number: int
    path: Path
    published: datetime
    why: str

    @property
    def problem(self) -> Problem:
        """The round as it was then."""
        return Problem.from_json((self.path / PROBLEM).read_bytes())

    @property
    def matching(self) -> Matching:
        """The matching that was published."""
        return Matching.from_json((self.path / MATCHING).read_bytes())


class History:
    """The versions of a round.

    A version is written beside the others and put in place by one renaming, so that a version is
    there as a whole or not at all. Versions are never changed.

    Parameters
    ----------
    round_folder
        Folder of the sign-ups; the versions are in a folder inside it that only its owner reads.
    """

    def __init__(self, round_folder: str | Path) -> None:
        self.path = Path(round_folder) / FOLDER

    def versions(self) -> list[Version]:
        """Return all versions, the first one first."""
        if not self.path.is_dir():
            return []
        found = [
            _read(path) for path in self.path.iterdir() if path.is_dir() and path.name.isdecimal()
        ]
        return sorted(found, key=lambda version: version.number)

    def latest(self) -> Version | None:
        """Return the version that people know; None before the first."""
        return next(reversed(self.versions()), None)

    def version(self, number: int) -> Version:
        """Return a version by its number.

        Raises
        ------
        InputError
            If there is no such version.
        """
        known = {version.number: version for version in self.versions()}
        if number not in known:
            listed = ", ".join(map(str, known)) or "none"
            message = f"there is no version {number}; there are {listed}"
            raise InputError([Fault("unknown_version", "version", message)])
        return known[number]

    def used_ids(self) -> set[str]:
        """Return every id that a group of the round ever had."""
        return {group.id for version in self.versions() for group in version.matching.groups}

    def add(self, problem: Problem, matching: Matching, why: str) -> Version:
        """Keep a version; if it is the same as the latest, that is returned and nothing written.

        Parameters
        ----------
        problem, matching
            What was published.
        why
            What led to it, in words.
        """
        latest = self.latest()
        texts = {PROBLEM: problem.to_json(), MATCHING: matching.to_json()}
        if latest is not None and _same(latest, texts, matching):
            return latest
        number = 1 if latest is None else latest.number + 1
        note = {"published": datetime.now(UTC).isoformat(timespec="seconds"), "why": why}
        texts[NOTE] = json.dumps(note, ensure_ascii=False, indent=2)
        self.path.mkdir(mode=0o700, exist_ok=True)
        stage = Path(tempfile.mkdtemp(dir=self.path, prefix=".", suffix=".tmp"))
        try:
            for name, text in texts.items():
                with (stage / name).open("w", encoding="utf-8") as stream:
                    stream.write(text + "\n")
                    stream.flush()
                    os.fsync(stream.fileno())
            target = self.path / f"{number:04d}"
            stage.rename(target)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        return _read(target)


def _read(path: Path) -> Version:
    note: dict[str, Any] = json.loads((path / NOTE).read_text(encoding="utf-8"))
    published = datetime.fromisoformat(note["published"])
    return Version(int(path.name), path, published, note["why"])


def _same(latest: Version, texts: dict[str, str], matching: Matching) -> bool:
    same_problem = (latest.path / PROBLEM).read_text(encoding="utf-8").strip() == texts[PROBLEM]
    known = latest.matching
    return same_problem and (known.groups, known.left_out) == (matching.groups, matching.left_out)
