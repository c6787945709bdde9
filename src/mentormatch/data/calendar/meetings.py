"""The real dates on which a group can meet, and which slots get in each other's way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from mentormatch.data.calendar.slots import Slot, Term


@dataclass(frozen=True, order=True)
class MeetingPlan:
    """One slot made concrete: the real dates of a group's meetings.

    Plans are equal if their meetings are at the same instants, in whatever zone they are written.

    Attributes
    ----------
    slot
        Id of the slot.
    starts
        Zone-aware starts in the slot's wall-clock time, in order.
    minutes
        Length of each meeting.
    instants
        The starts in UTC.
    """

    slot: str
    starts: tuple[datetime, ...] = field(compare=False)
    minutes: int
    # In the hour that a clock change repeats, times of one zone are equal though they are an hour
    # apart, and times of two zones are never equal; so plans are compared by instants.
    instants: tuple[datetime, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        instants = tuple(start.astimezone(UTC) for start in self.starts)
        object.__setattr__(self, "instants", instants)

    def overlaps(self, other: MeetingPlan) -> bool:
        """Whether some meetings share a minute, so that nobody can lead a group of both."""
        mine, theirs = timedelta(minutes=self.minutes), timedelta(minutes=other.minutes)
        return any(
            one < two + theirs and two < one + mine
            for one in self.instants
            for two in other.instants
        )

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
    Empty if the term cannot hold enough meetings. A slot that states the dates that groups can
    have has these.
    """
    if slot.dates is not None:
        zone = ZoneInfo(slot.zone or term.zone)
        local = (tuple(start.astimezone(zone) for start in starts) for starts in slot.dates)
        return tuple(MeetingPlan(slot.id, starts, slot.minutes) for starts in local)
    usable = _usable_starts(slot, term)
    plans: list[MeetingPlan] = []
    for first in range(len(usable)):
        chosen = _chain(usable, first, slot, term)
        if len(chosen) < term.meetings:
            break
        plans.append(MeetingPlan(slot.id, tuple(chosen), slot.minutes))
    return tuple(plans)


def plans_from(slot: Slot, term: Term, now: datetime, meetings: int) -> tuple[MeetingPlan, ...]:
    """Return the plans of so many meetings that a slot has from a moment on, earliest first.

    Where the term has not so many left, one plan of those that are left; none if none are.
    """
    rest = term.model_copy(update={"meetings": meetings})
    usable = [start for start in _usable_starts(slot, term) if start >= now]
    chains = [_chain(usable, first, slot, rest) for first in range(len(usable))]
    whole = [chain for chain in chains if len(chain) == meetings] or chains[:1]
    return tuple(MeetingPlan(slot.id, tuple(chain), slot.minutes) for chain in whole)


def shortage(slot: Slot, term: Term) -> str | None:
    """Return why the term cannot hold enough meetings in a slot, or None if it can."""
    if slot.dates is not None:
        return None if slot.dates else f"{slot} has no meetings left in the term."
    usable = _usable_starts(slot, term)
    if usable and len(_chain(usable, 0, slot, term)) == term.meetings:
        return None
    most = len(_chain(usable, 0, slot, term)) if usable else 0
    text = (
        f"{slot} has room for {most} of the {term.meetings} meetings from {term.first_day} to "
        f"{term.last_day}"
    )
    if term.every_weeks > 1:
        text += f", {term.every_weeks} weeks apart"
    reasons = []
    skipped = [start.date() for start in all_starts(slot, term) if term.skips(start.date())]
    if skipped:
        reasons.append("skipped are " + ", ".join(map(str, skipped)))
    outside = len(slot.sessions) - len(all_starts(slot, term)) if slot.sessions else 0
    if outside:
        reasons.append(f"{outside} of its sessions lie outside the term")
    missing = [day for day in _weekly_days(slot, term) if _on(day, slot, term) is None]
    if missing:
        reasons.append("the clock change leaves out its hour on " + ", ".join(map(str, missing)))
    return "; ".join((text, *reasons)) + "."


def _chain(usable: Sequence[datetime], first: int, slot: Slot, term: Term) -> list[datetime]:
    """Return the dates of a group that starts on a given one, at most as many as are asked."""
    gap = timedelta(weeks=term.every_weeks)
    any_day = slot.weekday is None and term.every_weeks == 1
    chosen = [usable[first]]
    for start in usable[first + 1 :]:
        if len(chosen) == term.meetings:
            break
        if any_day or start.date() - chosen[-1].date() >= gap:
            chosen.append(start)
    return chosen


def _usable_starts(slot: Slot, term: Term) -> list[datetime]:
    return [start for start in all_starts(slot, term) if not term.skips(start.date())]


def all_starts(slot: Slot, term: Term) -> list[datetime]:
    """Return every start of the slot within the term, skipped days included, in order."""
    zone = ZoneInfo(slot.zone or term.zone)
    if slot.weekday is not None:
        return [
            start for day in _weekly_days(slot, term) if (start := _on(day, slot, term)) is not None
        ]
    # Local times of one zone compare by the clock, which repeats an hour in autumn.
    ordered = sorted(start.astimezone(UTC) for start in slot.sessions)
    local = [start.astimezone(zone) for start in ordered]
    return [start for start in local if term.first_day <= start.date() <= term.last_day]


def _weekly_days(slot: Slot, term: Term) -> Iterator[date]:
    if slot.weekday is None:
        return
    day = term.first_day + timedelta(days=(slot.weekday - term.first_day.isoweekday()) % 7)
    while day <= term.last_day:
        yield day
        day += timedelta(weeks=1)


def _on(day: date, slot: Slot, term: Term) -> datetime | None:
    """Return the start on a day, or None if the clock change leaves that hour out."""
    assert slot.start is not None, "a weekly slot has a start"
    zone = ZoneInfo(slot.zone or term.zone)
    start = datetime.combine(day, slot.start, zone)
    exists = start.astimezone(UTC).astimezone(zone).time() == slot.start
    return start if exists else None


def overlapping(plans: Sequence[MeetingPlan]) -> Iterator[tuple[int, int]]:
    """Yield the places of each two plans of which some meetings overlap, the smaller first.

    Nobody can lead a group of both. Meetings that touch do not overlap.
    """
    meeting: dict[tuple[datetime, datetime], list[int]] = {}
    for place, plan in enumerate(plans):
        for begin in plan.instants:
            end = begin + timedelta(minutes=plan.minutes)
            meeting.setdefault((begin, end), []).append(place)
    pairs: set[tuple[int, int]] = set()
    running: list[tuple[datetime, list[int]]] = []
    for (begin, end), places in sorted(meeting.items()):
        running = [(until, others) for until, others in running if until > begin]
        running.append((end, places))
        for _, others in running:
            pairs.update((min(one, two), max(one, two)) for one in places for two in others)
    yield from sorted((one, two) for one, two in pairs if one != two)
