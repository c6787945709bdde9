"""The folder of results: everything that is handed out of one round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.explaining import NOT_FOR_HANDING_OUT
from mentormatch.cli.guard import UsageError
from mentormatch.cli.streams import STANDARD
from mentormatch.cli.terminal import say
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError, MissingExtraError
from mentormatch.exporters import (
    GroupDetails,
    OutputFolder,
    calendars,
    check_templates,
    missing_parts,
    read_details,
    round_files,
)
from mentormatch.exporters.round_output import GROUPS

DEFAULT = "out"
"""Folder of results inside a folder of sign-ups."""

Templates = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Own templates for the texts to groups and people.", show_default=False
    ),
]
GroupList = Annotated[
    Path | None,
    typer.Option(
        "--groups",
        metavar="FILE",
        help="Names, places and links of groups: a table with id, name, place, link. By default "
        "groups.csv of the folder of sign-ups, if there is one. What was filled in into groups.csv "
        "of the results is kept.",
        show_default=False,
    ),
]
Organizer = Annotated[
    str | None,
    typer.Option(
        metavar="EMAIL",
        help="Let calendars invite the people of a group from this address. Everybody in a group "
        "then sees the others' addresses.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Wishes:
    """What is wished of the results besides the matching."""

    templates: Path | None = None
    groups: Path | None = None
    organizer: str | None = None

    def refuse(self) -> None:
        """Refuse wishes where no folder of results is made."""
        for option, value in (
            ("--templates", self.templates),
            ("--groups", self.groups),
            ("--organizer", self.organizer),
        ):
            if value is not None:
                raise UsageError(
                    f"{option} is for a folder of results; name the folder with --output."
                )


def results_folder(problem: str, output: str | None) -> str | None:
    """Return where the folder of results goes, or None if the matching alone is wanted.

    Parameters
    ----------
    problem
        Where the problem is read from.
    output
        What was named for the results: a folder, a file that is there or ends in .json, or -.
    """
    if output is None:
        is_folder = problem != STANDARD and Path(problem).is_dir()
        return str(Path(problem) / DEFAULT) if is_folder else None
    if output == STANDARD or output.lower().endswith(".json"):
        return None
    path = Path(output)
    return None if path.exists() and not path.is_dir() else output


class ResultsFolder:
    """The folder in which everything of one round is handed out.

    Parameters
    ----------
    path
        Where it stands or is to stand.
    source
        Where the problem is read from.
    wishes
        What is wished of the results.
    force
        Whether a folder with something else in it may be put aside.
    read_back
        A file of the folder itself from which the matching is read.
    """

    def __init__(
        self, path: str, source: str, wishes: Wishes, *, force: bool, read_back: str | None = None
    ) -> None:
        edited: set[str] = {GROUPS}
        if read_back is not None and Path(read_back).resolve().parent == Path(path).resolve():
            edited.add(Path(read_back).name)
        self._folder = OutputFolder(path, read_back=edited)
        # Loaded where it is needed: it brings the whole of the library along.
        from mentormatch.replan.history import History

        is_folder = source != STANDARD and Path(source).is_dir()
        self._history = History(Path(source)) if is_folder else None
        self._wishes = wishes
        self._force = force
        self._news: list[str] = []
        inputs = (None if source == STANDARD else Path(source), wishes.templates, wishes.groups)
        self._keep = [each for each in inputs if each is not None]
        self._folder.check(force=force, keep=self._keep)
        self._previous = self._folder.files("calendars")
        self._before = _matching_in(self._folder)
        self._missing = missing_parts()
        for part, install in self._missing.items():
            if (self._folder.path / part).exists():
                message = f"{self._folder.path} has {part}, which needs a package: {install}"
                raise MissingExtraError(message)
        self.details = self._details(source)

    def check(self, problem: Problem) -> None:
        """Refuse, before anything is computed, what the results could not be made with."""
        if "texts" not in self._missing:
            check_templates(self._wishes.templates)
        if "calendars" not in self._missing:
            calendars(
                problem,
                Matching(status="UNKNOWN"),
                previous=self._previous,
                organizer=self._wishes.organizer,
            )
        elif self._wishes.organizer is not None:
            raise MissingExtraError(f"--organizer needs a package: {self._missing['calendars']}")

    def named(self, matching: Matching) -> Matching:
        """Return a matching whose groups keep the ids under which people know them."""
        from mentormatch.replan.identity import inherit_ids

        latest = self._history.latest() if self._history else None
        before = latest.matching if latest else self._before
        if before is None or not matching.groups:
            return matching
        used = set(self._history.used_ids()) if self._history else set()
        return inherit_ids(matching, before, sorted(used | self.details.keys()))

    def write(
        self,
        problem: Problem,
        matching: Matching,
        page: str | None = None,
        *,
        extra: Mapping[str, bytes] | None = None,
        why: str = "matched",
    ) -> None:
        """Put all results in place, or leave the folder as it is if there are no groups.

        Of a folder of tables, what is handed out is kept as a version beside the sign-ups.

        Parameters
        ----------
        problem
            The problem.
        matching
            Its matching.
        page
            The coordinator's page of explanations, if there is one.
        extra
            Further files, by path inside the folder.
        why
            What led to this version, in words.
        """
        path = self._folder.path
        if not matching.groups:
            kept = f"{path} was left as it was" if path.exists() else "nothing was written"
            self._news.append(f"There are no groups; {kept}.")
            return
        files = round_files(
            problem,
            matching,
            previous=self._previous,
            templates=self._wishes.templates,
            details=self.details,
            organizer=self._wishes.organizer,
            without=set(self._missing),
        )
        if page is not None:
            files[NOT_FOR_HANDING_OUT] = page.encode()
        files.update(extra or {})
        aside = self._folder.write(files, force=self._force, keep=self._keep)
        said = f"Everything is in {path}"
        if self._history is not None:
            version = self._history.add(problem, matching, why)
            said += f"; it is version {version.number} of the round"
        self._news.append(said)
        if page is not None:
            self._news.append(f"{NOT_FOR_HANDING_OUT} there tells reasons: do not hand it out")
        if aside is not None:
            self._news.append(f"What stood there before is in {aside}")
        groups = {group.id for group in matching.groups}
        if unknown := sorted(self.details.keys() - groups):
            self._news.append(f"{GROUPS} names groups that there are not: {', '.join(unknown)}")
        for part, install in self._missing.items():
            self._news.append(f"{part} was not written, it needs a package: {install}")

    @property
    def news(self) -> tuple[str, ...]:
        """What was written where, in words."""
        return tuple(self._news)

    def tell(self) -> None:
        """Say on standard error what was written where."""
        say("\n" + "\n".join(self._news))

    def _details(self, source: str) -> dict[str, GroupDetails]:
        """Return what is known of groups: what was filled in, and above it what is stated."""
        stated = self._wishes.groups
        if stated is None and source != STANDARD and (Path(source) / GROUPS).is_file():
            stated = Path(source) / GROUPS
        found: dict[str, GroupDetails] = {}
        for path in (self._folder.path / GROUPS, stated):
            if path is not None and (path == stated or path.is_file()):
                found |= read_details(path)
        return found


def _matching_in(folder: OutputFolder) -> Matching | None:
    """Return the matching that was handed out last, whose groups people know by their ids."""
    path = folder.path / "matching.json"
    if not folder.is_ours or not path.is_file():
        return None
    try:
        return Matching.from_json(path.read_bytes())
    except InputError:
        return None
