"""Time zones as calendar files describe them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """A change of a zone's clocks.

    Attributes
    ----------
    onset
        By the clocks as they went before, which is how calendar files count.
    before, after
        Offset from UTC.
    name
        What the time is called from then on.
    """

    onset: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def forward(self) -> bool:
        """Whether the clocks go forward, which calendars take for the beginning of summer."""
        return self.after > self.before


def described(zone: str, first_year: int, last_year: int) -> Timezone:
    """Return the description of a zone from one year to another, both included.

    A change that comes every year on the same weekday of a month is told once, as a rule, since
    not every calendar reads lists of dates; any other change is told by itself.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    found = Timezone()
    found.add("tzid", zone)
    for same in _alike(_changes(ZoneInfo(zone), first_year, last_year)):
        rule = _yearly(same)
        for change in same[:1] if rule else same:
            part = TimezoneDaylight() if change.forward else TimezoneStandard()
            part.add("dtstart", change.onset)
            part.add("tzoffsetfrom", change.before)
            part.add("tzoffsetto", change.after)
            part.add("tzname", change.name)
            if rule:
                part.add("rrule", rule)
            found.add_component(part)
    return found


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Change]:
    """Yield how the clocks go at first, and then every change of them."""
    at = datetime(first_year, 1, 1, tzinfo=UTC)
    start = at.astimezone(zone)
    now = _offset(at, zone)
    yield Change(start.replace(tzinfo=None), now, now, start.tzname() or "")
    step = timedelta(days=1)
    while at.year <= last_year:
        if _offset(at, zone) != _offset(at + step, zone):
            instant = _instant(at, at + step, zone)
            local = instant.astimezone(zone)
            before = _offset(at, zone)
            onset = instant.replace(tzinfo=None) + before
            after = _offset(instant, zone)
            yield Change(onset, before, after, local.tzname() or "")
        at += step


def _instant(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the second at which the clocks change between two times."""
    old = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(middle, zone) == old else (low, middle)
    return high


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _alike(changes: Iterator[Change]) -> list[list[Change]]:
    groups: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        kind = (change.before, change.after, change.name)
        groups.setdefault(kind, []).append(change)
    return list(groups.values())


def _yearly(same: Sequence[Change]) -> dict[str, Any] | None:
    """Return the rule by which changes come once in each of several years, if there is one."""
    years = [change.onset.year for change in same]
    if len(same) < 2 or years != list(range(years[0], years[-1] + 1)):
        return None
    if len({(change.onset.month, change.onset.time()) for change in same}) > 1:
        return None
    if len({change.onset.weekday() for change in same}) > 1:
        return None
    onset = same[0].onset
    day = WEEKDAYS[onset.weekday()]
    week = timedelta(weeks=1)
    if all((change.onset + week).month != change.onset.month for change in same):
        return {"freq": "yearly", "bymonth": onset.month, "byday": f"-1{day}"}
    weeks = {(change.onset.day - 1) // 7 + 1 for change in same}
    if len(weeks) > 1:
        return None
    return {"freq": "yearly", "bymonth": onset.month, "byday": f"{weeks.pop()}{day}"}
