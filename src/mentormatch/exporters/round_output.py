"""All that is handed out of a matched round: the files of its folder, or a roster alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, MissingExtraError
from mentormatch.exporters.calendars import calendars
from mentormatch.exporters.group_details import NO_DETAILS, Details, details_csv
from mentormatch.exporters.report import render_report
from mentormatch.exporters.roster import roster_csv
from mentormatch.exporters.texts import texts
from mentormatch.exporters.workbook import roster_xlsx
from mentormatch.files import write_atomically

Part = Literal[
    "matching.json", "report.html", "roster.csv", "roster.xlsx", "calendars", "texts", "groups.csv"
]

CALENDARS = "calendars"
TEXTS = "texts"
GROUPS: Part = "groups.csv"
"""The list of groups, in which names, places and links can be filled in for the next time."""


@dataclass(frozen=True)
class Needed:
    """What a part of the output needs."""

    package: str
    extra: str

    @property
    def installed(self) -> bool:
        """Whether the package is there."""
        return find_spec(self.package) is not None


PARTS: Mapping[Part, Needed | None] = {
    "matching.json": None,
    "report.html": Needed("jinja2", "cli"),
    "roster.csv": None,
    "roster.xlsx": Needed("xlsxwriter", "xlsx"),
    "calendars": Needed("icalendar", "ics"),
    "texts": Needed("jinja2", "cli"),
    GROUPS: None,
}
"""What the folder holds, and what each part needs beyond the library."""


def missing_parts() -> dict[Part, str]:
    """Return the parts whose package is not installed, with what to install."""
    return {
        part: f'pip install "mentormatch[{needed.extra}]"'
        for part, needed in PARTS.items()
        if needed is not None and not needed.installed
    }


def round_files(
    problem: Problem,
    matching: Matching,
    *,
    previous: Mapping[str, bytes] | None = None,
    templates: str | Path | None = None,
    details: Details = NO_DETAILS,
    organizer: str | None = None,
    without: Collection[Part] = (),
) -> dict[str, bytes]:
    """Return the files of the output folder, by path inside it.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    previous
        The calendar files of the output before this one, by name.
    templates
        Folder of own templates for the texts.
    details
        Names, places and links of groups, by id.
    organizer
        Address from which calendars invite people, if they are to.
    without
        Parts that are not wanted.

    Raises
    ------
    InputError
        If a template or a previous calendar cannot be used.
    InputError
        If the matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If a package that a part needs is not installed.
    """
    for part, install in missing_parts().items():
        if part not in without:
            raise MissingExtraError(f"{part} needs a package: {install}")
    files: dict[str, bytes] = {}
    if "matching.json" not in without:
        files["matching.json"] = (matching.to_json() + "\n").encode()
    if "report.html" not in without:
        files["report.html"] = render_report(problem, matching, details).encode()
    if "roster.csv" not in without:
        files["roster.csv"] = csv_bytes(problem, matching)
    if "roster.xlsx" not in without:
        files["roster.xlsx"] = roster_xlsx(problem, matching, details=details)
    if "calendars" not in without:
        found = calendars(
            problem, matching, previous=previous, details=details, organizer=organizer
        )
        files |= {f"{CALENDARS}/{name}": data for name, data in found.items()}
    if "texts" not in without:
        made = texts(problem, matching, templates=templates, details=details)
        files |= {f"{TEXTS}/{name}": text.encode() for name, text in made.items()}
    if GROUPS not in without:
        files[GROUPS] = details_csv((group.id for group in matching.groups), details)
    return files


def write_roster(
    problem: Problem,
    matching: Matching,
    path: str | Path,
    *,
    raw: bool = False,
    overwrite: bool = False,
    details: Details = NO_DETAILS,
) -> None:
    """Write the roster as CSV or XLSX to a file that only its owner can read.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    path
        Where the roster is to stand; ``.csv`` or ``.xlsx`` at its end says which it is.
    raw
        Whether cells of a CSV stand as they are, for programs and not for spreadsheets.
    overwrite
        Whether a file that is there already may be replaced.
    details
        Names, places and links of groups, by id, for a workbook.

    Raises
    ------
    FileExistsError
        If the file is there and may not be replaced.
    InputError
        If the name has another ending.
    InputError
        If the matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If the package of the extra ``xlsx`` is needed and not installed.
    """
    ending = Path(path).suffix.lower()
    if ending == ".xlsx":
        write_atomically(path, roster_xlsx(problem, matching, details=details), overwrite=overwrite)
    elif ending == ".csv":
        write_atomically(path, csv_bytes(problem, matching, raw=raw), overwrite=overwrite)
    else:
        message = f"ends in {ending!r}; a roster is written as .csv or .xlsx"
        raise InputError([Fault("unknown_ending", str(path), message)])


def csv_bytes(problem: Problem, matching: Matching, *, raw: bool = False) -> bytes:
    """Return the roster as a CSV file in UTF-8, with the mark by which Excel knows that."""
    return roster_csv(problem, matching, raw=raw).encode("utf-8" if raw else "utf-8-sig")
