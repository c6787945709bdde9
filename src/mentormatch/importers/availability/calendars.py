"""Everybody's calendar: a slot is free if no busy time falls on its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path, PurePath
from typing import ClassVar, Literal, Self

from pydantic import Field

from mentormatch.data.calendar import MeetingPlan, Term, meeting_plans
from mentormatch.data.people import Answer
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability.base import Heading, Shape
from mentormatch.importers.availability.busy_times import (
    MAX_CALENDAR_BYTES,
    Busy,
    CalendarError,
    busy_times,
)
from mentormatch.importers.availability.times import Reading, ReadingContext, Times
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import Table, required_places
from mentormatch.importers.words import DayLanguage


class Calendars(Shape):
    """One calendar file for each person, in a folder."""

    shape: Literal["calendars"] = "calendars"
    column: Heading | None = Field(
        default=None,
        description="Heading of the names of the calendar files; by default a person's file is "
        "called as their id or e-mail, with .ics.",
    )

    titles: ClassVar[str] = "a calendar (.ics) for each person"

    def headings(self) -> tuple[str, ...]:
        """Return the heading of the files' names."""
        return () if self.column is None else (self.column,)

    def read(self, table: Table, context: ReadingContext) -> Reading:
        """Return for each person in which slots they are free on all dates."""
        if not context.slots or context.term is None or context.folder is None:
            message = "calendars say when people are busy: the programme has to state the slots"
            raise InputError([Fault("no_slots", "slots", message)])
        place = None
        if self.column is not None:
            place = required_places(table, [self.column], "availability.column")[self.column]
        plans = {slot.id: meeting_plans(slot, context.term) for slot in context.slots}
        times: dict[int, Times] = {}
        findings: list[Finding] = []
        for row in table.rows:
            try:
                busy = self._busy(row, place, context)
            except CalendarError as error:
                times[row.number] = Times(given=False)
                findings.append(
                    table.finding("wrong_calendar", "lost", str(error), row=row.number, place=place)
                )
                continue
            answers: dict[str, Answer] = {}
            partly = 0
            for slot, dated in plans.items():
                free = [_attends(plan, busy, context.term) for plan in dated]
                answers[slot] = "yes" if free and all(free) else "no"
                partly += any(free) and not all(free)
            times[row.number] = Times(slots=answers)
            if partly:
                message = (
                    f"is busy on some dates of {partly} slots, so cannot come whenever a group "
                    "may start; these count as no"
                )
                findings.append(table.finding("partly_busy", "look", message, row=row.number))
        return Reading(times, (), tuple(findings))

    @classmethod
    def suggest(
        cls,
        table: Table,
        languages: Sequence[DayLanguage],  # noqa: ARG003  # Files have no weekdays.
    ) -> tuple[int, Self] | None:
        """Propose it where a column holds names of calendar files."""
        for place, heading in enumerate(table.headings):
            cells = table.column(place)
            if cells and all(cell.casefold().endswith(".ics") for cell in cells):
                return len(cells), cls(column=heading)
        return None

    def _busy(self, row: Row, place: int | None, context: ReadingContext) -> tuple[Busy, ...]:
        assert context.folder is not None
        assert context.term is not None
        names = context.file_names.get(row.number, ()) if place is None else (row.cells[place],)
        if not all(name and PurePath(name).name == name and "\\" not in name for name in names):
            raise CalendarError("names no file of the calendars' folder")
        paths = [context.folder / name for name in names]
        data = _calendar(next((path for path in paths if path.is_file()), paths[0]))
        zone = context.zones.get(row.number) or self.zone or context.term.zone
        return busy_times(data, context.term.first_day, context.term.last_day, zone)


def _calendar(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_CALENDAR_BYTES + 1)
    except OSError:
        raise CalendarError("has no calendar in the folder of calendars") from None
    if len(data) > MAX_CALENDAR_BYTES:
        raise CalendarError(f"has a calendar larger than {MAX_CALENDAR_BYTES // 2**20} MB")
    return data


def _attends(plan: MeetingPlan, busy: Sequence[Busy], term: Term) -> bool:
    """Whether somebody with these busy times can attend enough of a plan's meetings."""
    length = timedelta(minutes=plan.minutes)
    starts = [start.astimezone(UTC) for start in plan.starts]
    free = sum(
        not any(one.start < start + length and start < one.end for one in busy) for start in starts
    )
    return free >= term.required
