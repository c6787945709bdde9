"""Small rounds that go wrong in one way each, with how many must be left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from mentormatch.data.calendar import DayRange, Slot, Term
from mentormatch.data.people import Mentor, Student, WeeklyHours
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape

_AUTUMN = Term(first_day=date(2026, 10, 5), last_day=date(2026, 11, 15), meetings=6)
"""Six weeks for six weekly meetings, with the end of summer time between the third and fourth."""


@dataclass(frozen=True)
class CornerCase:
    """A small round whose best answer is known.

    Attributes
    ----------
    problem
        The round, with the standard rules.
    left_out
        The fewest students that any matching leaves out.
    why
        What makes it hard, in a sentence.
    """

    problem: Problem
    left_out: int
    why: str


def adversarial() -> Mapping[str, CornerCase]:
    """Return the corner cases by name."""
    return {
        "lone_slot_mentor": _lone_slot_mentor(),
        "conflicting_pair": _conflicting_pair(),
        "eleven_for_two_fives": _eleven_for_two_fives(),
        "finnish_pair": _finnish_pair(),
        "alone_from_school": _alone_from_school(),
        "clock_change": _clock_change(),
        "holiday_week": _holiday_week(),
    }


def _lone_slot_mentor() -> CornerCase:
    problem = _problem(
        [*_students(1, 6, ["tue-15"]), *_students(7, 6, ["fri-17"])],
        [_mentor(1, ["tue-15"]), _mentor(2, ["tue-15"]), _mentor(3, ["fri-17"])],
    )
    return CornerCase(
        problem,
        6,
        "The third mentor's only slot is one that no other mentor offers, so that "
        "the six students of that slot have no pair.",
    )


def _conflicting_pair() -> CornerCase:
    tie = {"supervisor": ("sup-sci1-001",)}
    problem = _problem(
        _students(1, 6, ["tue-15"]),
        [
            _mentor(1, ["tue-15"], affiliations=tie),
            _mentor(2, ["tue-15"], affiliations=tie),
            _mentor(3, ["fri-17"]),
        ],
    )
    return CornerCase(
        problem, 6, "The only two mentors who could meet have one supervisor and may not pair."
    )


def _eleven_for_two_fives() -> CornerCase:
    problem = _problem(
        _students(1, 11, ["tue-15"]),
        [_mentor(number, ["tue-15"]) for number in range(1, 5)],
        shape=GroupShape(min_students=5, max_students=5),
    )
    return CornerCase(problem, 1, "Eleven students make two groups of five and one left over.")


def _finnish_pair() -> CornerCase:
    problem = _problem(
        _students(1, 6, ["tue-15"]),
        [_mentor(number, ["tue-15"], languages={"fi": "native"}) for number in (1, 2)],
        languages=("en", "fi"),
    )
    return CornerCase(
        problem, 6, "Both mentors guide in Finnish only, and all students know only English."
    )


def _alone_from_school() -> CornerCase:
    students = [
        *_students(1, 6, ["tue-15"], attributes={"school": "SCI"}),
        *_students(7, 1, ["tue-15"], attributes={"school": "ARTS"}),
    ]
    problem = _problem(students, [_mentor(1, ["tue-15"]), _mentor(2, ["tue-15"])])
    return CornerCase(
        problem,
        0,
        "One student is alone from their school: everybody has a place, but whoever "
        "asks that nobody be alone leaves that student out.",
    )


def _clock_change() -> CornerCase:
    # Dubai keeps its time: 15:00 in Helsinki is 16:00 there in summer and 17:00 in winter.
    hours = (WeeklyHours(weekday=2, start=time(16), end=time(18)),)
    students = [
        *_students(1, 6, ["tue-15"]),
        *_students(7, 1, None, hours=hours, zone="Asia/Dubai"),
    ]
    problem = _problem(students, [_mentor(1, ["tue-15"]), _mentor(2, ["tue-15"])])
    return CornerCase(
        problem,
        1,
        "One student's hours fit the only slot until the clocks of Helsinki go back, "
        "and not after.",
    )


def _holiday_week() -> CornerCase:
    term = Term(
        first_day=date(2027, 11, 1),
        last_day=date(2027, 12, 12),
        skipped=(
            DayRange(first=date(2027, 12, 6), last=date(2027, 12, 6), why="Independence Day"),
        ),
        meetings=6,
    )
    students = [*_students(1, 6, ["tue-15"]), *_students(7, 5, ["mon-15"])]
    mentors = [
        _mentor(1, ["tue-15"]),
        _mentor(2, ["tue-15"]),
        _mentor(3, ["mon-15"]),
        _mentor(4, ["mon-15"]),
    ]
    return CornerCase(
        _problem(students, mentors, term=term),
        5,
        "Independence Day takes one of six Mondays, so that a Monday group cannot meet six times.",
    )


def _problem(students: Sequence[Student], mentors: Sequence[Mentor], **fields: Any) -> Problem:
    offered = {slot for person in (*students, *mentors) for slot in person.availability or ()}
    slots = [
        Slot(id="mon-15", weekday=1, start=time(15)),
        Slot(id="tue-15", weekday=2, start=time(15)),
        Slot(id="fri-17", weekday=5, start=time(17)),
    ]
    return Problem(
        **{
            "students": tuple(students),
            "mentors": tuple(mentors),
            "slots": tuple(slot for slot in slots if slot.id in offered),
            "term": _AUTUMN,
            **fields,
        }
    )


def _students(first: int, count: int, slots: Sequence[str] | None, **fields: Any) -> list[Student]:
    return [
        Student(
            id=f"s{number:03d}",
            name=f"Student {number:03d}",
            languages={"en": "C1"},
            department=f"Department {number}",
            availability=None if slots is None else dict.fromkeys(slots, "yes"),
            **fields,
        )
        for number in range(first, first + count)
    ]


def _mentor(number: int, slots: Sequence[str], **fields: Any) -> Mentor:
    return Mentor(
        **{
            "id": f"m{number:02d}",
            "name": f"Mentor {number:02d}",
            "languages": {"en": "C1"},
            "availability": dict.fromkeys(slots, "yes"),
            **fields,
        }
    )
