"""What was changed in a workbook where a change does not count."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.exporters.group_details import Details
from mentormatch.exporters.roster import lines
from mentormatch.exporters.workbook import (
    DERIVED,
    GROUPS_SEAL,
    MERGE_COLUMNS,
    MERGE_SEAL,
    READ_COLUMNS,
    TO_MERGE,
    TO_READ,
    merged_row,
    rows_to_read,
    seal,
)
from mentormatch.importers.files.opening import file_bytes, read_grid
from mentormatch.importers.files.xlsx_file import DAMAGED
from mentormatch.importers.sheet import MAX_FILE_BYTES, Row, clean
from mentormatch.text import one_line

Known = tuple[Problem, Matching, Details]

if TYPE_CHECKING:
    from mentormatch.importers.table import Grid

FOLLOWING = MERGE_COLUMNS[DERIVED:]
"""Columns of the sheet for mail merge that follow from the others."""


def changed_cells(
    path: Path,
    grid: Grid,
    problem: Problem,
    matching: Matching,
    came_from: Matching | None,
    details: Details,
) -> Iterator[Fault]:
    """Yield a fault for each cell of a workbook that was changed and does not count.

    People are moved in the roster's columns of the sheet for mail merge. What is said besides,
    there and in the sheet to read, either is as it was written or agrees with these columns.

    Parameters
    ----------
    path
        The workbook.
    grid
        Its sheet for mail merge.
    problem
        The problem whose people and slots it names.
    matching
        What was read from the roster's columns.
    came_from
        The matching of which the workbook was written, if it is known.
    details
        Names, places and links of groups, by id.
    """
    seals = _seals(path)
    known = _known(problem, matching, came_from, details)
    yield from _changed_in_merge(grid, seals.get(MERGE_SEAL), known)
    yield from _changed_in_groups(path, seals.get(GROUPS_SEAL), known)


def _known(
    problem: Problem, matching: Matching, came_from: Matching | None, details: Details
) -> list[Known]:
    """Return the matchings that can be written: the one now, and the one before."""
    found = [(problem, matching, details)]
    if came_from is not None:
        try:
            rows_to_read(problem, came_from)
        except InputError:
            return found
        found.append((problem, came_from, details))
    return found


def _changed_in_merge(grid: Grid, sealed: str | None, known: Sequence[Known]) -> Iterator[Fault]:
    headings = [clean(cell).casefold() for cell in grid.rows[0].cells]
    places = {name: headings.index(name) for name in FOLLOWING if name in headings}
    if not places:
        return
    rows = [(row, tuple(_cell(row, place) for place in places.values())) for row in grid.rows[1:]]
    if len(places) == len(FOLLOWING) and seal({cells for _, cells in rows}) == sealed:
        return
    columns = [FOLLOWING.index(name) for name in places]
    right: set[tuple[str, ...]] = {("",) * len(places)}
    for each in known:
        for line in lines(*each):
            derived = merged_row(line)[DERIVED:]
            right.add(tuple(_plain(derived[place]) for place in columns))
    for row, cells in rows:
        if not any(map(clean, row.cells)) or cells in right:
            continue
        closest = max(right, key=lambda one: sum(map(str.__eq__, one, cells)))
        for name, cell, expected in zip(places, cells, closest, strict=True):
            if cell != expected:
                message = (
                    "was changed, but is filled in in groups.csv beside the roster"
                    if name in ("group_name", "place", "link")
                    else "was changed, but follows from the group, its slot and its dates; change "
                    "those instead"
                )
                where = f"{grid.name}, sheet {TO_MERGE!r} row {row.number}, column {name}"
                yield Fault("changed_cell", where, message)


def _changed_in_groups(path: Path, sealed: str | None, known: Sequence[Known]) -> Iterator[Fault]:
    try:
        grid = read_grid(path, sheet=TO_READ)
    except InputError:
        # Somebody may have thrown the sheet away.
        return
    width = len(READ_COLUMNS)
    found = [
        (row, tuple((*row.cells, *[""] * width)[:width]))
        for row in grid.rows[1:]
        if any(map(clean, row.cells[:width]))
    ]
    if seal([cells for _, cells in found]) == sealed:
        return
    found = [(row, tuple(map(_any_order, cells))) for row, cells in found]
    written = [_plain_rows(rows_to_read(*each)) for each in known]
    if any(sorted(cells for _, cells in found) == sorted(rows.values()) for rows in written):
        return
    # Named are the cells that differ from what the other sheet says.
    now = written[0]
    for row, cells in found:
        expected = now.get(cells[0])
        place = f"{grid.name}, sheet {TO_READ!r} row {row.number}"
        if expected is None:
            message = f"the sheet {TO_MERGE!r} has no such group"
            yield Fault("sheets_disagree", f"{place}, column {READ_COLUMNS[0][0]}", message)
            continue
        for (name, _), cell, right in zip(READ_COLUMNS, cells, expected, strict=True):
            if cell != right:
                message = (
                    "is filled in in groups.csv beside the roster, not here"
                    if name in ("Name", "Link")
                    else f"disagrees with the sheet {TO_MERGE!r}, where people are moved; change "
                    "it there, and here as well or not at all"
                )
                yield Fault("sheets_disagree", f"{place}, column {name}", message)
    for name in now.keys() - {cells[0] for _, cells in found}:
        message = f"has no row {name!r}, but the sheet {TO_MERGE!r} has it"
        yield Fault("sheets_disagree", f"{grid.name}, sheet {TO_READ!r}", message)


def _plain_rows(rows: Sequence[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {_any_order(row[0]): tuple(map(_any_order, row)) for row in rows}


def _any_order(cell: str) -> str:
    """Return a cell with its lines, such as names of students, sorted."""
    return "\n".join(sorted(filter(None, map(_plain, cell.split("\n")))))


def _cell(row: Row, place: int) -> str:
    return _plain(row.cells[place]) if place < len(row.cells) else ""


def _plain(text: str) -> str:
    return one_line(clean(text))


def _seals(path: Path) -> Mapping[str, str]:
    """Return the properties of a workbook that say what was written, if it still has them."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = io.BytesIO(file_bytes(path, MAX_FILE_BYTES))
            # The type stubs do not know the properties of a file.
            book: Any = load_workbook(data, read_only=True, keep_links=False)
            try:
                found = {one.name: str(one.value) for one in book.custom_doc_props.props}
            finally:
                book.close()
    except DAMAGED:
        return {}
    return found
