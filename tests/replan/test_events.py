"""Events as they are given: what each does to a round and its groups, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from mentormatch import match
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.replan import Events, apply_events, events_between, replan
from mentormatch.rules import KeepApart
from mentormatch.rules.base import Rule
from mentormatch.synthetic import generate, generate_term
from tests.replan.events import random_event
from tests.support.build import mentors, slot, student
from tests.support.build import problem as problem_of_people
from tests.support.random_problems import random_problem

BOTH = "tue-15 wed-15"
TUESDAY = Group(id="g1", students=("ana", "bo"), mentors=("mia",), slot="tue-15")
WEDNESDAY = Group(id="g2", students=("cai", "dee"), mentors=("noa",), slot="wed-15")
PUBLISHED = Matching(status="FEASIBLE", groups=(TUESDAY, WEDNESDAY))


def small_round(*rules: Rule) -> Problem:
    """Return four students, three mentors and two slots that suit all but one."""
    people = [student(name, BOTH) for name in ("ana", "bo", "cai", "dee")]
    guides = (*mentors("mia noa", BOTH), *mentors("oli", "tue-15"))
    return problem_of_people(people, guides, "tue-15 wed-15", *rules, size=(1, 4))


def events(*data: dict[str, Any]) -> Events:
    """Return events as somebody writes them in a file."""
    return Events.from_data({"events": list(data)})


def after(*data: dict[str, Any], problem: Problem | None = None) -> Matching:
    """Return the groups of the small round after some events."""
    found = replan(problem or small_round(), PUBLISHED, events=events(*data).events)
    assert found.status == "OPTIMAL", found
    return found.matching


def people_of(matching: Matching, name: str) -> set[str]:
    """Return everybody of a group."""
    group = next(group for group in matching.groups if group.id == name)
    return {*group.students, *group.mentors}


def faults(*data: dict[str, Any]) -> list[str]:
    """Return what is said of events that cannot be."""
    with pytest.raises(InputError) as caught:
        apply_events(small_round(), PUBLISHED, events(*data).events)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("seed", range(40))
def test_what_was_worked_out_leads_from_the_one_version_to_the_other(seed: int) -> None:
    """Nothing that happened is lost on the way."""
    before = random_problem(f"life {seed}", most_students=7)
    published = match(before, time_limit=None)
    now = random_event(before, published, seed)
    if now is None:
        return
    found = Events(events=events_between(before, now, published))
    again = Events.from_json(found.to_json())
    assert again == found
    assert apply_events(before, published, again.events).problem.fingerprint == now.fingerprint


def test_a_whole_term_is_worked_out_and_applied() -> None:
    """Many events at once, in the order in which they are told."""
    before = generate(24, 9, seed=2)
    published = match(before, time_limit=None)
    now = list(generate_term(before, 2))[-1]
    found = events_between(before, now, published)
    assert len(found) >= 5
    assert apply_events(before, published, found).problem.fingerprint == now.fingerprint


def test_a_lost_slot_is_no_change_of_everybodys_answers() -> None:
    """One line is told, not one for each person who had answered."""
    before = small_round()
    now = apply_events(before, PUBLISHED, events({"kind": "slot_lost", "id": "wed-15"}).events)
    told = events_between(before, now.problem, PUBLISHED)
    assert [str(one) for one in told] == ["slot wed-15 is gone"]


def test_a_replaced_mentor_leaves_and_their_group_goes_on() -> None:
    """It keeps its id, its time and its students."""
    found = after({"kind": "mentor_replaced", "id": "mia", "by": "oli"})
    assert people_of(found, "g1") == {"ana", "bo", "oli"}
    assert people_of(found, "g2") == {"cai", "dee", "noa"}


def test_a_dissolved_group_does_not_go_on() -> None:
    """Its students meet with others, and its id is not given again."""
    found = after({"kind": "group_dissolved", "id": "g1"})
    assert found.left_out == ()
    assert "g1" not in {group.id for group in found.groups}
    for group in found.groups:
        assert "mia" not in group.mentors or not {"ana", "bo"} & set(group.students)


def test_a_merged_group_is_with_the_other() -> None:
    """All students come to the other's time and mentor."""
    found = after({"kind": "group_merged", "id": "g1", "into": "g2"})
    (group,) = found.groups
    assert (group.id, group.slot) == ("g2", "wed-15")
    assert people_of(found, "g2") == {"ana", "bo", "cai", "dee", "noa"}


def test_a_split_group_is_two_of_which_the_first_goes_on() -> None:
    """The parts do not meet, and the second gets an id of its own."""
    found = after({"kind": "group_split", "id": "g2", "parts": [["cai", "noa"], ["dee"]]})
    assert people_of(found, "g2") == {"cai", "noa"}
    assert next(group for group in found.groups if "dee" in group.students).id != "g2"


def test_a_lost_room_leaves_one_group_less() -> None:
    """Without a limit there were as many rooms as groups."""
    found = after({"kind": "room_lost", "id": "wed-15"}, {"kind": "mentor_left", "id": "oli"})
    assert {group.slot for group in found.groups} == {"tue-15"}


def test_somebody_who_is_away_cannot_lead_on_those_days() -> None:
    """Days are added to those on which they were away anyway."""
    event = {"kind": "mentor_away", "id": "mia", "dates": ["2026-10-13", "2026-10-06"]}
    changed = apply_events(small_round(), PUBLISHED, events(event).events).problem
    assert [str(day) for day in changed.person("mia").absences] == ["2026-10-06", "2026-10-13"]


def test_who_leaves_may_be_named_in_rules_still() -> None:
    """The rule stays as it is stated and asks nothing of them."""
    problem = small_round(KeepApart(sets=(("ana", "cai"), ("bo", "dee"))))
    changed = apply_events(problem, PUBLISHED, events({"kind": "student_left", "id": "ana"}).events)
    assert changed.problem.left == ("ana",)
    assert changed.problem.rules == problem.rules


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        ({"kind": "shape_changed", "fields": {"max_students": 5}}, "shape.max_students", 5),
        ({"kind": "term_changed", "fields": {"meetings": 3}}, "term.meetings", 3),
        ({"kind": "choices_changed", "fields": {"languages": ["fi", "en"]}}, "languages", None),
        ({"kind": "slot_changed", "id": "tue-15", "fields": {"minutes": 60}}, "slots", None),
        ({"kind": "student_changed", "id": "bo", "fields": {"mode": "campus"}}, "students", None),
    ],
)
def test_a_change_changes_what_it_says_and_nothing_else(
    event: dict[str, Any], field: str, value: int | None
) -> None:
    """What is not named stays as it was."""
    before = small_round()
    now = apply_events(before, PUBLISHED, events(event).events).problem
    (name, *inner) = field.split(".")
    differing = [one for one in Problem.model_fields if getattr(before, one) != getattr(now, one)]
    assert differing == [name]
    if inner:
        assert getattr(getattr(now, name), inner[0]) == value


def test_a_new_slot_comes_with_answers() -> None:
    """Who is not named cannot come."""
    new = slot("thu-15").model_dump(mode="json", exclude_none=True)
    event: dict[str, Any] = {
        "kind": "slot_added",
        "slot": new,
        "answers": {"ana": "yes", "mia": "if_need_be"},
    }
    now = apply_events(small_round(), PUBLISHED, events(event).events).problem
    given = {one.id: (one.availability or {}).get("thu-15") for one in now.round.people}
    assert {name: each for name, each in given.items() if each} == {
        "ana": "yes",
        "mia": "if_need_be",
    }


def test_everything_that_cannot_be_is_told_at_once_by_name() -> None:
    """One run, and every slip of the pen is known."""
    told = faults(
        {"kind": "student_left", "id": "anna"},
        {"kind": "student_left", "id": "bo"},
        {"kind": "student_changed", "id": "bo", "fields": {"mode": "campus"}},
        {"kind": "mentor_replaced", "id": "mia", "by": "mia"},
        {"kind": "group_dissolved", "id": "g1"},
        {"kind": "group_merged", "id": "g1", "into": "g9"},
        {"kind": "slot_changed", "id": "tue-15", "fields": {"minute": 60}},
        {"kind": "room_added", "id": "tue-15"},
    )
    assert told == [
        "events[0]: 'anna' is not among the 4 students (did you mean 'ana'?)",
        "events[2]: student 'bo' is gone by an earlier event",
        "events[3]: mentor 'mia' cannot be replaced by themselves",
        "events[5]: group 'g1' is dissolved by an earlier event",
        "events[6].fields.minute: " + told[4].split(": ", 1)[1],
        "events[7]: slot 'tue-15' has no limit of groups to which to add rooms",
    ]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"kind": "mentor_replaced", "id": "noa", "by": "oli"}, "'oli' cannot come to wed-15"),
        ({"kind": "mentor_replaced", "id": "mia", "by": "noa"}, "'noa' would lead 2 groups"),
        ({"kind": "mentor_replaced", "id": "oli", "by": "mia"}, "'oli' has no group"),
        ({"kind": "group_split", "id": "g1", "parts": [["ana"], ["mia"]]}, "has 'bo'"),
        ({"kind": "group_merged", "id": "g1", "into": "g1"}, "into itself"),
        ({"kind": "group_merged", "id": "g1", "into": "g3"}, "'g3' is not among the 2 groups"),
        ({"kind": "student_left", "id": "mia"}, "'mia' is not among the 4 students"),
    ],
)
def test_what_contradicts_the_round_is_refused(event: dict[str, Any], said: str) -> None:
    """Each by name, with what stands against it."""
    (told,) = faults(event)
    assert said in told


def test_a_kind_that_there_is_not_is_refused() -> None:
    """A slip of the pen in a file is no event."""
    with pytest.raises(InputError):
        events({"kind": "student_leaft", "id": "ana"})
