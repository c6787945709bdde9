"""When a group meets: the dates of slots in the term, and who can come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mentormatch_check.document import RefusedError, fields, one_of, rows, text, texts, whole

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ANSWERS = ("no", "if_need_be", "yes")


@dataclass(frozen=True)
class Term:
    """First and last day, days to skip, and how many meetings."""

    first: date
    last: date
    skipped: tuple[tuple[date, date], ...]
    meetings: int
    every_weeks: int
    required: int
    zone: ZoneInfo

    def skips(self, day: date) -> bool:
        """Return whether no group meets on a day."""
        return any(first <= day <= last for first, last in self.skipped)


@dataclass(frozen=True)
class Slot:
    """A recurring time, or a list of dated starts."""

    id: str
    weekday: int | None
    start: time | None
    minutes: int
    zone: ZoneInfo
    sessions: tuple[datetime, ...]
    modes: tuple[str, ...]
    max_groups: int | None


@dataclass(frozen=True)
class Plan:
    """The dates of a group: starts in the slot's zone, and as instants."""

    slot: Slot
    starts: tuple[datetime, ...]
    instants: tuple[datetime, ...]

    @property
    def moments(self) -> list[tuple[int, int]]:
        """Begin and end of each meeting, in seconds since 1970."""
        begins = [int(start.timestamp()) for start in self.instants]
        return [(begin, begin + 60 * self.slot.minutes) for begin in begins]

    def overlaps(self, other: Plan) -> bool:
        """Return whether some meetings of the two share a minute."""
        mine, theirs = timedelta(minutes=self.slot.minutes), timedelta(minutes=other.slot.minutes)
        return any(
            one < two + theirs and two < one + mine
            for one in self.instants
            for two in other.instants
        )


def read_term(data: Any) -> Term:
    """Return the term of a problem."""
    known = fields(
        data,
        "the term",
        {
            "first_day": ...,
            "last_day": ...,
            "skipped": [],
            "meetings": 6,
            "every_weeks": 1,
            "attendance": None,
            "zone": "Europe/Helsinki",
        },
    )
    skipped = []
    for row in rows(known["skipped"], "the skipped days"):
        if isinstance(row, str):
            skipped.append((day(row), day(row)))
        else:
            gap = fields(row, "a skipped range", {"first": ..., "last": ..., "why": None})
            skipped.append((day(gap["first"]), day(gap["last"])))
    meetings = whole(known["meetings"], "meetings", 1)
    required = known["attendance"]
    return Term(
        day(known["first_day"]),
        day(known["last_day"]),
        tuple(skipped),
        meetings,
        whole(known["every_weeks"], "every_weeks", 1),
        meetings if required is None else whole(required, "attendance", 1),
        zone(known["zone"]),
    )


def read_slot(data: Any, term: Term) -> Slot:
    """Return a slot of a problem."""
    known = fields(
        data,
        "a slot",
        {
            "id": ...,
            "label": None,
            "weekday": None,
            "start": None,
            "minutes": 120,
            "zone": None,
            "sessions": [],
            "modes": ["campus", "online"],
            "max_groups": None,
        },
    )
    sessions = tuple(instant(one) for one in rows(known["sessions"], "sessions"))
    weekly = known["weekday"] is not None and known["start"] is not None
    if weekly == bool(sessions):
        raise RefusedError("a slot has either a weekday and a start, or dated sessions")
    return Slot(
        text(known["id"], "a slot's id"),
        weekday(known["weekday"]) if weekly else None,
        clock(known["start"]) if weekly else None,
        whole(known["minutes"], "minutes", 1),
        term.zone if known["zone"] is None else zone(known["zone"]),
        sessions,
        tuple(
            one_of(mode, ("campus", "online"), "a slot's mode")
            for mode in texts(known["modes"], "a slot's modes")
        ),
        None if known["max_groups"] is None else whole(known["max_groups"], "max_groups", 0),
    )


def plans(slot: Slot, term: Term) -> list[Plan]:
    """Return every series of dates that a group of a slot can have, the earliest first."""
    usable = [start for start in _starts(slot, term) if not term.skips(start.date())]
    gap = timedelta(weeks=term.every_weeks)
    # Sessions follow each other as they come, unless several weeks are to lie between them.
    any_day = slot.weekday is None and term.every_weeks == 1
    found = []
    for first in range(len(usable)):
        chosen = [usable[first]]
        for start in usable[first + 1 :]:
            if len(chosen) == term.meetings:
                break
            if any_day or start.date() - chosen[-1].date() >= gap:
                chosen.append(start)
        if len(chosen) < term.meetings:
            break
        instants = tuple(start.astimezone(UTC) for start in chosen)
        found.append(Plan(slot, tuple(chosen), instants))
    return found


def _starts(slot: Slot, term: Term) -> list[datetime]:
    if slot.weekday is None or slot.start is None:
        ordered = sorted(start.astimezone(UTC) for start in slot.sessions)
        local = [start.astimezone(slot.zone) for start in ordered]
        return [start for start in local if term.first <= start.date() <= term.last]
    found = []
    at = term.first + timedelta(days=(slot.weekday - term.first.isoweekday()) % 7)
    while at <= term.last:
        start = datetime.combine(at, slot.start, slot.zone)
        # An hour that the clock change leaves out is no time to meet.
        if start.astimezone(UTC).astimezone(slot.zone).time() == slot.start:
            found.append(start)
        at += timedelta(weeks=1)
    return found


@dataclass(frozen=True)
class Hours:
    """Hours of a weekday that somebody offers, in their own zone."""

    weekday: int
    start: time
    end: time
    answer: str


@dataclass(frozen=True)
class Times:
    """What somebody said of when they can come."""

    availability: dict[str, str] | None
    hours: tuple[Hours, ...]
    absences: frozenset[date]
    zone: ZoneInfo
    any_slot: bool

    def answer(self, plan: Plan, term: Term) -> int:
        """Return 0 (no), 1 (if need be) or 2 (yes) for the meetings of a plan."""
        said = self._stated(plan.slot.id)
        if said == 0:
            return 0
        gladly = at_all = 0
        for start in plan.instants:
            on_day = self._on_day(plan, start, said)
            gladly += on_day == 2
            at_all += on_day > 0
        if at_all < term.required:
            return 0
        return 2 if gladly >= term.required else 1

    def _stated(self, slot: str) -> int | None:
        if self.availability is not None and slot in self.availability:
            return ANSWERS.index(self.availability[slot])
        if self.hours:
            return None
        return 2 if self.any_slot and not self.availability else 0

    def _on_day(self, plan: Plan, start: datetime, said: int | None) -> int:
        end = start + timedelta(minutes=plan.slot.minutes, seconds=-1)
        days = {start.astimezone(self.zone).date(), end.astimezone(self.zone).date()}
        if days & self.absences:
            return 0
        return self._by_hours(start, plan.slot.minutes) if said is None else said

    def _by_hours(self, start: datetime, minutes: int) -> int:
        here = start.astimezone(self.zone).date()
        spans = []
        for at in (here, here + timedelta(days=1)):
            for offer in self.hours:
                if offer.weekday == at.isoweekday():
                    last = at + timedelta(days=1) if offer.end == time(0) else at
                    opens = datetime.combine(at, offer.start, self.zone).astimezone(UTC)
                    closes = datetime.combine(last, offer.end, self.zone).astimezone(UTC)
                    spans.append((opens, closes, ANSWERS.index(offer.answer)))
        for least in (2, 1):
            at_last = start
            for opens, closes, answer in sorted(spans):
                if answer >= least and opens <= at_last < closes:
                    at_last = closes
            if at_last >= start + timedelta(minutes=minutes):
                return least
        return 0


def read_times(person: dict[str, Any], term: Term, missing: str) -> Times:
    """Return what somebody said of their times."""
    said = person["availability"]
    if said is not None:
        for slot, answer in fields(said, "availability", said).items():
            one_of(answer, ANSWERS, f"an answer to {slot!r}")
    hours = tuple(
        Hours(weekday(one["weekday"]), clock(one["start"]), clock(one["end"]), one["answer"])
        for row in rows(person["hours"], "hours")
        for one in [
            fields(row, "hours", {"weekday": ..., "start": ..., "end": ..., "answer": "yes"})
        ]
        if one_of(one["answer"], ANSWERS, "an answer of hours")
    )
    return Times(
        said,
        hours,
        frozenset(day(one) for one in rows(person["absences"], "absences")),
        term.zone if person["zone"] is None else zone(person["zone"]),
        missing == "any_slot",
    )


def day(value: Any) -> date:
    """Return a day."""
    try:
        return date.fromisoformat(text(value, "a day").strip())
    except ValueError:
        raise RefusedError("a day is not of the form 2026-10-05") from None


def clock(value: Any) -> time:
    """Return a time of day."""
    try:
        hour, minute, *_ = text(value, "a clock time").strip().split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise RefusedError("a clock time is not of the form 15:00") from None


def instant(value: Any) -> datetime:
    """Return a date with time and zone."""
    try:
        found = datetime.fromisoformat(text(value, "an instant"))
    except ValueError:
        raise RefusedError("an instant is not of the form 2026-10-06T15:00:00+03:00") from None
    if found.tzinfo is None:
        raise RefusedError("an instant lacks its zone")
    return found


def weekday(value: Any) -> int:
    """Return a weekday, 1 for Monday."""
    if isinstance(value, str):
        word = value.strip().casefold()
        for number, name in enumerate(WEEKDAYS, 1):
            if len(word) >= 3 and name.startswith(word):
                return number
    found = whole(int(value) if isinstance(value, str) and value.isdecimal() else value, "weekday")
    if not 1 <= found <= 7:
        raise RefusedError("a weekday is not from 1 to 7")
    return found


def zone(value: Any) -> ZoneInfo:
    """Return a zone by its name."""
    try:
        return ZoneInfo(text(value, "a zone"))
    except (ValueError, OSError, KeyError):
        raise RefusedError(f"the zone {str(value)[:40]!r} is not known") from None
