"""A folder of sign-ups and the folder of results that is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mentormatch.cli.explaining import NOT_FOR_HANDING_OUT
from mentormatch.cli.terminal import say
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import MissingExtraError
from mentormatch.exporters import (
    OutputFolder,
    calendars,
    check_templates,
    missing_parts,
    round_files,
)

DEFAULT = "out"
"""Folder of results inside a folder of sign-ups."""


class RoundFolder:
    """The folder in which everything of one round is handed out.

    Parameters
    ----------
    source
        Folder of the sign-ups.
    output
        Folder of the results, or None for the usual one.
    templates
        Folder of own templates, or None.
    force
        Whether a folder with something else in it may be replaced.
    """

    def __init__(
        self, source: Path, output: str | None, templates: Path | None, *, force: bool
    ) -> None:
        self._folder = OutputFolder(source / DEFAULT if output is None else output)
        self._templates = templates
        # Loaded where it is needed: it brings the whole of the library along.
        from mentormatch.replan.history import History

        self._history = History(source)
        self._force = force
        self._news: list[str] = []
        self._keep = [source] if templates is None else [source, templates]
        self._folder.check(force=force, keep=self._keep)
        self._previous = self._folder.files("calendars")
        self._missing = missing_parts()
        for part, install in self._missing.items():
            if (self._folder.path / part).exists():
                message = f"{self._folder.path} has {part}, which needs a package: {install}"
                raise MissingExtraError(message)

    def check(self, asked: Problem) -> None:
        """Refuse, before anything is computed, what the results could not be made with."""
        if "texts" not in self._missing:
            check_templates(self._templates)
        if "calendars" not in self._missing:
            calendars(asked, Matching(status="UNKNOWN"), previous=self._previous)

    def named(self, matching: Matching) -> Matching:
        """Return a matching whose groups keep the ids under which people know them."""
        from mentormatch.replan.identity import inherit_ids

        latest = self._history.latest()
        if latest is None or not matching.groups:
            return matching
        return inherit_ids(matching, latest.matching, self._history.used_ids())

    def write(
        self,
        asked: Problem,
        matching: Matching,
        page: str | None = None,
        *,
        extra: Mapping[str, bytes] | None = None,
        why: str = "matched",
    ) -> None:
        """Put all results in place, or leave the folder as it is if there are no groups.

        What is handed out is kept as a version beside the sign-ups.

        Parameters
        ----------
        asked
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
            asked,
            matching,
            previous=self._previous,
            templates=self._templates,
            without=set(self._missing),
        )
        if page is not None:
            files[NOT_FOR_HANDING_OUT] = page.encode()
        files.update(extra or {})
        aside = self._folder.write(files, force=self._force, keep=self._keep)
        version = self._history.add(asked, matching, why)
        self._news.append(f"Everything is in {path}; it is version {version.number} of the round")
        if page is not None:
            self._news.append(f"{NOT_FOR_HANDING_OUT} there tells reasons: do not hand it out")
        if aside is not None:
            self._news.append(f"What stood there before is in {aside}")
        for part, install in self._missing.items():
            self._news.append(f"{part} was not written, it needs a package: {install}")

    def tell(self) -> None:
        """Say on standard error what was written where."""
        say("\n" + "\n".join(self._news))
