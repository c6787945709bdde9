"""Whether weekly hours hold a meeting, and on which days a meeting is where somebody lives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.people import Answer, WeeklyHours


@lru_cache(maxsize=4096)
def days_of_meeting(start: datetime, minutes: int, zone: ZoneInfo) -> frozenset[date]:
    """Return the days on which a meeting begins and ends where somebody is.

    The start is in UTC: of the hour that a clock change repeats, both times would be one here.
    """
    end = start + timedelta(minutes=minutes, seconds=-1)
    return frozenset((start.astimezone(zone).date(), end.astimezone(zone).date()))


@lru_cache(maxsize=4096)
def days_of(plan: MeetingPlan, zone: ZoneInfo) -> tuple[frozenset[date], ...]:
    """Return the days of each meeting of a plan where somebody is."""
    return tuple(days_of_meeting(start, plan.minutes, zone) for start in plan.instants)


def answer_by_hours(
    hours: Sequence[WeeklyHours], start: datetime, minutes: int, zone: ZoneInfo
) -> Answer:
    """Return the answer for the whole of one meeting from weekly hours in a person's zone.

    Offers that touch or overlap join up. The worst answer needed on the way counts.
    """
    local = start.astimezone(zone)
    spans = []
    for back in (0, 1):
        day = local.date() + timedelta(days=back)
        for offer in hours:
            if offer.weekday != day.isoweekday():
                continue
            opens = datetime.combine(day, offer.start, zone)
            last = day + timedelta(days=1) if offer.end.isoformat() == "00:00:00" else day
            closes = datetime.combine(last, offer.end, zone)
            spans.append((opens.astimezone(UTC), closes.astimezone(UTC), offer.answer))
    begin = start.astimezone(UTC)
    finish = begin + timedelta(minutes=minutes)
    for accepted, answer in (({"yes"}, "yes"), ({"yes", "if_need_be"}, "if_need_be")):
        at = begin
        for opens, closes, said in sorted(spans):
            if said in accepted and opens <= at < closes:
                at = closes
        if at >= finish:
            return "yes" if answer == "yes" else "if_need_be"
    return "no"
