"""Rounds, groups and problems written in a few words, for tables made by hand.

The usual term runs for the four weeks from Monday 5 October 2026 and asks for two weekly
meetings. The clocks of Helsinki go back on Sunday 25 October, between the third Tuesday
and the fourth. A slot is written as weekday and hour, so ``tue-15`` is Tuesday at 15:00.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.people import Answer, Mentor, Mode, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape, Round, Solution, SolutionGroup, Template
from mentormatch.rules import exactly
from mentormatch.rules.base import Rule

FIRST_DAY = date(2026, 10, 5)
LAST_DAY = date(2026, 11, 1)


def student(name: str, yes: str = "tue-15", /, *, if_need_be: str = "", **fields: Any) -> Student:
    """Return a student who says yes, or if need be, to the slots named."""
    return Student(id=name, **_person(yes, if_need_be, fields))


def mentor(name: str, yes: str = "tue-15", /, *, if_need_be: str = "", **fields: Any) -> Mentor:
    """Return a mentor who says yes, or if need be, to the slots named."""
    return Mentor(id=name, **_person(yes, if_need_be, fields))


def _person(yes: str, if_need_be: str, fields: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Answer] = dict.fromkeys(yes.split(), "yes")
    answers.update(dict.fromkeys(if_need_be.split(), "if_need_be"))
    return {"availability": answers, "languages": {"en": "C1"}, **fields}


def students(names: str, yes: str = "tue-15", **fields: Any) -> tuple[Student, ...]:
    """Return students who are alike in everything but their ids."""
    return tuple(student(name, yes, **fields) for name in names.split())


def mentors(names: str, yes: str = "tue-15", **fields: Any) -> tuple[Mentor, ...]:
    """Return mentors who are alike in everything but their ids."""
    return tuple(mentor(name, yes, **fields) for name in names.split())


def slot(name: str, **fields: Any) -> Slot:
    """Return the weekly slot whose id says its weekday and hour, such as ``tue-15``."""
    weekday, hour = name.split("-")[:2]
    return Slot(**{"id": name, "weekday": weekday, "start": time(int(hour)), **fields})


def term(**fields: Any) -> Term:
    """Return the usual term, changed where told."""
    return Term(**{"first_day": FIRST_DAY, "last_day": LAST_DAY, "meetings": 2, **fields})


def round_(
    people: Sequence[Student],
    guides: Sequence[Mentor] = (),
    slots: str | Sequence[Slot] = "tue-15 wed-15",
    *,
    size: tuple[int, int] = (1, 8),
    mentors_each: int = 1,
    count_mentors: bool = False,
    **fields: Any,
) -> Round:
    """Return a round of these people; the other fields are those of `Round`."""
    return Round(
        students=tuple(people),
        mentors=tuple(guides),
        slots=_slots(slots),
        shape=_shape(size, mentors_each, count_mentors),
        **{"term": term(), "languages": ("en",), "missing_availability": "leave_out", **fields},
    )


def problem(
    people: Sequence[Student],
    guides: Sequence[Mentor] = (),
    slots: str | Sequence[Slot] = "tue-15 wed-15",
    *rules: Rule,
    size: tuple[int, int] = (1, 8),
    mentors_each: int = 1,
    count_mentors: bool = False,
    **fields: Any,
) -> Problem:
    """Return a problem of these people, these rules and the foundations, and no standard rule.

    The other fields are those of `Problem`.
    """
    return Problem(
        students=tuple(people),
        mentors=tuple(guides),
        slots=_slots(slots),
        shape=_shape(size, mentors_each, count_mentors),
        rules=exactly(*rules, foundations=True),
        **{"term": term(), **fields},
    )


def problem_of(round_: Round, rules: Sequence[Rule]) -> Problem:
    """Return the problem of a round, these rules and the foundations, and no standard rule."""
    known = {field.name: getattr(round_, field.name) for field in dataclasses.fields(Round)}
    return Problem(**known, rules=exactly(*rules, foundations=True))


def _shape(size: tuple[int, int], mentors_each: int, count_mentors: bool) -> GroupShape:
    return GroupShape(
        min_students=size[0],
        max_students=size[1],
        mentors=mentors_each,
        count_mentors=count_mentors,
    )


def _slots(slots: str | Sequence[Slot]) -> tuple[Slot, ...]:
    return tuple(slot(name) for name in slots.split()) if isinstance(slots, str) else tuple(slots)


@dataclass(frozen=True)
class Sketch:
    """A group by the ids of its people; `plan` counts the meeting plans of its slot."""

    students: str = ""
    mentors: str = ""
    at: str = "tue-15"
    plan: int = 0
    language: str = "en"
    mode: Mode = "campus"
    topic: str | None = None


def solution(round_: Round, *sketches: Sketch) -> Solution:
    """Return the sketched groups as ``g1``, ``g2``, ... and everybody else left out."""
    guide = {one.id: one for one in round_.mentors}
    person = {one.id: one for one in round_.students}
    groups = tuple(
        SolutionGroup(
            id=f"g{number}",
            students=tuple(person[name] for name in sketch.students.split()),
            mentors=tuple(guide[name] for name in sketch.mentors.split()),
            template=Template(
                round_.all_plans[sketch.at][sketch.plan], sketch.language, sketch.mode, sketch.topic
            ),
        )
        for number, sketch in enumerate(sketches, 1)
    )
    placed = {one.id for group in groups for one in group.students}
    return Solution(groups, tuple(one for one in round_.students if one.id not in placed))


def only_on(name: str, at: str, *days: int, **fields: Any) -> Student:
    """Return a student who can come to a slot on these days of October alone.

    Who can come to one plan only keeps that plan among the round's templates; else a plan
    that nobody likes better than another is not among them.
    """
    every_day = (FIRST_DAY + timedelta(days=count) for count in range(28))
    absences = tuple(day for day in every_day if day.month != 10 or day.day not in days)
    return student(name, at, absences=absences, **fields)
