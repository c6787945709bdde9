"""A grid turned on its side: rows are times, columns are people, as when2meet exports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field

from mentormatch.data.people import Answer
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability.base import Heading, Shape, Unit
from mentormatch.importers.availability.slot_columns import SlotColumns
from mentormatch.importers.availability.times import (
    Reading,
    ReadingContext,
    Span,
    span_of,
    usual_step,
)
from mentormatch.importers.table import Table, required_places, turned
from mentormatch.importers.words import DayLanguage, read_answer

_OFTEN = 0.8
"""Share of the rows that must name a time for a table to be taken for such a grid."""


class PeopleColumns(Shape):
    """One row for each time and one column for each person."""

    shape: Literal["people_columns"] = "people_columns"
    day: Heading | None = Field(
        default=None, description="Heading of the days, where they have a column of their own."
    )
    time: Heading = Field(description="Heading of the times.")
    unit: Unit = Field(default=15, description="Minutes from one row to the next.")
    answers: Mapping[Heading, Answer] = Field(
        default_factory=dict, description="Answers by other words or codes."
    )

    titles: ClassVar[str] = "a row for each time and a column for each person"

    def headings(self) -> tuple[str, ...]:
        """Return the headings of days and times."""
        return (self.time,) if self.day is None else (self.day, self.time)

    def people(self, table: Table) -> Table:
        """Return the people one below the other, under the times of the week.

        Raises
        ------
        InputError
            If a row names no time.
        """
        places = list(required_places(table, self.headings(), "availability", people=True).values())
        spans = _spans(table, places, self.weekdays_in, self.unit)
        faults = [
            Fault(
                "wrong_time",
                f"{table.name} row {row.number}",
                "names no weekday and time; the grid cannot be read without it",
            )
            for row, span in zip(table.rows, spans, strict=True)
            if span is None
        ]
        if faults:
            raise InputError(faults)
        return turned(table, max(places) + 1, [str(span) for span in spans])

    def read(self, table: Table, context: ReadingContext) -> Reading:
        """Return each person's answers, from a table turned by :meth:`people`."""
        columns = {heading: heading.split(" (")[0] for heading in table.headings[1:]}
        same = SlotColumns(columns=columns, unit=self.unit, answers=self.answers)
        return same.read(table, context)

    @classmethod
    def suggest(cls, table: Table, languages: Sequence[DayLanguage]) -> tuple[int, Self] | None:
        """Propose it where the first one or two columns name times row by row."""
        for corner in (2, 1):
            if len(table.headings) <= corner or not table.rows:
                continue
            spans = _spans(table, list(range(corner)), languages, 5)
            found = [span for span in spans if span is not None]
            marks = [cell for row in table.rows for cell in row.cells[corner:] if cell]
            answers = sum(read_answer(cell, {}) is not None for cell in marks)
            if len(found) < max(2, _OFTEN * len(spans)) or 2 * answers < len(marks):
                continue
            shape = cls(
                weekdays_in=tuple(languages),
                day=table.headings[0] if corner == 2 else None,
                time=table.headings[corner - 1],
                unit=usual_step((span.weekday, span.start) for span in found),
            )
            return len(found), shape
        return None


def _spans(
    table: Table, places: Sequence[int], languages: Sequence[DayLanguage], unit: int
) -> list[Span | None]:
    """Return the stretch that each row names; a day counts for the rows below it as well."""
    result: list[Span | None] = []
    day = ""
    for row in table.rows:
        cells = [row.cells[place] for place in places]
        if len(cells) == 2:
            day = cells[0] or day
            cells = [day, cells[1]]
        result.append(span_of(" ".join(cells), languages, unit))
    return result
