"""Students whom dealing left out: an empty seat, or that of somebody who can move."""

from __future__ import annotations

from mentormatch.rules import KeepApart, Mix
from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.assign.place_left_out import place_left_out
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.instance.hard_counts import group_sizes
from mentormatch.solve.instance.opening import Opening
from tests.support.build import mentor, problem, student

BOTH = "tue-15 wed-15"
PEOPLE = [
    student("ana", "tue-15", department="law"),
    student("bo", BOTH, department="law"),
    student("cai", "tue-15", department="art"),
    student("dee", "wed-15", department="art"),
    student("eli", "tue-15", department="physics"),
]
GUIDES = [mentor("mia", "tue-15"), mentor("noa", "wed-15")]


def after(groups: dict[str, str], *rules: KeepApart | Mix, most: int = 2) -> dict[str, set[str]]:
    """Return who is in the groups, by their slots, when those left out have looked for places."""
    asked = problem(PEOPLE, GUIDES, BOTH, *rules, size=(1, most))
    compiled = compile_problem(asked, 0)
    place = compiled.round_.position
    slots = [template.plan.slot for template in compiled.templates]
    openings = [
        Opening(slots.index(slot), tuple(sorted(place[one] for one in names.split())))
        for slot, names in groups.items()
    ]
    judge = GroupCosts(compiled)
    found = place_left_out(judge, group_sizes(compiled), openings, Clock(None))
    assert all(judge.fits(one.template, one.people) for one in found)
    names = [person.id for person in compiled.round_.people]
    return {slots[one.template]: {names[person] for person in one.people} for one in found}


def test_a_student_takes_an_empty_seat() -> None:
    """Of the two who can come on Tuesday one finds a seat, and nobody else loses one."""
    found = after({"tue-15": "ana mia", "wed-15": "dee noa"}, most=2)
    assert len(found["tue-15"]) == 3
    assert "ana" in found["tue-15"]
    assert found["wed-15"] == {"bo", "dee", "noa"}


def test_somebody_who_can_moves_for_a_student_who_cannot() -> None:
    """On Tuesday all seats are taken; one of those there can come on Wednesday as well."""
    found = after({"tue-15": "bo cai mia", "wed-15": "dee noa"}, most=2)
    assert found["wed-15"] == {"bo", "dee", "noa"}
    assert len(found["tue-15"]) == 3
    assert "cai" in found["tue-15"]


def test_two_who_must_not_meet_are_not_put_together() -> None:
    """The seat beside somebody whom a student must not meet stays empty."""
    apart = KeepApart(sets=(("ana", "cai"), ("ana", "eli"), ("bo", "ana")))
    found = after({"tue-15": "ana mia", "wed-15": "dee noa"}, apart, most=2)
    assert found["tue-15"] == {"ana", "mia"}
    assert found["wed-15"] == {"bo", "dee", "noa"}


def test_full_groups_stay_as_they_are() -> None:
    """Without an empty seat nobody is looked at."""
    found = after({"tue-15": "ana mia", "wed-15": "dee noa"}, most=1)
    assert found == {"tue-15": {"ana", "mia"}, "wed-15": {"dee", "noa"}}
