"""A term of which a part is past, by hand: what stays, what is planned, what calendars say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from mentormatch import match, verify
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.exporters import calendars
from mentormatch.replan import Events, apply_events, promote, recommend, replan
from mentormatch.synthetic import generate
from tests.support.build import mentors, student, term
from tests.support.build import problem as problem_of_people

HELSINKI = ZoneInfo("Europe/Helsinki")
BOTH = "tue-15 wed-15"


def at(month: int, day: int) -> datetime:
    """Return three o'clock of a day in the term."""
    return datetime(2026, month, day, 15, tzinfo=HELSINKI)


TUESDAYS = tuple(at(*day) for day in ((10, 6), (10, 13), (10, 20), (10, 27)))
WEDNESDAYS = tuple(at(*day) for day in ((10, 14), (10, 21), (10, 28), (11, 4)))
NOW = at(10, 20) + timedelta(hours=3)
"""After the third Tuesday and the first Wednesday: one and three meetings are left."""


def a_round(**of_dee: Any) -> Problem:
    """Return a term of four meetings with two groups' people and somebody without a group."""
    people = [student(name, "tue-15") for name in ("ana", "bo")]
    people += [student(name, BOTH) for name in ("cai",)]
    people += [student("dee", BOTH, **of_dee)]
    dates = term(first_day="2026-10-05", last_day="2026-11-08", meetings=4)
    return problem_of_people(people, mentors("mia noa", BOTH), size=(1, 3), term=dates)


def published(*, with_dee: str | None = None) -> Matching:
    """Return a group on Tuesdays and one on Wednesdays, which began a week later."""
    tuesday = ("ana", "bo", "dee") if with_dee == "g1" else ("ana", "bo")
    wednesday = ("cai", "dee") if with_dee == "g2" else ("cai",)
    form: dict[str, Any] = {"language": "en", "mode": "campus", "minutes": 120, "slot": "wed-15"}
    on_tuesday = {**form, "slot": "tue-15"}
    return Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g1", students=tuesday, mentors=("mia",), meetings=TUESDAYS, **on_tuesday),
            Group(id="g2", students=wednesday, mentors=("noa",), meetings=WEDNESDAYS, **form),
        ),
        left_out=() if with_dee else ("dee",),
    )


def dates_of(matching: Matching, name: str) -> tuple[datetime, ...]:
    """Return all meetings of a group."""
    return next(group.meetings for group in matching.groups if group.id == name)


def test_with_nothing_new_nothing_changes_in_the_middle_of_a_term() -> None:
    """Dates that were held and dates to come stay, to the minute."""
    found = replan(a_round(), published(with_dee="g2"), now=NOW)
    assert found.matching.groups == published(with_dee="g2").groups
    assert found.changes.concerned == ()
    assert verify(a_round(), found.matching).ok


@pytest.mark.parametrize(
    ("absences", "group"),
    [
        ((), ("g1", "g2")),
        (("2026-10-06", "2026-10-13", "2026-10-20", "2026-10-14"), ("g1", "g2")),
        (("2026-10-27",), ("g2",)),
        (("2026-11-04",), ("g1",)),
        (("2026-10-27", "2026-10-28"), ()),
    ],
)
def test_attendance_counts_from_now_on(absences: tuple[str, ...], group: tuple[str, ...]) -> None:
    """Days that are past keep nobody out of a group; days to come do."""
    problem = a_round(absences=absences)
    found = replan(problem, published(), now=NOW)
    here = found.matching.group_of("dee")
    assert (here.id if here else None) in (group or (None,))
    assert dates_of(found.matching, "g1") == TUESDAYS
    assert dates_of(found.matching, "g2") == WEDNESDAYS
    assert verify(problem, found.matching).ok
    assert found.status == "OPTIMAL"


def test_a_group_that_changes_its_slot_keeps_what_it_has_held() -> None:
    """New dates are after now, and as many as it lacked."""
    lost = Events.from_data({"events": [{"kind": "slot_lost", "id": "wed-15"}]}).events
    people = [student(name, BOTH) for name in ("ana", "bo", "cai", "dee")]
    dates = term(first_day="2026-10-05", last_day="2026-11-22", meetings=4)
    problem = problem_of_people(people, mentors("mia noa", BOTH), size=(1, 3), term=dates)
    found = replan(problem, published(with_dee="g2"), events=lost, now=NOW)
    assert dates_of(found.matching, "g1") == TUESDAYS
    coming = tuple(at(*day) for day in ((10, 27), (11, 3), (11, 10)))
    assert dates_of(found.matching, "g2") == (WEDNESDAYS[0], *coming)
    after = apply_events(problem, published(with_dee="g2"), lost).problem
    assert verify(after, found.matching).ok


def test_where_the_term_has_not_so_many_left_there_are_fewer() -> None:
    """Three are lacking, and two Tuesdays are left."""
    lost = Events.from_data({"events": [{"kind": "slot_lost", "id": "wed-15"}]}).events
    people = [student(name, BOTH) for name in ("ana", "bo", "cai", "dee")]
    dates = term(first_day="2026-10-05", last_day="2026-11-08", meetings=4)
    problem = problem_of_people(people, mentors("mia noa", BOTH), size=(1, 3), term=dates)
    found = replan(problem, published(with_dee="g2"), events=lost, now=NOW)
    assert dates_of(found.matching, "g2") == (WEDNESDAYS[0], at(10, 27), at(11, 3))


def test_a_group_that_has_met_for_the_last_time_stays_as_it_was() -> None:
    """Its people are in no other group, and the others go on."""
    now = at(10, 27) + timedelta(hours=3)
    found = replan(a_round(), published(), now=now)
    assert dates_of(found.matching, "g1") == TUESDAYS
    group = found.matching.group_of("dee")
    assert group is not None
    assert group.id == "g2"
    assert verify(a_round(), found.matching).ok


def test_when_all_is_past_there_is_nothing_to_plan() -> None:
    """It is said, and nobody gets a date."""
    with pytest.raises(InputError, match="no group has a meeting left"):
        replan(a_round(), published(), now=at(12, 1))


def test_what_was_past_once_is_past_without_being_told_again() -> None:
    """The matching says when it was planned."""
    once = replan(a_round(), published(), now=NOW).matching
    again = replan(a_round(), Matching.from_json(once.to_json()))
    assert again.matching.groups == once.groups
    assert again.matching.now == NOW


@pytest.mark.parametrize(
    ("meetings", "said"),
    [
        ((*TUESDAYS, at(11, 3)), "more than the 4"),
        ((*TUESDAYS[:3], at(10, 28)), "not those of slot tue-15"),
        ((*TUESDAYS[:3], NOW + timedelta(days=1)), "not those of slot tue-15"),
    ],
)
def test_the_verifier_judges_what_is_to_come(meetings: tuple[datetime, ...], said: str) -> None:
    """What is past is believed, what is to come must be possible."""
    sound = published(with_dee="g2").model_copy(update={"now": NOW, "left_out": ()})
    assert verify(a_round(), sound).ok
    first = sound.groups[0].model_copy(update={"meetings": meetings})
    report = verify(a_round(), sound.model_copy(update={"groups": (first, sound.groups[1])}))
    assert any(said in finding.message for finding in report.findings)


def test_the_verifier_finds_who_cannot_come_to_what_is_left() -> None:
    """The same dates that keep somebody out when planning."""
    problem = a_round(absences=("2026-11-04",))
    bad = published(with_dee="g2").model_copy(update={"now": NOW})
    assert not verify(problem, bad).ok
    assert verify(a_round(absences=("2026-10-14",)), bad).ok


def test_calendars_leave_alone_what_was_held() -> None:
    """The same identifier, version, time and words; only later meetings change or are cancelled."""
    problem = a_round()
    first = calendars(problem, published())
    ended = published().model_copy(update={"now": NOW, "groups": published().groups[:1]})
    other = ended.groups[0].model_copy(update={"mentors": ("noa",)})
    files = calendars(problem, ended.model_copy(update={"groups": (other,)}), previous=first)

    def events(data: dict[str, bytes], name: str) -> list[tuple[Any, ...]]:
        calendar = vobject.readOne(data[f"{name}.ics"].decode())
        found = [
            (
                one.dtstart.value,
                one.uid.value,
                one.sequence.value,
                one.status.value,
                one.description.value,
            )
            for one in calendar.vevent_list
        ]
        return sorted(found)

    for name, past in (("g1", 3), ("g2", 1)):
        before, after = events(first, name), events(files, name)
        assert after[:past] == before[:past]
        assert [one[1] for one in after] == [one[1] for one in before]
        assert all(one[2] == "1" for one in after[past:])
    assert {one[3] for one in events(files, "g2")[1:]} == {"CANCELLED"}
    assert b"METHOD:PUBLISH" in files["g2.ics"]


@pytest.mark.parametrize("seed", range(3))
def test_made_up_rounds_stand_in_the_middle_of_their_term(seed: int) -> None:
    """Whoever leaves then: what was held stays, and the verifier agrees with the search."""
    problem = generate(24, 9, seed=seed)
    before = match(problem, time_limit=None)
    now = before.groups[0].meetings[2] + timedelta(hours=5)
    gone = before.groups[0].mentors[0]
    events = Events.from_data({"events": [{"kind": "mentor_left", "id": gone}]}).events
    found = replan(problem, before, events=events, now=now, time_limit=None)
    assert found.status == "OPTIMAL"
    assert verify(apply_events(problem, before, events).problem, found.matching).ok
    known = {group.id: group for group in before.groups}
    for group in found.matching.groups:
        if group.id in known:
            held = [start for start in known[group.id].meetings if start < now]
            assert list(group.meetings[: len(held)]) == held
        assert len(group.meetings) <= problem.term.meetings


def test_places_are_judged_by_what_is_to_come() -> None:
    """Somebody who was away on days that are past can be promoted, and the rest stays as it was."""
    problem = a_round(absences=("2026-10-06", "2026-10-14"))
    here = published().model_copy(update={"now": NOW})
    assert {one.group for one in recommend(problem, here, "dee").options} == {"g1", "g2"}
    found = promote(problem, here, "g2")
    assert found is not None
    assert found.matching.now == NOW
    assert verify(problem, found.matching).ok
    later = published().model_copy(update={"now": at(10, 27) + timedelta(hours=3)})
    assert {one.group for one in recommend(problem, later, "dee").options} == {"g2"}
    assert recommend(problem, later, "ana").options == ()
