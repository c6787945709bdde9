"""Busy times of one calendar (RFC 5545), with recurrences, within limits."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
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
"""Most recurrences from the first of an event to the end of the term."""
MAX_EXPANDED = 20_000
"""Most recurrences in and around the term."""
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
            _check(calendar, start, end)
            found = recurring_ical_events.of(calendar).between(start, end)
            busy = [*_events(found, home), *_stated(calendar, home)]
    except CalendarError:
        raise
    # The system's own error is of a zone whose name is longer than files' names may be.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, OSError):
        raise CalendarError("is not a calendar that can be read (.ics)") from None
    return tuple(one for one in busy if one.start < end and start < one.end)


def _check(calendar: Calendar, start: datetime, end: datetime) -> None:
    """Refuse a calendar whose events would recur without end or reason."""
    events = calendar.walk("VEVENT")
    if len(events) > MAX_EVENTS:
        raise CalendarError(f"holds more than {MAX_EVENTS:,} events")
    # Whoever expands recurrences looks as far around the term as the longest event reaches.
    reach = max((_length(event) for event in events), default=0)
    within = (end.date() - start.date()).days + 2 * reach
    since = expanded = 0.0
    for event in events:
        dated = _entries(event, "RDATE")
        rate = sum(map(_rate, _list(event, "RRULE")))
        since += dated + rate * max((end.date() - _day(event, "DTSTART")).days + reach, 1)
        expanded += dated + rate * within
    for count, most in ((since, MAX_OCCURRENCES), (expanded, MAX_EXPANDED)):
        if count > most:
            raise CalendarError(f"holds events that recur more than {most:,} times")


def _rate(rule: Mapping[str, Sequence[Any]]) -> float:
    """Return an upper bound of how often a rule recurs in a day."""
    frequency = str(rule.get("FREQ", [""])[0]).upper()
    if frequency not in _PER_DAY:
        raise CalendarError("holds an event that recurs more often than hourly")
    rate = _PER_DAY[frequency]
    for part in _MULTIPLIERS:
        rate *= max(len(rule.get(part, [])), 1)
    return rate


def _length(event: Component) -> int:
    """Return the days that an event lasts; one that ends before it starts counts as well."""
    if "DTEND" in event:
        return abs((_day(event, "DTEND") - _day(event, "DTSTART")).days)
    return abs(event.decoded("DURATION").days) if "DURATION" in event else 0


def _day(event: Component, name: str) -> date:
    value = event.decoded(name)
    return value.date() if isinstance(value, datetime) else value


def _list(event: Component, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _entries(event: Component, name: str) -> int:
    return sum(len(line.dts) for line in _list(event, name))


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
