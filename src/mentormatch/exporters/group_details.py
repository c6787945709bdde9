"""What people decide about groups by hand: names, rooms and links."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mentormatch.data.nouns import MAX_TEXT
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.exporters.spelling import guarded, unguarded
from mentormatch.importers.sheet import clean

COLUMNS = ("id", "name", "place", "link")
"""Headings of the list of groups; only the first is needed."""

MAX_LINK = 2_000
"""Longest link, in characters."""

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True)
class GroupDetails:
    """What participants are told of a group besides what was matched; all may be empty."""

    name: str = ""
    place: str = ""
    link: str = ""


Details = Mapping[str, GroupDetails]
"""Details by the id of the group."""

NO_DETAILS: Details = {}


def read_details(path: str | Path) -> dict[str, GroupDetails]:
    """Read a list of groups: a table with ``id``, and where wanted ``name``, ``place``, ``link``.

    Raises
    ------
    InputError
        With every fault, by row.
    MissingExtraError
        If it is a workbook and the package of the extra ``xlsx`` is not installed.
    """
    from mentormatch.importers.files.opening import read_grid

    grid = read_grid(path)
    headings = [clean(cell).casefold() for cell in grid.rows[0].cells]
    faults = []
    if "id" not in headings:
        near = nearest("id", [heading for heading in headings if heading])
        raise InputError([Fault("no_column", grid.name, "has no column 'id' of groups", near)])
    for heading in filter(None, headings):
        if heading not in COLUMNS:
            message = f"has a column {heading[:40]!r}, which is not one of {', '.join(COLUMNS)}"
            faults.append(Fault("unknown_column", grid.name, message, nearest(heading, COLUMNS)))
    found: dict[str, GroupDetails] = {}
    for row in grid.rows[1:]:
        cells = {
            name: unguarded(clean(row.cells[headings.index(name)]))
            for name in COLUMNS
            if name in headings and headings.index(name) < len(row.cells)
        }
        group = cells.pop("id", "")
        where = f"{grid.name} row {row.number}"
        if not group:
            if any(cells.values()):
                faults.append(Fault("no_id", f"{where}, column id", "names no group"))
            continue
        if group in found:
            message = f"names the group {group[:60]!r}, which stands above"
            faults.append(Fault("repeated_group", f"{where}, column id", message))
        for name, cell in cells.items():
            if len(cell) > (most := MAX_LINK if name == "link" else MAX_TEXT):
                message = f"has {len(cell):,} characters, more than {most:,}"
                faults.append(Fault("wrong_cell", f"{where}, column {name}", message))
        if cells.get("link") and not _LINK.fullmatch(cells["link"]):
            message = "is not a link such as 'https://meet.example.org/room'"
            faults.append(Fault("wrong_cell", f"{where}, column link", message))
        found[group] = GroupDetails(**cells)
    if faults:
        raise InputError(faults)
    return found


def details_csv(groups: Iterable[str], details: Details) -> bytes:
    """Return the list of these groups to be filled in, and below it what is known of others."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in dict.fromkeys((*groups, *details)):
        known = details.get(group, GroupDetails())
        writer.writerow(map(guarded, (group, known.name, known.place, known.link)))
    return stream.getvalue().encode("utf-8-sig")
