"""One column for each weekday, with the hours in it at which people can, or cannot, come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field

from mentormatch.data.calendar import WEEKDAYS
from mentormatch.data.nouns import refusal
from mentormatch.importers.availability.base import Heading, Shape, Unit
from mentormatch.importers.availability.time_words import (
    asks_when_not,
    pairs_of_options,
    question_part,
    read_when,
    weekday_named,
)
from mentormatch.importers.availability.times import (
    DAY_MINUTES,
    Reading,
    ReadingContext,
    Says,
    Span,
    Times,
    clock,
    overlap,
    usual_step,
)
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import Table, key_of, required_places
from mentormatch.importers.words import NOTHING, WHOLE_DAY, DayLanguage

DayName = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_ENTRY = re.compile(r"[;,\n&+]|\s(?:and|ja|och)\s")
_DATE_MADE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")


def _hours(text: str) -> str:
    when = read_when(text, ("en",))
    if when is None or when.start is None or when.end is None or when.weekday is not None:
        raise refusal(f"{text[:40]!r} are not hours such as '08:00-20:00'")
    return text


class WeekdayColumns(Shape):
    """One column for each weekday, with hours in it."""

    shape: Literal["weekday_columns"] = "weekday_columns"
    says: Says = Field(description="Whether the hours are those of being available, or not.")
    columns: Annotated[Mapping[DayName, Heading], Field(min_length=1)] = Field(
        description="Heading of each weekday's column."
    )
    hours: Annotated[str, AfterValidator(_hours)] = Field(
        description="The hours of a day that the form asked about."
    )
    unit: Unit = Field(default=60, description="Minutes of an hour that is named by its start.")

    titles: ClassVar[str] = "a column for each weekday with hours in it"

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the weekdays."""
        return tuple(self.columns.values())

    def read(self, table: Table, context: ReadingContext) -> Reading:  # noqa: ARG002  # Hours say all.
        """Return the hours at which each person is free."""
        found = required_places(table, self.headings(), "availability.columns")
        places = {WEEKDAYS.index(day) + 1: found[heading] for day, heading in self.columns.items()}
        form_hours = {day: self._form_hours(day) for day in places}
        times: dict[int, Times] = {}
        findings: list[Finding] = []
        for row in table.rows:
            times[row.number] = self._times(table, row, places, form_hours, findings)
        return Reading(
            times, tuple(span for day in form_hours.values() for span in day), tuple(findings)
        )

    @classmethod
    def suggest(cls, table: Table, languages: Sequence[DayLanguage]) -> tuple[int, Self] | None:
        """Propose it where three or more headings name a weekday and hours stand below."""
        days: dict[int, int] = {}
        for place, heading in enumerate(table.headings):
            if _names_time(heading, languages):
                continue
            day = weekday_named(heading, languages)
            if day is not None and day not in days and cls._holds_hours(table, place, languages):
                days[day] = place
        if len(days) < 3 or not any(table.column(place) for place in days.values()):
            return None
        read = [
            (day, when.start, when.end)
            for day, place in days.items()
            for cell in table.column(place)
            for entry in _entries(cell)
            if (when := read_when(entry, languages)) is not None and when.start is not None
        ]
        unit = _unit(read)
        first = min((start for _, start, _ in read), default=9 * 60)
        last = max((end or start + unit for _, start, end in read), default=17 * 60)
        negative = any(asks_when_not(table.headings[place]) for place in days.values())
        shape = cls(
            weekdays_in=tuple(languages),
            says="unavailable" if negative else "available",
            columns={WEEKDAYS[day - 1]: table.headings[days[day]] for day in sorted(days)},
            hours=f"{clock(first)}-{clock(min(last, DAY_MINUTES))}",
            unit=unit,
        )
        return len(days), shape

    @staticmethod
    def _holds_hours(table: Table, place: int, languages: Sequence[DayLanguage]) -> bool:
        entries = [
            entry
            for cell in table.column(place)
            for entry in _entries(cell)
            if key_of(entry) not in NOTHING
        ]
        if not entries:
            return True
        good = sum(
            key_of(entry) in WHOLE_DAY
            or ((when := read_when(entry, languages)) is not None and when.start is not None)
            for entry in entries
        )
        return 2 * good > len(entries)

    def _form_hours(self, day: int) -> tuple[Span, ...]:
        when = read_when(self.hours, ("en",))
        assert when is not None
        assert when.start is not None
        assert when.end is not None
        starts = range(when.start, when.end, self.unit)
        return tuple(Span(day, start, min(start + self.unit, when.end)) for start in starts)

    def _times(
        self,
        table: Table,
        row: Row,
        places: Mapping[int, int],
        form_hours: Mapping[int, tuple[Span, ...]],
        findings: list[Finding],
    ) -> Times:
        free: dict[Span, Literal["yes"]] = {}
        for day, place in places.items():
            named, wrong = self._named(row.cells[place], day, form_hours[day])
            findings += [self._unreadable(table, row, place, entry) for entry in wrong]
            if self.says == "available":
                free.update(dict.fromkeys(named, "yes"))
            elif not wrong:
                gaps = [
                    one for one in form_hours[day] if not any(overlap(one, busy) for busy in named)
                ]
                free.update(dict.fromkeys(gaps, "yes"))
        given = any(row.cells[place] for place in places.values())
        if not given and self.says == "unavailable":
            message = "names no busy hour on any day, so counts as free at all of them"
            findings.append(table.finding("always_free", "look", message, row=row.number))
            given = True
        return Times(free, given=given)

    def _named(
        self, cell: str, day: int, form_hours: Sequence[Span]
    ) -> tuple[list[Span], list[str]]:
        """Return the hours that a cell names, and what in it names none."""
        spans: list[Span] = []
        wrong: list[str] = []
        whole = key_of(cell)
        if whole in NOTHING:
            return [], []
        if whole in WHOLE_DAY:
            return list(form_hours), []
        for entry in _entries(cell):
            when = read_when(entry, self.weekdays_in)
            if key_of(entry) in WHOLE_DAY:
                spans += form_hours
            elif when is None or when.start is None or when.weekday not in (None, day):
                wrong.append(entry)
            else:
                end = when.start + self.unit if when.end is None else when.end
                spans.append(Span(day, when.start, end))
        return spans, wrong

    def _unreadable(self, table: Table, row: Row, place: int, entry: str) -> Finding:
        message = "is not an hour such as '15', '3 PM' or '15-17'; "
        if _DATE_MADE.fullmatch(entry):
            message = "is a date, which a spreadsheet has made of hours such as 8-10; "
        if self.says == "available":
            message += "it does not count as available"
        else:
            message += "the person counts as unavailable on the whole day"
        return table.finding(
            "wrong_time", "lost", message, row=row.number, place=place, value=entry
        )


def _entries(cell: str) -> list[str]:
    return [entry.strip() for entry in _ENTRY.split(cell) if entry and entry.strip()]


def _names_time(heading: str, languages: Sequence[DayLanguage]) -> bool:
    """Whether a heading is about one time of the day and not about the whole of it."""
    parts = (heading, *question_part(heading), *pairs_of_options(heading))
    read = (read_when(part, languages) for part in parts)
    return any(when is not None and when.start is not None for when in read)


def _unit(read: Sequence[tuple[int, int, int | None]]) -> int:
    """Return how long an hour of the form is: the distance of starts, or what parts all ranges."""
    alone = [(day, start) for day, start, end in read if end is None]
    if alone:
        return usual_step(alone)
    marks = {mark for _, start, end in read for mark in (start, end or 0)}
    return next((unit for unit in (60, 30, 15) if all(mark % unit == 0 for mark in marks)), 5)
