"""One column for each time of the day, with the weekdays in it on which people can come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from mentormatch.data.people import Answer
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability.base import Heading, Shape, Unit
from mentormatch.importers.availability.time_words import asks_when_not, question_part, read_when
from mentormatch.importers.availability.times import (
    DAY_MINUTES,
    Reading,
    ReadingContext,
    Says,
    Span,
    Times,
    clock,
    usual_step,
)
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import Table, key_of, required_places
from mentormatch.importers.words import NOTHING, DayLanguage

_ENTRY = re.compile(r"[;,\n&+/]|\s(?:and|ja|och)\s")


class HourColumns(Shape):
    """One column for each time of the day, with weekdays in it."""

    shape: Literal["hour_columns"] = "hour_columns"
    columns: Annotated[Mapping[Heading, Heading], Field(min_length=1)] = Field(
        description="The time of the day that each column is about, such as '09:00-11:00'."
    )
    says: Says = Field(default="available", description="What a named weekday says.")
    unit: Unit = Field(default=60, description="Minutes of a time that names no end.")

    titles: ClassVar[str] = "a column for each time of the day with weekdays in it"

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the times."""
        return tuple(self.columns)

    def read(self, table: Table, context: ReadingContext) -> Reading:  # noqa: ARG002  # Columns say all.
        """Return the times at which each person is free."""
        places = required_places(table, self.headings(), "availability.columns")
        hours: dict[int, tuple[int, int]] = {}
        faults = []
        for heading, text in self.columns.items():
            found = _hours(text, self.weekdays_in, self.unit)
            if found is None:
                message = f"{text!r} is not a time of the day such as '09:00-11:00'"
                faults.append(Fault("wrong_time", f"availability.columns.{heading}", message))
            else:
                hours[places[heading]] = found
        if faults:
            raise InputError(faults)
        named: dict[int, dict[int, set[int]]] = {}
        findings: list[Finding] = []
        for row in table.rows:
            named[row.number] = {
                place: self._weekdays(table, row, place, findings) for place in hours
            }
        days = sorted({day for row in named.values() for found in row.values() for day in found})
        form_hours = tuple(Span(day, *hours[place]) for place in hours for day in days)
        wrong = {(one.row, one.column) for one in findings}
        times = {}
        for row in table.rows:
            free: dict[Span, Answer] = {}
            for place, span in hours.items():
                chosen = named[row.number][place]
                if self.says == "unavailable":
                    # What could not be read may be any day, so none is sure to be free.
                    unsure = (row.number, place) in wrong
                    chosen = set() if unsure else set(days) - chosen
                free |= {Span(day, *span): "yes" for day in chosen}
            times[row.number] = Times(free, given=any(row.cells[place] for place in hours))
        return Reading(times, form_hours, tuple(findings))

    @classmethod
    def suggest(cls, table: Table, languages: Sequence[DayLanguage]) -> tuple[int, Self] | None:
        """Propose it where two or more headings name a time and weekdays stand below."""
        named: dict[str, tuple[int, int | None]] = {}
        for place, heading in enumerate(table.headings):
            for part in (heading, *question_part(heading)):
                when = read_when(part, languages)
                if when is None or when.start is None:
                    continue
                if when.weekday is None and _holds_weekdays(table, place, languages):
                    named[heading] = (when.start, when.end)
                break
        places = [table.places[key_of(heading)] for heading in named]
        if len(named) < 2 or not any(table.column(place) for place in places):
            return None
        unit = usual_step((1, start) for start, _ in named.values())
        columns = {}
        for heading, (start, end) in named.items():
            last = min(start + unit if end is None else end, DAY_MINUTES)
            columns[heading] = f"{clock(start)}-{clock(last)}"
        return len(columns), cls(
            weekdays_in=tuple(languages),
            columns=columns,
            says="unavailable" if all(map(asks_when_not, columns)) else "available",
            unit=unit,
        )

    def _weekdays(self, table: Table, row: Row, place: int, findings: list[Finding]) -> set[int]:
        found: set[int] = set()
        for entry in _entries(row.cells[place]):
            day = _weekday(entry, self.weekdays_in)
            if day is not None:
                found.add(day)
            elif key_of(entry) not in NOTHING:
                message = "is not a weekday; "
                message += (
                    "it does not count as available"
                    if self.says == "available"
                    else "the person counts as unavailable at this time on all days"
                )
                findings.append(
                    table.finding(
                        "wrong_time", "lost", message, row=row.number, place=place, value=entry
                    )
                )
        return found


def _entries(cell: str) -> list[str]:
    return [entry.strip() for entry in _ENTRY.split(cell) if entry and entry.strip()]


def _weekday(entry: str, languages: Sequence[DayLanguage]) -> int | None:
    when = read_when(entry, languages)
    return None if when is None or when.start is not None else when.weekday


def _hours(text: str, languages: Sequence[DayLanguage], unit: int) -> tuple[int, int] | None:
    when = read_when(text, languages)
    if when is None or when.start is None or when.weekday is not None:
        return None
    end = when.start + unit if when.end is None else when.end
    return (when.start, end) if end <= DAY_MINUTES else None


def _holds_weekdays(table: Table, place: int, languages: Sequence[DayLanguage]) -> bool:
    entries = [entry for cell in table.column(place) for entry in _entries(cell)]
    entries = [entry for entry in entries if key_of(entry) not in NOTHING]
    found = sum(_weekday(entry, languages) is not None for entry in entries)
    return 2 * found > len(entries) if entries else True
