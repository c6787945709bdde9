"""When people can come, as stretches of the week, and which slots those cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from mentormatch.data.calendar import WEEKDAYS, Slot, Term
from mentormatch.data.people import Answer
from mentormatch.importers.availability.time_words import read_when
from mentormatch.importers.findings import Finding
from mentormatch.importers.words import DayLanguage

Says = Literal["available", "unavailable"]

DAY_MINUTES = 24 * 60
_BEST_FIRST: tuple[Answer, ...] = ("yes", "if_need_be")
_RANK: Mapping[Answer, int] = {"no": 0, "if_need_be": 1, "yes": 2}


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a weekday, in minutes from midnight.

    Attributes
    ----------
    weekday
        1 is Monday.
    start, end
        The end is not part of it.
    """

    weekday: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday - 1][:3]} {clock(self.start)}-{clock(self.end)}"

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True)
class Times:
    """What one person said of times.

    Attributes
    ----------
    spans
        Answer to each stretch that was asked about or that they wrote.
    slots
        Answer to each slot that they named by its id or label.
    given
        Whether they said anything at all.
    """

    spans: Mapping[Span, Answer] = field(default_factory=dict)
    slots: Mapping[str, Answer] = field(default_factory=dict)
    given: bool = True


@dataclass(frozen=True)
class Reading:
    """What a table says of times.

    Attributes
    ----------
    times
        By the number of each person's row.
    form_hours
        The stretches that the form asked about.
    findings
        Cells that could not be read, and what was made of them.
    """

    times: Mapping[int, Times]
    form_hours: tuple[Span, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ReadingContext:
    """What a shape of availability is read with, besides the table.

    Attributes
    ----------
    slots
        Those that the programme states.
    term
        The programme's.
    folder
        Where files that people name lie, such as calendars.
    file_names
        How a file of the person in each row may be called: by their id or address.
    zones
        Zone of the person in each row, where it is known.
    """

    slots: tuple[Slot, ...] = ()
    term: Term | None = None
    folder: Path | None = None
    file_names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    zones: Mapping[int, str] = field(default_factory=dict)


def clock(minutes: int) -> str:
    """Return minutes from midnight as a clock shows them."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def span_of(text: str, languages: Sequence[DayLanguage], unit: int) -> Span | None:
    """Return the stretch that a text such as ``Tue 15-17`` names.

    Parameters
    ----------
    text
        What stands in a heading or an answer.
    languages
        Those whose weekdays are read.
    unit
        Minutes of a time that names no end.
    """
    when = read_when(text, languages)
    if when is None or when.weekday is None or when.start is None:
        return None
    end = when.start + unit if when.end is None else when.end
    return Span(when.weekday, when.start, end) if end <= DAY_MINUTES else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches that some together make up, in order."""
    result: list[Span] = []
    for span in sorted(spans):
        last = result[-1] if result else None
        if last and last.weekday == span.weekday and span.start <= last.end:
            result[-1] = Span(last.weekday, last.start, max(last.end, span.end))
        else:
            result.append(span)
    return result


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a minute."""
    return one.weekday == other.weekday and one.start < other.end and other.start < one.end


def answers_to(times: Times, slots: Sequence[Slot]) -> dict[str, Answer]:
    """Return the answer to each slot: the stated one, or the worst of the hours it takes."""
    answers: dict[str, Answer] = {}
    free: dict[tuple[Answer, int], list[Span]] = {}
    for least in _BEST_FIRST:
        for block in merged(
            span for span, said in times.spans.items() if _RANK[said] >= _RANK[least]
        ):
            free.setdefault((least, block.weekday), []).append(block)
    for slot in slots:
        wanted = span_of_slot(slot)
        if slot.id in times.slots:
            answers[slot.id] = times.slots[slot.id]
        elif wanted is None:
            answers[slot.id] = "no"
        elif wanted in times.spans:
            answers[slot.id] = times.spans[wanted]
        else:
            covering = (
                said
                for said in _BEST_FIRST
                if any(within(wanted, block) for block in free.get((said, wanted.weekday), ()))
            )
            answers[slot.id] = next(covering, "no")
    return answers


def weekly_hours(times: Times) -> list[dict[str, Any]]:
    """Return the hours that somebody offers, for a person of another zone than the slots."""
    return [
        {
            "weekday": span.weekday,
            "start": clock(span.start),
            "end": clock(span.end % DAY_MINUTES),
            "answer": said,
        }
        for said in _BEST_FIRST
        for span in merged(span for span, answer in times.spans.items() if answer == said)
    ]


def span_of_slot(slot: Slot) -> Span | None:
    """Return the stretch of the week that a weekly slot takes."""
    if slot.weekday is None or slot.start is None:
        return None
    start = 60 * slot.start.hour + slot.start.minute
    return Span(slot.weekday, start, start + slot.minutes)


def usual_step(starts: Iterable[tuple[int, int]]) -> int:
    """Return the least distance between two starts on one weekday, or an hour."""
    steps = [
        later[1] - earlier[1]
        for earlier, later in pairwise(sorted(set(starts)))
        if earlier[0] == later[0]
    ]
    return min(steps, default=60)


def within(inner: Span, outer: Span) -> bool:
    """Whether one stretch lies in another."""
    return inner.weekday == outer.weekday and outer.start <= inner.start and inner.end <= outer.end


def in_zone(spans: Iterable[Span], source: str, target: str, term: Term) -> list[Span]:
    """Return stretches of the week on the clocks of another zone.

    Where the zones change their clocks on different days, the difference that holds on most
    days of the term counts. A stretch over midnight becomes two.
    """
    minutes = _usual_difference(source, target, term)
    moved: list[Span] = []
    for span in spans:
        start = (DAY_MINUTES * (span.weekday - 1) + span.start + minutes) % (7 * DAY_MINUTES)
        left = span.minutes
        while left > 0:
            day, begin = divmod(start, DAY_MINUTES)
            length = min(left, DAY_MINUTES - begin)
            moved.append(Span(day % 7 + 1, begin, begin + length))
            start, left = start + length, left - length
    return moved


def _usual_difference(source: str, target: str, term: Term) -> int:
    """Return by how many minutes the clocks of one zone are ahead of another's on most days."""
    if source == target:
        return 0
    found: Counter[int] = Counter()
    for day in range((term.last_day - term.first_day).days + 1):
        noon = datetime.combine(term.first_day + timedelta(days=day), time(12), UTC)
        here, there = (noon.astimezone(ZoneInfo(zone)).utcoffset() for zone in (source, target))
        assert here is not None
        assert there is not None
        found[round((there - here).total_seconds() / 60)] += 1
    return min(found, key=lambda minutes: (-found[minutes], minutes))
