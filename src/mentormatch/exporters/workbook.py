"""The roster as an Excel workbook: a sheet to read and a sheet for mail merge."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import MissingExtraError
from mentormatch.exporters.facts import GroupFacts, group_facts
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.phrases import PHRASES
from mentormatch.exporters.roster import COLUMNS, Line, lines, when
from mentormatch.importers.sheet import clean
from mentormatch.text import one_line

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TO_READ, TO_MERGE = "Groups", "Mail merge"
"""Names of the two sheets."""

READ_COLUMNS = (
    *(("Group", 10), ("Time", 24), ("Dates", 28), ("Language", 12), ("Where", 12)),
    *(("Topic", 16), ("Mentors", 26), ("Students", 34), ("Number of students", 10)),
    *(("Name", 16), ("Link", 28)),
)
"""Headings of the sheet to read, and how wide their columns are, in characters."""

MERGE_COLUMNS = (
    *COLUMNS,
    "email",
    *("time", "zone", "meetings", "first_meeting", "all_meetings"),
    *("language_name", "where", "mentors", "group_name", "place", "link"),
)
"""Headings of the sheet for mail merge: those of the roster, and the same put for people."""

GROUPS_SEAL, MERGE_SEAL = "mentormatch-groups", "mentormatch-merge"
"""Properties of the file: what the sheet to read, and the columns put for people, were."""

DERIVED = len(COLUMNS) + 1
"""Where the columns begin that say of a group what follows from the others."""

MOST_IN_CELL = 32_767
"""Most characters that a cell holds; Excel refuses more."""

# A fixed time, so that the same roster gives the same bytes.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # The file format knows no zone.


def roster_xlsx(problem: Problem, matching: Matching, *, details: Details = NO_DETAILS) -> bytes:
    """Return the roster as an Excel workbook in which every cell is text.

    It is for coordinators, like :func:`roster_csv`. The same matching gives the same bytes.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    details
        Names, places and links of groups, by id.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If the package of the extra ``xlsx`` is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        message = 'Writing XLSX needs a package: pip install "mentormatch[xlsx]"'
        raise MissingExtraError(message) from None
    stream = io.BytesIO()
    # What is written goes through write_string alone; the options are a second lock.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(stream, options) as book:
        book.set_properties({"created": _CREATED})
        heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        everybody = list(lines(problem, matching, details))
        read = rows_to_read(problem, matching, details)
        merged = [merged_row(line) for line in everybody]
        book.set_custom_property(GROUPS_SEAL, seal(read))
        book.set_custom_property(MERGE_SEAL, seal({row[DERIVED:] for row in merged}))
        to_read = book.add_worksheet(TO_READ)
        _fill(to_read, READ_COLUMNS, read, heading, wrapped)
        to_read.set_landscape()
        to_read.fit_to_pages(1, 0)
        to_read.repeat_rows(0)
        to_merge = book.add_worksheet(TO_MERGE)
        widths = [(name, 16) for name in MERGE_COLUMNS]
        _fill(to_merge, widths, merged, heading, None)
    return stream.getvalue()


def _fill(
    sheet: Worksheet,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str]],
    heading: Format,
    cell: Format | None,
) -> None:
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, heading)
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, cell)
    sheet.freeze_panes(1, 1)


def seal(rows: Iterable[Sequence[str]]) -> str:
    """Return a digest of rows, whatever their order, by which a change of them is seen."""
    texts = sorted({json.dumps([one_line(clean(cell)) for cell in row]) for row in rows})
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def rows_to_read(
    problem: Problem, matching: Matching, details: Details = NO_DETAILS
) -> list[tuple[str, ...]]:
    """Return the rows of the sheet to read, without its headings.

    Raises
    ------
    InputError
        If the matching names somebody or a slot that the problem does not have.
    """
    return [
        tuple(_fitting(cell) for cell in row) for row in _rows_to_read(problem, matching, details)
    ]


def _rows_to_read(
    problem: Problem, matching: Matching, details: Details
) -> Iterator[Sequence[str]]:
    words = PHRASES["en"]
    for facts in group_facts(problem, matching, details):
        yield (
            facts.id,
            when(facts),
            "\n".join(words.date(meeting.start) for meeting in facts.meetings),
            facts.spoken(words),
            facts.where(words),
            facts.topic or "",
            "\n".join(facts.mentors),
            "\n".join(facts.students),
            str(len(facts.students)),
            facts.name if facts.name != facts.id else "",
            facts.link,
        )
    everybody = lines(problem, matching)
    left_out = [line.name or line.id for line in everybody if line.group is None]
    if left_out:
        row = [""] * len(READ_COLUMNS)
        row[0], row[7], row[8] = "Left out", "\n".join(left_out), str(len(left_out))
        yield row


def merged_row(line: Line) -> tuple[str, ...]:
    """Return a row of the sheet for mail merge."""
    derived = group_cells(line.facts) if line.facts else ("",) * (len(MERGE_COLUMNS) - DERIVED)
    return tuple(_fitting(cell) for cell in (*line.cells, line.email, *derived))


def group_cells(facts: GroupFacts) -> tuple[str, ...]:
    """Return what the sheet for mail merge says of a group besides the roster's columns."""
    words = PHRASES["en"]
    meetings = [
        f"{words.date(meeting.start)}, {words.hours(meeting.start, meeting.end)}"
        for meeting in facts.meetings
    ]
    return (
        when(facts),
        facts.zone,
        str(len(meetings)),
        meetings[0] if meetings else "",
        "; ".join(meetings),
        facts.spoken(words),
        facts.where(words),
        words.names(facts.mentors),
        facts.name,
        facts.place,
        facts.link,
    )


def _fitting(text: Any) -> str:
    """Return what a cell can hold; only lists of very many names are longer."""
    return text if len(text) <= MOST_IN_CELL else f"{text[: MOST_IN_CELL - 4]} ..."
