"""What always holds of a round that is matched again."""

from __future__ import annotations

from functools import cache

import pytest

from mentormatch import match, verify
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.replan import Policy, changes_between, replan
from mentormatch.rules import MentorsFirstCome
from mentormatch.synthetic import generate
from tests.replan.events import joined_by, without
from tests.support.build import mentor, students
from tests.support.build import problem as problem_of_people


@cache
def published(seed: int) -> tuple[Problem, Matching]:
    """Return a round of 24 students and its matching."""
    problem = generate(24, 9, seed=seed)
    return problem, match(problem, time_limit=None)


@pytest.mark.parametrize("seed", range(4))
def test_without_an_event_nothing_changes(seed: int) -> None:
    """Byte for byte: nobody opens a calendar for nothing."""
    problem, before = published(seed)
    found = replan(problem, before, time_limit=None)
    assert found.matching.groups == before.groups
    assert found.matching.left_out == before.left_out
    assert found.changes.concerned == ()
    assert all(one.what == "unchanged" for one in found.changes.groups)
    assert found.status == "OPTIMAL"


@pytest.mark.parametrize("seed", range(3))
def test_an_event_that_is_undone_before_publishing_gives_back_the_old_matching(seed: int) -> None:
    """What was only tried leaves no trace."""
    problem, before = published(seed)
    gone = before.groups[0].mentors[0]
    replan(without(problem, gone), before, time_limit=None)
    assert replan(problem, before, time_limit=None).matching.groups == before.groups


@pytest.mark.parametrize("seed", range(3))
def test_to_match_again_with_nothing_new_changes_nothing(seed: int) -> None:
    """The second look at one event finds what the first found."""
    problem, before = published(seed)
    now = without(problem, before.groups[0].students[0])
    once = replan(now, before, time_limit=None)
    again = replan(now, once.matching, time_limit=None)
    assert again.matching.groups == once.matching.groups
    assert again.changes.concerned == ()


@pytest.mark.parametrize("seed", range(3))
def test_who_is_frozen_is_never_moved(seed: int) -> None:
    """A promise to somebody is a hard rule."""
    problem, before = published(seed)
    group = before.groups[-1]
    now = without(problem, before.groups[0].mentors[0])
    found = replan(now, before, policy=Policy(frozen=group.students), time_limit=None)
    if found.status == "INFEASIBLE":
        return
    by_student = {one: each for each in found.matching.groups for one in each.students}
    for student in group.students:
        assert by_student[student].slot == group.slot
        assert set(group.mentors) <= set(by_student[student].mentors)
        assert by_student[student].id == group.id


def test_no_more_are_moved_than_may_be() -> None:
    """A ceiling on moves is kept, and costs what it costs."""
    problem, before = published(0)
    now = without(problem, before.groups[0].mentors[0])
    free = replan(now, before, policy=Policy(order=("places", "moves")), time_limit=None)
    none = replan(
        now, before, policy=Policy(order=("places", "moves"), most_moved=0), time_limit=None
    )
    moves = {one.measure: one.value for one in none.measures}
    assert moves["moves"] == 0
    assert moves["places"] >= next(one.value for one in free.measures if one.measure == "places")


def test_a_newcomer_is_told_and_nobody_is_moved_who_need_not_be() -> None:
    """A late sign-up takes a free seat or waits."""
    problem, before = published(1)
    now = joined_by(problem, problem.students[0])
    found = replan(now, before, time_limit=None)
    assert {
        one.value for one in found.measures if one.measure in ("places", "times", "mentors")
    } == {0}
    assert [one.person for one in found.changes.people if one.what == "joined"] == ["late"]
    assert verify(now, found.matching).ok


def test_changes_say_who_goes_where() -> None:
    """The lines are those that a coordinator reads before anything is sent."""
    problem, before = published(0)
    gone = before.groups[0].students[0]
    now = without(problem, gone)
    found = replan(now, before, time_limit=None)
    change = next(one for one in found.changes.people if one.person == gone)
    assert (change.what, change.before) == ("left", before.groups[0].id)
    assert f"{gone} has left {before.groups[0].id}." in str(found)
    assert changes_between(now, before, before).moved == ()


def test_measures_that_are_nothing_are_told_like_the_others() -> None:
    """They are left out of the search, which is so much smaller, and not out of the answer."""
    problem, before = published(1)
    now = without(problem, before.groups[0].students[0])
    found = replan(now, before, time_limit=None)
    assert tuple(one.measure for one in found.measures) == Policy().order
    assert found.measures[0].name == "people who had a group and have none"
    assert found.proven


def test_a_mentor_who_is_frozen_still_leads() -> None:
    """Bug: whoever signed up earlier took the group of a mentor who was to stay."""
    early, late = "2026-09-01T12:00:00Z", "2026-09-02T12:00:00Z"
    asked = problem_of_people(
        students("ana"),
        [mentor("mia", "tue-15", signed_up=late), mentor("noa", "tue-15", signed_up=early)],
        "tue-15",
        MentorsFirstCome(tier=2),
    )
    before = Matching(
        status="FEASIBLE",
        groups=(Group(id="g1", students=("ana",), mentors=("mia",), slot="tue-15"),),
    )
    for frozen, leads in (((), "noa"), (("mia",), "mia")):
        policy = Policy(order=("places",), frozen=frozen)
        (group,) = replan(asked, before, policy=policy, time_limit=None).matching.groups
        assert group.mentors == (leads,)
