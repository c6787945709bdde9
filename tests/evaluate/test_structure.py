"""What no matching may do, whatever its rules, is found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentormatch.data.matching import Group
from mentormatch.data.problem import Problem
from mentormatch.evaluate.cost import structure
from mentormatch.evaluate.verify import solution_of, verify
from tests.evaluate.sound import G1, G2, PROBLEM, Fault, changed, dates, group, roster
from tests.support.build import mentors, problem, slot, students, term

FAULTS = [
    Fault(
        "student in two groups",
        roster(
            G1,
            group(
                "g3",
                "ana gus",
                "oli pat",
                "fri-15",
                meetings=dates("fri-15"),
                minutes=90,
                mode="online",
            ),
        ),
        "structure",
        ("ana", "2 groups", "g1, g3", "more than 1"),
    ),
    Fault(
        "mentor over capacity",
        roster(G1, group("g3", "gus fay", "mia pat", "wed-15", meetings=dates("wed-15", 2))),
        "structure",
        ("mia", "2 groups", "more than 1"),
    ),
    Fault(
        "mentor without capacity",
        roster(group("g3", "gus hoa", "pat quy", "fri-15", minutes=90, mode="online")),
        "structure",
        ("quy", "1 group ", "more than 0"),
    ),
    Fault(
        "mentor at overlapping times",
        roster(G1, group("g3", "gus fay", "noa oli", "tue-16", meetings=dates("tue-16", 1))),
        "structure",
        ("noa", "g1", "g3", "overlapping"),
        "g3",
        ("common_slot",),
    ),
    Fault(
        "mentor in two groups of one slot",
        roster(G1, group("g3", "gus fay", "noa oli", "tue-15", meetings=dates("tue-15", 1))),
        "structure",
        ("noa", "overlapping"),
        "g3",
        ("common_slot",),
    ),
    Fault(
        "group without students",
        roster(changed(G1, students=())),
        "structure",
        ("g1 has no students",),
        "g1",
        ("group_size",),
    ),
    Fault(
        "more groups than rooms",
        roster(G2, group("g3", "ana bo", "mia noa", "wed-15")),
        "structure",
        ("wed-15", "2 groups", "more than 1"),
    ),
    Fault(
        "dates of another weekday",
        roster(changed(G1, meetings=dates("wed-15"))),
        "structure",
        ("dates of group g1", "not a meeting plan"),
        "g1",
    ),
    Fault(
        "too few dates",
        roster(changed(G2, meetings=dates("wed-15")[:1])),
        "structure",
        ("dates of group g2",),
        "g2",
        ("common_slot",) * 4,
    ),
    Fault(
        "too many dates",
        roster(changed(G2, meetings=(*dates("wed-15"), dates("wed-15", 1)[1]))),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "dates an hour late",
        roster(
            changed(G2, meetings=tuple(start + timedelta(hours=1) for start in dates("wed-15")))
        ),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "dates after the term",
        roster(
            changed(G2, meetings=tuple(start + timedelta(weeks=8) for start in dates("wed-15")))
        ),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "dates out of order",
        roster(changed(G2, meetings=dates("wed-15")[::-1])),
        "structure",
        ("dates of group g2",),
        "g2",
    ),
    Fault(
        "a language that is not offered",
        roster(changed(G2, language="en-GB")),
        "structure",
        ("g2", "en-GB", "not offer"),
        "g2",
    ),
    Fault(
        "a topic that is not offered",
        roster(changed(G2, topic="sleep")),
        "structure",
        ("g2", "sleep", "not offer"),
        "g2",
    ),
    Fault(
        "a mode that the slot has not",
        roster(group("g3", "gus hoa", "oli pat", "fri-15", minutes=90)),
        "structure",
        ("g3", "campus", "fri-15"),
        "g3",
    ),
]


def amounts(made: Problem, *groups: Group) -> list[int]:
    """Return by how much groups break what no matching may do, breach by breach."""
    matching = roster(*groups)
    return [violation.amount for violation in structure(made, solution_of(made, matching))]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_of_structure_amounts_to_one(fault: Fault) -> None:
    """One group, one person or one room too many; two are in the test below."""
    assert amounts(PROBLEM, *fault.matching.groups) == [1]


def test_what_is_too_many_is_counted() -> None:
    """Three groups of one student, of a mentor for one group, and in a slot for none."""
    made = problem(
        students("ana bo cai"),
        mentors("mia noa oli", "tue-15 wed-15 fri-15"),
        [slot("tue-15", max_groups=1), slot("wed-15"), slot("fri-15")],
        topics=("sleep", "rest"),
    )
    one, two, three = (
        Group(id=name, students=(who,), mentors=(guide,), slot="tue-15", topic="rest")
        for name, who, guide in (("g1", "ana", "mia"), ("g2", "bo", "noa"), ("g3", "cai", "oli"))
    )
    assert amounts(made, one) == []
    assert amounts(made, one, two, three) == [2]
    thrice = [
        changed(group, students=("ana",), mentors=("mia",), slot=at)
        for group, at in ((one, "tue-15"), (two, "wed-15"), (three, "fri-15"))
    ]
    assert amounts(made, *thrice) == [2, 2]


def test_one_group_too_many_is_told_of_one_group() -> None:
    """A slot may be closed by a limit of no group."""
    made = problem(students("ana"), mentors("mia"), [slot("tue-15", max_groups=0)])
    matching = roster(Group(id="g1", students=("ana",), mentors=("mia",), slot="tue-15"))
    (violation,) = structure(made, solution_of(made, matching))
    assert violation.message == "Slot tue-15 holds 1 group, more than 0."


def test_the_second_of_two_equal_hours_is_no_date_of_the_plan() -> None:
    """Bug: by the clock both are one time, so a group that met an hour late passed."""
    made = problem(
        students("ana bo", "sun-03"), mentors("mia", "sun-03"), "sun-03", term=term(meetings=3)
    )
    for plan in made.round.all_plans["sun-03"]:
        stated = Group(id="g1", students=("ana", "bo"), mentors=("mia",), slot="sun-03")
        # Only on 25 October 2026 is it three o'clock twice.
        late = tuple(start.replace(fold=1) for start in plan.starts)
        assert amounts(made, changed(stated, meetings=plan.starts)) == []
        assert amounts(made, changed(stated, meetings=late)) == [1]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_of_structure_is_found_and_named(fault: Fault) -> None:
    """Nobody can be at two places at once, and no group meets outside the term."""
    fault.check()


@pytest.mark.parametrize("many", [100, 101])
def test_groups_of_one_person_are_judged_up_to_a_hundred(many: int) -> None:
    """Any more are only counted: five times what a mentor may lead, and all would be compared."""
    matching = roster(*(changed(G1, id=f"g{number}") for number in range(many)))
    people = (*G1.students, *G1.mentors)
    messages = [finding.message for finding in verify(PROBLEM, matching).findings]
    counted = [f"{name!r} is in {many} groups; nobody leads that many." for name in people]
    if many > 100:
        assert messages == counted
    else:
        assert not set(messages) & set(counted)
        assert any("overlapping" in message for message in messages)
