"""Removing what names people from a round's folder, all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mentormatch.data.problem import Problem
from mentormatch.exporters.output_folder import OutputFolder
from mentormatch.importers.round_folder import PROGRAMME, SECTIONS

VERSIONS = "versions"
GROUPS = "groups.csv"

_PREFIX, _SUFFIX = ".purged-", ".tmp"
"""How folders are called in which things stand between being moved away and being deleted."""


@dataclass(frozen=True)
class Remains:
    """What there is of a round that is over.

    Attributes
    ----------
    named
        Files and folders that name people: sign-ups, results, published versions.
    unsure
        What else lies beside the sign-ups, and links; nobody looked into it.
    """

    named: tuple[Path, ...]
    unsure: tuple[Path, ...]


def remains(problem: Problem, source: str, matching: str, kept: Iterable[Path]) -> Remains:
    """Return what names people of a round, and what may.

    Parameters
    ----------
    problem
        The problem.
    source
        Its file or folder.
    matching
        The file of the matching.
    kept
        Files that stay: the key, and what the purge writes.
    """
    place, roster = Path(source), Path(matching)
    found = [place / f"{section}.csv" for section in SECTIONS] if place.is_dir() else [place]
    found += [place / VERSIONS] if place.is_dir() else []
    for folder in dict.fromkeys((place if place.is_dir() else place.parent, roster.parent.parent)):
        found += [one for one in _inside(folder) if OutputFolder(one).is_ours]
    if not any(one.resolve() in roster.resolve().parents for one in found):
        found.append(roster)
    there = list(dict.fromkeys(one for one in found if one.exists()))
    links = [one for one in there if one.is_symlink()]
    stays = {one.resolve() for one in kept}
    others: list[Path] = []
    if place.is_dir():
        known = {*there, *(place / name for name in (PROGRAMME, GROUPS))}
        others = [one for one in _inside(place) if one not in known and one.resolve() not in stays]
        if _names_people(place / PROGRAMME, problem):
            others.append(place / PROGRAMME)
    return Remains(tuple(one for one in there if one not in links), (*links, *others))


def remove(paths: Sequence[Path]) -> None:
    """Delete files and folders for good: all of them, or none if one cannot be moved away.

    Raises
    ------
    OSError
        If one of them cannot be moved; then everything is where it was.
    """
    stages: dict[Path, Path] = {}
    moved: list[tuple[Path, Path]] = []
    try:
        for number, path in enumerate(paths):
            parent = path.parent
            if parent not in stages:
                made = tempfile.mkdtemp(dir=parent, prefix=_PREFIX, suffix=_SUFFIX)
                stages[parent] = Path(made)
            aside = stages[parent] / str(number)
            path.rename(aside)
            moved.append((path, aside))
    except OSError:
        for path, aside in reversed(moved):
            aside.rename(path)
        for stage in stages.values():
            with suppress(OSError):
                stage.rmdir()
        raise
    for stage in stages.values():
        shutil.rmtree(stage)


def finish(folders: Iterable[Path]) -> int:
    """Delete what an earlier removal had moved away when it was ended; return how many."""
    left = [
        one
        for folder in dict.fromkeys(folders)
        for one in _inside(folder)
        if one.name.startswith(_PREFIX) and one.name.endswith(_SUFFIX) and not one.is_symlink()
    ]
    for one in left:
        shutil.rmtree(one)
    return len(left)


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _names_people(programme: Path, problem: Problem) -> bool:
    """Whether a programme names somebody, in rules or anywhere else."""
    try:
        text = programme.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    names = {
        name
        for person in problem.round.people
        for name in (person.id, person.name, person.email)
        if name
    }
    quoted = {part for mark in "\"'" for part in text.split(mark)[1::2]}
    return not names.isdisjoint(quoted)
