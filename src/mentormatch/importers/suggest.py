"""A mapping proposed from headings and sample cells, for somebody to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from mentormatch.data.people import is_email
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability import SHAPES, AnyShape
from mentormatch.importers.cleaning.instants import day_comes_first
from mentormatch.importers.cleaning.roles import Role
from mentormatch.importers.coded_columns import CodedColumns, coded_columns
from mentormatch.importers.known_headings import MONTH_FIRST, form_of
from mentormatch.importers.mapping import FileLayout, SurveyMapping
from mentormatch.importers.sheet import Row
from mentormatch.importers.suggest_columns import columns_of, counts_rows, question_on_mentoring
from mentormatch.importers.table import NAMELESS, Grid, Table, is_for_programs, key_of, table_of
from mentormatch.importers.words import DayLanguage, read_answer

SPOKEN: Sequence[tuple[DayLanguage, ...]] = (
    ("en",),
    ("fi",),
    ("sv",),
    ("en", "fi"),
    ("fi", "sv"),
    ("en", "sv"),
)
"""Languages of a form, the likeliest first."""

MAX_TOP = 8
"""Rows among which the first row of headings is sought."""

MAX_DEPTH = 3

TOTALS = ("Count", "Total", "Yhteensä", "Lukumäärä", "Summa", "Antal")
"""How rows begin that polls put below the people."""

SAMPLES = 3

MAX_SAMPLE = 2_000
"""Rows by which columns are known."""


@dataclass(frozen=True)
class ColumnRead:
    """How one column would be read.

    Attributes
    ----------
    heading
        As it stands in the file.
    holds
        What it was taken for; None if it is not read.
    samples
        Some of its cells.
    """

    heading: str
    holds: str | None
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A mapping with what it would read.

    Attributes
    ----------
    mapping
        To be confirmed.
    columns
        How each column would be read.
    form
        Which form the export comes from, where that shows.
    coded
        Columns of codes of which the file does not say what they mean.
    """

    mapping: SurveyMapping
    columns: tuple[ColumnRead, ...]
    form: str | None
    coded: tuple[CodedColumns, ...] = ()


def suggest_mapping(grid: Grid) -> Proposal:
    """Propose which column of an export is what.

    Raises
    ------
    InputError
        If nothing in the file tells people apart.
    """
    if len(grid.rows) < 2:
        message = "holds one row, so headings or a person, but not both"
        raise InputError([Fault("no_people", grid.name, message)])
    proposed_from = replace(grid, rows=_sample(grid))
    table, rows, shape = _headings(proposed_from)
    people = table if shape is None else shape.people(table)
    columns = columns_of(people, shape)
    if not (columns.email or columns.name or columns.id):
        message = (
            "has no column that was known for an e-mail address or a name; name it in a mapping "
            "under 'columns'"
        )
        raise InputError([Fault("no_column", grid.name, message)])
    roles: dict[str, Role] = {}
    if (
        columns.role is None
        and (asked := question_on_mentoring(people, columns, shape)) is not None
    ):
        heading, roles = asked
        columns = columns.model_copy(update={"role": heading})
    day_first = None
    form = form_of(table.headings)
    if columns.completed is not None:
        place = table.place(columns.completed)
        assert place is not None, "taken from the headings"
        day_first = False if form in MONTH_FIRST else day_comes_first(table.column(place))
    mapping = SurveyMapping(
        file=FileLayout(
            sheet=grid.sheet
            if any(one.code == "several_sheets" for one in grid.findings)
            else None,
            heading_rows=rows,
            ignored_rows=_totals(table),
        ),
        columns=columns,
        availability=shape,
        day_first=day_first,
        roles=roles,
    )
    held = {key_of(heading): name for heading, name in columns.headings().items()}
    held |= {key_of(heading): "availability" for heading in (shape.headings() if shape else ())}
    shown = table if people is table else people
    read = tuple(
        ColumnRead(heading, held.get(key_of(heading)), _samples(shown, place))
        for place, heading in enumerate(shown.headings)
        if heading
    )
    return Proposal(mapping, read, form, coded_columns(people, columns, shape))


def _sample(grid: Grid) -> tuple[Row, ...]:
    """Return the first rows and the last one, where a poll puts its totals."""
    return (*grid.rows[:MAX_SAMPLE], *grid.rows[MAX_SAMPLE:][-1:])


def _headings(grid: Grid) -> tuple[Table, tuple[int, ...], AnyShape | None]:
    """Return the grid under the rows of headings that name most of its columns, and its shape.

    Of several, the first: a second row of headings is sought where columns have none in the
    first.
    """
    best: tuple[int, Table, tuple[int, ...], AnyShape] | None = None
    for rows in _heading_rows(grid):
        table = table_of(grid, rows)
        shape = _shape(table)
        if shape is None or not (_names(table, shape) or shape.people(table) is not table):
            continue
        nameless = _nameless(table)
        if best is None or (nameless < best[0] and not _is_person(rows[-1], best[1], best[3])):
            best = nameless, table, rows, shape
        if best[0] == 0:
            break
    if best is None:
        rows = _rows_above_marks(grid)
        return table_of(grid, rows), rows, None
    return best[1:]


def _nameless(table: Table) -> int:
    """Return how many columns without a heading hold anything in several rows.

    One stray cell to the right of a row is no column, and the numbers that a program gave the rows
    are none either: no reason to take somebody's row for a second row of headings.
    """
    return sum(
        heading.startswith(NAMELESS)
        and len(cells := table.column(place)) > 1
        and not counts_rows(cells)
        for place, heading in enumerate(table.headings)
    )


def _rows_above_marks(grid: Grid) -> tuple[int, ...]:
    """Return the rows above one that holds marks for programs, or the first row alone."""
    tops = grid.rows[: MAX_DEPTH + 1]
    marks = next((at for at, row in enumerate(tops) if at and is_for_programs(row.cells)), 1)
    return tuple(row.number for row in grid.rows[:marks])


def _is_person(number: int, table: Table, shape: AnyShape) -> bool:
    """Whether a row answers the questions that the rows above it ask already."""
    row = next((one for one in table.rows if one.number == number), None)
    if row is None or table.turned is not None:
        return False
    places = [place for one in shape.headings() if (place := table.place(one)) is not None]
    said = [row.cells[place] for place in places if row.cells[place]]
    return any(read_answer(cell, {}) is not None for cell in said)


def _heading_rows(grid: Grid) -> Iterator[tuple[int, ...]]:
    """Yield which rows may hold the headings, the simplest first."""
    # Nobody's own address stands among the headings.
    above = takewhile(lambda row: not any(map(is_email, row.cells)), grid.rows)
    tops = [row for row in islice(above, MAX_TOP + MAX_DEPTH) if not _is_title(row)]
    numbers = [row.number for row in tops]
    for top in range(min(MAX_TOP, len(numbers))):
        for depth in range(1, MAX_DEPTH + 1):
            rows = tuple(numbers[top : top + depth])
            if len(rows) == depth and rows[-1] < grid.rows[-1].number:
                yield rows


def _is_title(row: Row) -> bool:
    """Whether a row holds one text, in the first column: the name of a survey or poll."""
    return (
        len(row.cells) > 1
        and [bool(cell.strip()) for cell in row.cells].index(True) == 0
        and (sum(bool(cell.strip()) for cell in row.cells) == 1)
    )


def _shape(table: Table) -> AnyShape | None:
    """Return the first shape that fits, in the languages in which it reads most."""
    for shape in SHAPES:
        found = [
            proposed
            for languages in SPOKEN
            if (proposed := shape.suggest(table, languages)) is not None
        ]
        if found:
            best: AnyShape = max(found, key=lambda one: one[0])[1]  # type: ignore[assignment]  # SHAPES are its members.
            return best
    return None


def _names(table: Table, shape: AnyShape) -> bool:
    columns = columns_of(table, shape)
    return bool(columns.email or columns.name)


def _totals(table: Table) -> tuple[str, ...]:
    words = {key_of(word): word for word in TOTALS}
    last = table.rows[-1].cells[0] if table.rows else ""
    return (last,) if key_of(last) in words else ()


def _samples(table: Table, place: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(table.column(place)))[:SAMPLES]
