"""Busy times of one calendar (RFC 5545), with recurrences, within limits."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from mentormatch.errors import MissingExtraError

if TYPE_CHECKING:
    from icalendar import Calendar, Component

MAX_CALENDAR_BYTES = 5 * 2**20
MAX_EVENTS = 5_000
MAX_OCCURRENCES = 100_000
MAX_WINDOW_DAYS = 400

_PER_DAY = {"HOURLY": 24.0, "DAILY": 1.0, "WEEKLY": 1 / 7, "MONTHLY": 1 / 28, "YEARLY": 1 / 365}
"""How often a rule recurs; what recurs more often than hourly is no appointment."""

_MULTIPLIERS = ("BYHOUR", "BYMINUTE", "BYSECOND", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")


class CalendarError(ValueError):
    """A calendar that cannot be read; the text says why and repeats nothing of it."""


@dataclass(frozen=True)
class Busy:
    """A stretch of real time at which somebody is busy, in UTC."""

    start: datetime
    end: datetime


def busy_times(data: bytes, first: date, last: date, zone: str) -> tuple[Busy, ...]:
    """Return when the owner of a calendar is busy.

    Events that are cancelled or marked as free do not count; an event of a whole day counts
    from midnight to midnight in the zone.

    Parameters
    ----------
    data
        An iCalendar file.
    first, last
        The days that matter.
    zone
        IANA zone of times that state none.

    Raises
    ------
    CalendarError
        If the file is no calendar or passes a limit.
    MissingExtraError
        If icalendar or recurring-ical-events is not installed.
    """
    try:
        import recurring_ical_events
        from icalendar import Calendar
    except ImportError:
        message = 'Reading calendars needs packages: pip install "mentormatch[ics]"'
        raise MissingExtraError(message) from None
    if (last - first).days > MAX_WINDOW_DAYS:
        raise CalendarError(f"the term is longer than {MAX_WINDOW_DAYS} days")
    home = ZoneInfo(zone)
    start = datetime.combine(first, time(), home)
    end = datetime.combine(last + timedelta(days=1), time(), home)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendar = Calendar.from_ical(data)
            _check(calendar, end)
            found = recurring_ical_events.of(calendar).between(start, end)
            busy = [*_events(found, home), *_stated(calendar, home)]
    except CalendarError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        raise CalendarError("is not a calendar that can be read (.ics)") from None
    return tuple(one for one in busy if one.start < end and start < one.end)


def _check(calendar: Calendar, end: datetime) -> None:
    """Refuse a calendar whose events would recur without end or reason."""
    events = calendar.walk("VEVENT")
    if len(events) > MAX_EVENTS:
        raise CalendarError(f"holds more than {MAX_EVENTS:,} events")
    if sum(_occurrences(event, end) for event in events) > MAX_OCCURRENCES:
        raise CalendarError(f"holds events that recur more than {MAX_OCCURRENCES:,} times")


def _occurrences(event: Component, end: datetime) -> float:
    """Return an upper bound of how often an event recurs until the end."""
    rules = event.get("RRULE")
    if rules is None:
        return 1
    start = event.decoded("DTSTART")
    begun = start.date() if isinstance(start, datetime) else start
    days = max((end.date() - begun).days, 1)
    total = 0.0
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = str(rule.get("FREQ", [""])[0]).upper()
        if frequency not in _PER_DAY:
            raise CalendarError("holds an event that recurs more often than hourly")
        times = _PER_DAY[frequency] * days
        for part in _MULTIPLIERS:
            times *= max(len(rule.get(part, [])), 1)
        total += times
    return total


def _events(found: list[Any], home: ZoneInfo) -> Iterator[Busy]:
    for event in found:
        if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            continue
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        start = event.decoded("DTSTART")
        end = event.decoded("DTEND") if "DTEND" in event else start
        yield from _busy(start, end, home)


def _stated(calendar: Calendar, home: ZoneInfo) -> Iterator[Busy]:
    """Yield the busy times that a calendar states as such (VFREEBUSY)."""
    for part in calendar.walk("VFREEBUSY"):
        entries = part.get("FREEBUSY", [])
        for entry in entries if isinstance(entries, list) else [entries]:
            if str(entry.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield from _busy(entry.start, entry.end, home)


def _busy(start: date | datetime, end: date | datetime, home: ZoneInfo) -> Iterator[Busy]:
    if not isinstance(start, datetime) and end == start:
        end = start + timedelta(days=1)
    one = Busy(_instant(start, home), _instant(end, home))
    if one.start < one.end:
        yield one


def _instant(value: date | datetime, home: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), home).astimezone(UTC)
    return (value if value.tzinfo else value.replace(tzinfo=home)).astimezone(UTC)
