"""Slots, terms, and the real dates on which a group meets.

Wall-clock time in the slot's zone is what stays fixed over a clock change; whether
somebody elsewhere can come is judged on the instants of the actual dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""English names by ISO number less one; three letters are enough on input."""

MAX_WEEKS = 120
"""Longest term, in weeks."""


def _weekday(value: Any) -> Any:
    if isinstance(value, str) and not value.isdigit():
        word = value.strip().casefold()
        for number, name in enumerate(WEEKDAYS, 1):
            if len(word) >= 3 and name.startswith(word):
                return number
        raise ValueError(f"{value!r} is not a weekday: 1 (Monday) to 7, or an English name")
    return value


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"{name!r} is not an IANA zone such as 'Europe/Helsinki'")
    return name


Weekday = Annotated[int, BeforeValidator(_weekday), Field(ge=1, le=7)]
Zone = Annotated[str, AfterValidator(_zone)]


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Slot(_Noun):
    """A time at which a group can meet: weekly, or a list of dated sessions."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    label: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="How people call it; default from weekday and time."
    )
    weekday: Weekday | None = Field(default=None, description="1 is Monday, 7 is Sunday.")
    start: time | None = Field(default=None, description="Local wall-clock time.")
    minutes: Annotated[int, Field(strict=True, ge=5, le=1440)] = Field(
        default=120, description="Length of a meeting."
    )
    zone: Zone | None = Field(default=None, description="IANA zone; default the term's.")
    sessions: tuple[AwareDatetime, ...] = Field(
        default=(), description="Dated starts, instead of weekday and start."
    )
    modes: tuple[Literal["campus", "online"], ...] = Field(
        default=("campus", "online"), min_length=1, description="How groups can meet then."
    )
    max_groups: Annotated[int, Field(strict=True, ge=0)] | None = Field(
        default=None, description="Most groups at this time, for instance rooms."
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Slot:
        weekly = self.weekday is not None and self.start is not None
        neither = self.weekday is None and self.start is None
        if bool(self.sessions) == weekly or (self.sessions and not neither):
            raise ValueError("a slot has either weekday and start, or dated sessions")
        if self.start is not None and self.start.tzinfo is not None:
            raise ValueError("start is wall-clock time; the zone goes into the field zone")
        return self

    def __str__(self) -> str:
        if self.label:
            return self.label
        if self.weekday is None or self.start is None:
            return self.id
        end = datetime.combine(date(2000, 1, 1), self.start) + timedelta(minutes=self.minutes)
        return f"{WEEKDAYS[self.weekday - 1][:3].title()} {self.start:%H:%M}-{end:%H:%M}"


class DayRange(_Noun):
    """Days on which no group meets, both ends included."""

    first: date
    last: date
    why: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def _ordered(self) -> DayRange:
        if self.last < self.first:
            raise ValueError(f"ends on {self.last}, before it starts on {self.first}")
        return self


def _range_of_one_day(value: Any) -> Any:
    return {"first": value, "last": value} if isinstance(value, str | date) else value


SkippedDays = Annotated[DayRange, BeforeValidator(_range_of_one_day)]


class Term(_Noun):
    """When groups meet: first and last day, days to skip, how many meetings and how often."""

    first_day: date
    last_day: date
    skipped: tuple[SkippedDays, ...] = Field(
        default=(), description="Single days or {first, last, why}: holidays, examination weeks."
    )
    meetings: Annotated[int, Field(strict=True, ge=1, le=60)] = 6
    every_weeks: Annotated[int, Field(strict=True, ge=1, le=12)] = Field(
        default=1, description="1 weekly, 2 fortnightly; least weeks between two meetings."
    )
    attendance: Annotated[int, Field(strict=True, ge=1)] | None = Field(
        default=None, description="Meetings that a member must be able to attend; default all."
    )
    zone: Zone = "Europe/Helsinki"

    @model_validator(mode="after")
    def _sound(self) -> Term:
        if self.last_day < self.first_day:
            raise ValueError(f"ends on {self.last_day}, before it starts on {self.first_day}")
        if self.last_day - self.first_day > timedelta(weeks=MAX_WEEKS):
            raise ValueError(f"a term is at most {MAX_WEEKS} weeks long")
        if self.attendance is not None and self.attendance > self.meetings:
            raise ValueError(f"attendance {self.attendance} exceeds {self.meetings} meetings")
        return self

    @property
    def required(self) -> int:
        """Meetings that a member must be able to attend."""
        return self.meetings if self.attendance is None else self.attendance

    def skips(self, day: date) -> bool:
        """Whether no group meets on the day."""
        return any(gap.first <= day <= gap.last for gap in self.skipped)


@dataclass(frozen=True, order=True)
class MeetingPlan:
    """One slot made concrete: the real dates of a group's meetings.

    Attributes
    ----------
    slot
        Id of the slot.
    starts
        Zone-aware starts in the slot's wall-clock time, in order.
    minutes
        Length of each meeting.
    """

    slot: str
    starts: tuple[datetime, ...]
    minutes: int

    @property
    def days(self) -> tuple[date, ...]:
        """The local dates of the meetings."""
        return tuple(start.date() for start in self.starts)


def meeting_plans(slot: Slot, term: Term) -> tuple[MeetingPlan, ...]:
    """Return the meeting plans of a slot, earliest first.

    A weekly slot has one plan for each week of the term in which it can start: from then
    on a meeting every ``term.every_weeks`` weeks, where a skipped day moves the meeting
    (and all after it) on week by week. Dated sessions give plans of consecutive usable
    sessions that lie at least ``every_weeks`` weeks apart, if several weeks are asked for.
    Empty if the term cannot hold enough meetings.
    """
    usable = _usable_starts(slot, term)
    plans: list[MeetingPlan] = []
    gap = timedelta(weeks=term.every_weeks)
    weekly = slot.weekday is not None
    for first in range(len(usable)):
        chosen = [usable[first]]
        for start in usable[first + 1 :]:
            if len(chosen) == term.meetings:
                break
            apart = start.date() - chosen[-1].date()
            if apart >= gap or (not weekly and term.every_weeks == 1):
                chosen.append(start)
        if len(chosen) < term.meetings:
            break
        plans.append(MeetingPlan(slot.id, tuple(chosen), slot.minutes))
    return tuple(plans)


def _usable_starts(slot: Slot, term: Term) -> list[datetime]:
    return [
        start
        for start in all_starts(slot, term)
        if term.first_day <= start.date() <= term.last_day and not term.skips(start.date())
    ]


def all_starts(slot: Slot, term: Term) -> list[datetime]:
    """Return every start of the slot within the term, skipped days included, in order."""
    zone = ZoneInfo(slot.zone or term.zone)
    if slot.weekday is None or slot.start is None:
        return sorted(start.astimezone(zone) for start in slot.sessions)
    day = term.first_day + timedelta(days=(slot.weekday - term.first_day.isoweekday()) % 7)
    starts = []
    while day <= term.last_day:
        start = datetime.combine(day, slot.start, zone)
        # A wall-clock time that the clock change leaves out does not exist on that day.
        if start.astimezone(UTC).astimezone(zone).time() == slot.start:
            starts.append(start)
        day += timedelta(weeks=1)
    return starts


def overlapping(slots: Sequence[Slot], term: Term) -> Iterator[tuple[str, str]]:
    """Yield the pairs of different slots that somebody cannot both attend.

    Two slots overlap if any of their starts within the term do, whatever plan is chosen.
    """
    spans = [
        sorted(
            (start.astimezone(UTC), start.astimezone(UTC) + timedelta(minutes=slot.minutes))
            for start in all_starts(slot, term)
        )
        for slot in slots
    ]
    for one in range(len(slots)):
        for other in range(one + 1, len(slots)):
            if _any_overlap(spans[one], spans[other]):
                yield slots[one].id, slots[other].id


def _any_overlap(
    ours: list[tuple[datetime, datetime]], theirs: list[tuple[datetime, datetime]]
) -> bool:
    first = second = 0
    while first < len(ours) and second < len(theirs):
        if ours[first][0] < theirs[second][1] and theirs[second][0] < ours[first][1]:
            return True
        if ours[first][1] <= theirs[second][1]:
            first += 1
        else:
            second += 1
    return False
