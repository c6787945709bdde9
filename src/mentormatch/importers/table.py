"""A table of sign-ups: headings, rows, and where everything stood in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mentormatch.errors import Fault, InputError, nearest
from mentormatch.importers.findings import Effect, Finding, letters
from mentormatch.importers.sheet import Row, clean

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 5_000_000

NAMELESS = "Column "
"""How the headings begin that columns without one are given."""


@dataclass(frozen=True)
class Grid:
    """The cells of a file before anybody says which row holds the headings.

    Attributes
    ----------
    name
        Name of the file.
    rows
        Those that are not empty, with their numbers.
    findings
        What reading the file had to decide.
    sheet
        The sheet of a workbook that was read.
    """

    name: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()
    sheet: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows under headings.

    Attributes
    ----------
    name
        Name of the file.
    headings
        Each once; repeated ones are numbered.
    rows
        One for each person.
    untidy
        Row numbers and places of cells with spaces or letters in an unusual form.
    turned
        Where people are columns: the number of the file's row for each place, else None.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    untidy: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)
    turned: tuple[int, ...] | None = field(default=None, repr=False)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Place of each heading, by its text without regard to case and spaces."""
        return {key_of(heading): place for place, heading in enumerate(self.headings)}

    def heading_alone(self, place: int) -> str:
        """Return a heading without the number that one of several alike was given."""
        heading = self.headings[place]
        found = re.fullmatch(r"(.+) \(\d+\)", heading)
        return found[1] if found is not None and found[1] in self.headings else heading

    def place(self, heading: str) -> int | None:
        """Return where a heading stands, or None if it does not."""
        return self.places.get(key_of(heading))

    def column(self, place: int) -> list[str]:
        """Return the cells of a column that are not empty."""
        return [row.cells[place] for row in self.rows if row.cells[place]]

    def finding(
        self,
        code: str,
        effect: Effect,
        message: str,
        *,
        row: int | None = None,
        place: int | None = None,
        value: str | None = None,
        near: str | None = None,
        near_row: int | None = None,
    ) -> Finding:
        """Return a finding about a cell, a row or the whole table."""
        if self.turned is None:
            heading = None if place is None else self.headings[place]
            return Finding(
                code, effect, message, self.name, row, place, heading, value, near, near_row
            )
        # People stand side by side: what is a row here is a column of the file.
        column = None if row is None else row
        line = None if place is None else self.turned[place]
        return Finding(code, effect, message, self.name, line, column, None, value, near)


def key_of(text: str) -> str:
    """Return a text without regard to case, spaces and Unicode form."""
    return " ".join(clean(text).casefold().split())


def table_of(grid: Grid, heading_rows: Sequence[int], ignored: Sequence[str] = ()) -> Table:
    """Return a grid as a table.

    Parameters
    ----------
    grid
        The cells.
    heading_rows
        Numbers of the rows that hold the headings, one below the other. Of several, an upper
        one counts for the cells to the right as well, until its next entry.
    ignored
        Rows that begin with one of these words are no people.

    Raises
    ------
    InputError
        If a row of headings is empty or missing.
    """
    by_number = {row.number: row for row in grid.rows}
    missing = [number for number in heading_rows if number not in by_number]
    if missing or not heading_rows:
        message = f"row {missing[0] if missing else 1} is empty, but was said to hold headings"
        raise InputError([Fault("no_headings", grid.name, message)])
    width = max(len(row.cells) for row in grid.rows)
    levels = [
        [*map(_tidy, by_number[number].cells), *[""] * (width - len(by_number[number].cells))]
        for number in heading_rows
    ]
    for upper in levels[:-1]:
        _fill_right(upper, levels[-1])
    joined = [" | ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*levels, strict=True)]
    below = [row for row in grid.rows if row.number > max(heading_rows)]
    while joined and not joined[-1] and not any(_at(row, len(joined) - 1) for row in below):
        joined.pop()
    width = len(joined)
    skipped = {key_of(word) for word in ignored}
    rows = []
    untidy = set()
    for row in grid.rows:
        if row.number <= max(heading_rows) or key_of(row.cells[0] if row.cells else "") in skipped:
            continue
        cells = tuple(map(_tidy, row.cells))
        untidy |= {
            (row.number, place)
            for place, (raw, tidy) in enumerate(zip(row.cells, cells, strict=True))
            if raw != tidy and place < width
        }
        if any(cells) and not is_for_programs(cells):
            rows.append(Row(row.number, (*cells, *[""] * (width - len(cells)))))
    for place in range(width):
        if not joined[place] and any(row.cells[place] for row in rows):
            joined[place] = f"{NAMELESS}{letters(place)}"
    return Table(grid.name, tuple(_numbered(joined)), tuple(rows), frozenset(untidy))


def turned(table: Table, corner: int, headings: Sequence[str]) -> Table:
    """Return a table whose people stand side by side with its people one below the other.

    Parameters
    ----------
    table
        People are its columns from place ``corner`` on.
    corner
        How many columns say what the rows are about.
    headings
        What each row is about.
    """
    people = [
        Row(place, (table.headings[place], *(row.cells[place] for row in table.rows)))
        for place in range(corner, len(table.headings))
        if table.headings[place]
    ]
    numbers = (1, *(row.number for row in table.rows))
    titles = tuple(_numbered(["Name", *headings]))
    return Table(table.name, titles, tuple(people), turned=numbers)


def required_places(
    table: Table, headings: Sequence[str], what: str, *, people: bool = False
) -> dict[str, int]:
    """Return the places of headings that a mapping names.

    Parameters
    ----------
    table
        The table.
    headings
        Those that must stand in it.
    what
        Where in the mapping they are named.
    people
        Whether other headings are names of people, so that none is offered as the nearest.

    Raises
    ------
    InputError
        If one does not stand in the table.
    """
    faults = []
    found = {}
    for heading in headings:
        place = table.place(heading)
        if place is None:
            message = f"{table.name} has no column {heading!r}"
            near = None if people else nearest(heading, table.headings)
            faults.append(Fault("no_column", what, message, near))
        else:
            found[heading] = place
    if faults:
        raise InputError(faults)
    return found


def _at(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def is_for_programs(cells: Sequence[str]) -> bool:
    """Whether a row holds marks for programs in every cell: Qualtrics writes one such row."""
    return all(not cell or re.fullmatch(r'\{"\w+":.*\}', cell) for cell in cells)


def _tidy(cell: str) -> str:
    """Return a cell without spaces in excess in any of its lines."""
    return "\n".join(" ".join(line.split()) for line in clean(cell).split("\n"))


def _fill_right(upper: list[str], lowest: Sequence[str]) -> None:
    """Let an entry of an upper row of headings count up to the next one.

    A merged cell keeps its text only in its first column.
    """
    last = ""
    for place, entry in enumerate(upper):
        if entry:
            last = entry
        elif lowest[place]:
            upper[place] = last


def _numbered(headings: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for heading in headings:
        key = key_of(heading)
        seen[key] = seen.get(key, 0) + 1
        result.append(heading if seen[key] == 1 or not heading else f"{heading} ({seen[key]})")
    return result
