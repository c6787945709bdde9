"""What an earlier export said, so that the next one can tell what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from mentormatch.data.calendar import Term
from mentormatch.errors import Fault, InputError
from mentormatch.exporters.calendar_entries import DOMAIN, GROUP, NUMBER, TERM, Entry

if TYPE_CHECKING:
    from icalendar import Component


def read_entries(name: str, data: bytes, term: Term) -> Iterator[Entry]:
    """Yield the meetings of a calendar file that was exported for an overlapping term.

    Raises
    ------
    InputError
        If it is no calendar of this library.
    """
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(data)
        first, last = map(date.fromisoformat, str(calendar[TERM]).split("/"))
        found = [_entry(event, term) for event in calendar.walk("VEVENT")]
    # The system's own error is of a zone whose name is longer than files' names may be.
    except (IndexError, KeyError, TypeError, ValueError, OSError):
        message = "is not a calendar file that was exported before"
        raise InputError([Fault("not_a_calendar", name, message)]) from None
    if first <= term.last_day and term.first_day <= last:
        yield from found


def _entry(event: Component, term: Term) -> Entry:
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    uid = str(event["UID"])
    if not (uid.endswith(DOMAIN) and _aware(start) and _aware(end)):
        raise ValueError("no meeting of ours")
    zones = {str(at.tzinfo) for at in (start, end)} - {"UTC"}
    zone = ZoneInfo(zones.pop() if zones else term.zone)
    return Entry(
        group=str(event[GROUP]),
        number=int(str(event[NUMBER])),
        uid=uid,
        start=start.astimezone(zone),
        end=end.astimezone(zone),
        summary=str(event.get("SUMMARY", "")),
        description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")),
        link=str(event.get("URL", "")),
        organizer=_address(event.get("ORGANIZER", "")),
        attendees=tuple(sorted(map(_address, _several(event.get("ATTENDEE", ()))))),
        cancelled=str(event.get("STATUS")) == "CANCELLED",
        sequence=int(event.get("SEQUENCE", 0)),
    )


def _several(value: Any) -> tuple[Any, ...]:
    """Return the values of a property that icalendar gives alone if there is but one."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _address(value: Any) -> str:
    text = str(value)
    return text[len("mailto:") :] if text.casefold().startswith("mailto:") else text


def _aware(at: Any) -> bool:
    return isinstance(at, datetime) and at.tzinfo is not None
