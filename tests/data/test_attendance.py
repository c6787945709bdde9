"""Who can attend which plan: absences, and hours offered in any zone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentormatch import Matching, Problem, match, verify
from mentormatch.data.calendar import Slot, Term
from mentormatch.data.people import Answer, Student
from mentormatch.data.round import GroupShape, Round


def slot(
    name: str = "wed-13", weekday: Any = "wednesday", start: Any = "13:00", **more: Any
) -> Slot:
    """Return a weekly slot, on Wednesdays at 13:00 unless told otherwise."""
    return Slot(id=name, weekday=weekday, start=start, **more)


def term(first: Any, last: Any, **more: Any) -> Term:
    """Return a term from its first to its last day."""
    return Term(first_day=first, last_day=last, **more)


def round_(slots: tuple[Slot, ...], when: Term, *students: Student) -> Round:
    """Return a round of these slots and students."""
    return Round(students, (), slots, when, GroupShape(mentors=0), ("en",))


def student(**fields: Any) -> Student:
    """Return a student with these fields."""
    return Student(id="s", **fields)


def answers(person: Student, when: Term, one: Slot | None = None) -> list[Answer]:
    """Return a student's answer to each plan of a slot."""
    seen = round_((one or slot(),), when, person)
    return [seen.answer(person, plan) for plan in seen.all_plans[(one or slot()).id]]


def test_an_absence_counts_against_the_plans_that_meet_on_that_day() -> None:
    """Somebody away for one Wednesday can join a group that starts after it."""
    person = student(availability={"wed-13": "yes"}, absences=["2026-10-07"])
    when = term("2026-10-05", "2026-10-25", meetings=2)
    assert answers(person, when) == ["no", "yes"]
    lenient = term("2026-10-05", "2026-10-25", meetings=2, attendance=1)
    assert answers(person, lenient) == ["yes", "yes"]


def test_an_absence_in_a_term_without_a_plan_leaves_nothing_to_answer() -> None:
    """Answers of those who tell plans apart were once put together where there was no plan."""
    person = student(availability={"wed-13": "yes"}, absences=["2026-10-07"])
    seen = round_((slot(),), term("2026-10-05", "2026-10-25", meetings=9), person)
    assert seen.templates == ()
    assert seen.answers.shape == (1, 0)


def test_an_absence_outside_the_term_changes_nothing() -> None:
    """People list their holidays without looking the term up."""
    person = student(availability={"wed-13": "if_need_be"}, absences=["2027-07-01"])
    assert answers(person, term("2026-10-05", "2026-10-18", meetings=2)) == ["if_need_be"]


def test_an_absence_is_a_day_where_the_person_is() -> None:
    """At 01:00 on Thursday in Helsinki it is still Wednesday in New York."""
    night = slot("night", "thursday", "01:00")
    when = term("2026-11-05", "2026-11-05", meetings=1)
    away = {"availability": {"night": "yes"}, "absences": ["2026-11-04"]}
    assert answers(student(**away), when, night) == ["yes"]
    assert answers(student(**away, zone="America/New_York"), when, night) == ["no"]


def test_two_sessions_in_an_hour_that_the_clock_repeats_are_two_times() -> None:
    """Bug: they were equal by the clock, and whoever was away at one was away at both.

    On Cape Verde the first is before midnight and the second after.
    """
    first, second = "2026-10-25T03:30:00+03:00", "2026-10-25T03:30:00+02:00"
    night = Slot(id="night", minutes=20, sessions=[first, second])
    when = term("2026-10-25", "2026-10-25", meetings=1)
    person = student(
        availability={"night": "yes"}, absences=["2026-10-24"], zone="Atlantic/Cape_Verde"
    )
    assert answers(person, when, night) == ["no", "yes"]
    seen = round_((night,), when, person)
    assert [seen.can_attend(person, plan) for plan in seen.all_plans["night"]] == [
        (),
        (date(2026, 10, 25),),
    ]
    kept = [start.isoformat() for template in seen.templates for start in template.plan.starts]
    assert set(kept) == {second}


def test_hours_in_another_zone_are_compared_by_instants_on_the_actual_dates() -> None:
    """New York changes its clocks a week after Helsinki: for that week the hours are apart."""
    afternoon = slot("tue-16", "tuesday", "16:00")
    person = student(
        hours=[{"weekday": "tue", "start": "09:00", "end": "11:00"}], zone="America/New_York"
    )
    for day, expected in (("2026-10-20", "yes"), ("2026-10-27", "no"), ("2026-11-03", "yes")):
        assert answers(person, term(day, day, meetings=1), afternoon) == [expected], day


@pytest.mark.parametrize(
    ("slot_zone", "start", "own", "expected"),
    [
        # The term is Helsinki's. On 6 October it is seven hours ahead of New York, two of London.
        (None, "09:00", None, "yes"),
        ("America/New_York", "09:00", None, "no"),
        ("America/New_York", "02:00", None, "yes"),
        ("America/New_York", "09:00", "America/New_York", "yes"),
        ("America/New_York", "02:00", "America/New_York", "no"),
        ("Europe/London", "07:00", None, "yes"),
        ("Europe/London", "09:00", None, "no"),
        ("Europe/London", "14:00", "America/New_York", "yes"),
        (None, "16:00", "America/New_York", "yes"),
    ],
)
def test_hours_without_a_zone_are_in_the_terms_zone(
    slot_zone: str | None, start: str, own: str | None, expected: Answer
) -> None:
    """Bug: they were read in each slot's zone, so nine in Helsinki served for nine in New York."""
    hours = [{"weekday": "tue", "start": "09:00", "end": "11:00"}]
    one = slot("away", "tuesday", start, zone=slot_zone)
    person = student(hours=hours, zone=own)
    assert answers(person, term("2026-10-06", "2026-10-06", meetings=1), one) == [expected]


@pytest.mark.parametrize(
    ("own", "day", "expected"),
    [
        # 20:00 to 22:00 on Tuesday in New York is 03:00 to 05:00 on Wednesday in Helsinki.
        (None, "2026-10-06", "yes"),
        (None, "2026-10-07", "no"),
        ("America/New_York", "2026-10-06", "no"),
        ("America/New_York", "2026-10-07", "yes"),
    ],
)
def test_absences_without_a_zone_are_days_of_the_terms_zone(
    own: str | None, day: str, expected: Answer
) -> None:
    """The zone of somebody's days is that of their hours."""
    evening = slot("evening", "tuesday", "20:00", zone="America/New_York")
    person = student(availability={"evening": "yes"}, absences=[day], zone=own)
    assert answers(person, term("2026-10-06", "2026-10-06", meetings=1), evening) == [expected]


def test_model_and_verifier_read_hours_in_the_terms_zone() -> None:
    """Somebody of Helsinki was proven to come to a slot at nine in New York, and it was valid."""
    hours = [{"weekday": "tue", "start": "09:00", "end": "11:00"}]
    people = [{"id": "ana", "languages": {"en": "C1"}, "hours": hours}]
    slots = [
        {"id": "helsinki", "weekday": "tue", "start": "09:00"},
        {"id": "york", "weekday": "tue", "start": "09:00", "zone": "America/New_York"},
    ]
    problem = Problem(
        students=people,
        slots=slots,
        term=term("2026-10-06", "2026-10-06", meetings=1),
        shape={"min_students": 1, "max_students": 1, "mentors": 0},
    )
    matching = match(problem, time_limit=None)
    assert [group.slot for group in matching.groups] == ["helsinki"]
    moved = Matching(status="FEASIBLE", groups=({"id": "g", "students": ("ana",), "slot": "york"},))
    assert [finding.rule for finding in verify(problem, moved).findings] == ["common_slot"]


def test_hours_said_to_be_no_take_nothing_from_other_hours() -> None:
    """What is offered twice is offered, as the schema says."""
    hours = [
        {"weekday": 3, "start": "12:00", "end": "16:00"},
        {"weekday": 3, "start": "13:00", "end": "14:00", "answer": "no"},
    ]
    when = term("2026-10-07", "2026-10-07", meetings=1)
    assert answers(student(hours=hours), when) == ["yes"]
    assert answers(student(hours=hours[1:]), when) == ["no"]


def test_hours_join_up_and_the_worst_answer_on_the_way_counts() -> None:
    """Two offers that touch hold one meeting; part of it may be a second choice."""
    hours = [
        {"weekday": 3, "start": "12:00", "end": "14:00"},
        {"weekday": 3, "start": "14:00", "end": "16:00", "answer": "if_need_be"},
    ]
    when = term("2026-10-07", "2026-10-07", meetings=1)
    assert answers(student(hours=hours), when) == ["if_need_be"]
    assert answers(student(hours=hours[:1]), when) == ["no"]
    assert answers(student(hours=hours, availability={"wed-13": "no"}), when) == ["no"]


def test_hours_until_midnight_go_on_with_those_of_the_next_day() -> None:
    """A meeting over midnight is held by two offers."""
    late = slot("late", "wednesday", "23:00")
    hours = [
        {"weekday": "wed", "start": "22:00", "end": "00:00"},
        {"weekday": "thu", "start": "00:00", "end": "01:00"},
    ]
    when = term("2026-10-07", "2026-10-07", meetings=1)
    assert answers(student(hours=hours), when, late) == ["yes"]
    assert answers(student(hours=hours[:1]), when, late) == ["no"]
