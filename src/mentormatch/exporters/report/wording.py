"""How times, languages and names are put for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from mentormatch.data.calendar import WEEKDAYS, MeetingPlan, Slot
from mentormatch.data.matching import Limit, Matching
from mentormatch.data.people import Mode
from mentormatch.text import EN_DASH

_LANGUAGES: Mapping[str, str] = {"en": "English", "fi": "Finnish", "sv": "Swedish"}

_LIMITS: Mapping[Limit, str] = {
    "time": "the time limit was reached",
    "interrupt": "the search was interrupted",
    "memory": "the memory was used up",
    "failure": "the search failed",
    "effort": "the search had tried all that it tries",
}

_MODES: Mapping[Mode, str] = {"campus": "On campus", "online": "Online"}


def language_name(tag: str | None) -> str:
    """Return the English name of a common language, else its tag."""
    return "" if tag is None else _LANGUAGES.get(tag, tag)


def mode_name(mode: Mode) -> str:
    """Return how a group meets."""
    return _MODES[mode]


def limits_reached(matching: Matching) -> str:
    """Return what ended the search early, or nothing."""
    found = matching.provenance.limits_reached if matching.provenance else ()
    return ", ".join(_LIMITS[limit] for limit in found)


def clock(start: datetime, minutes: int) -> str:
    """Return from when to when a meeting lasts, by the wall clock."""
    end = start.replace(tzinfo=None) + timedelta(minutes=minutes)
    return f"{start:%H:%M}{EN_DASH}{end:%H:%M}"


def meeting_time(slot: Slot, plan: MeetingPlan) -> str:
    """Return when a group meets: the slot's own label, or weekday and hours."""
    if slot.label:
        return slot.label
    weekdays = {start.isoweekday() for start in plan.starts}
    hours = {clock(start, plan.minutes) for start in plan.starts}
    if len(weekdays) == 1 and len(hours) == 1:
        return f"{WEEKDAYS[weekdays.pop() - 1].title()} {hours.pop()}"
    return slot.id


def long_date(day: date) -> str:
    """Return a date as ``5 October 2026``."""
    return f"{day.day} {day:%B %Y}"


def compact_dates(days: Sequence[date]) -> str:
    """Return dates with each month and year named once: ``20 Oct, 3, 17 Nov 2026``."""
    parts = []
    for year, of_year in groupby(days, lambda day: day.year):
        months = [
            ", ".join(str(day.day) for day in of_month) + f" {month}"
            for month, of_month in groupby(of_year, lambda day: f"{day:%b}")
        ]
        parts.append(f"{', '.join(months)} {year}")
    return ", ".join(parts)
