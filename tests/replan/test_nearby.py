"""Larger rounds, in which only what is near a change is touched."""

from __future__ import annotations

import pytest

from mentormatch import match, verify
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.evaluate.cost import costs, structure
from mentormatch.evaluate.verify import solution_of
from mentormatch.replan import Policy
from mentormatch.replan.nearby import MOST_STUDENTS, nearby_start
from mentormatch.replan.staying_problem import staying_problem
from mentormatch.reporting import Reporting
from mentormatch.synthetic import generate
from tests.replan.events import without


@pytest.mark.parametrize("role", ["student", "mentor"])
def test_groups_far_from_a_change_stay_as_they_are(role: str) -> None:
    """One person who leaves is no reason to look at a hundred groups."""
    problem = generate(150, 60, seed=3)
    published = match(problem, time_limit=None)
    named = str(problem.rules)
    smallest = min(published.groups, key=lambda group: len(group.students))
    people = smallest.students if role == "student" else smallest.mentors
    gone = next(one for one in people if one not in named)
    now = without(problem, gone)
    staying = staying_problem(now, published, Policy())
    start = carried_over(now, published)
    found = nearby_start(staying.problem, start, time_limit=None, seed=0, reporting=Reporting(None))
    assert found is not None
    solution = solution_of(staying.problem, found)
    assert not any(structure(staying.problem, solution))
    assert costs(staying.problem, solution)[0] == 0
    assert verify(now, found).ok
    same = {group.students for group in found.groups} & {one.students for one in start.groups}
    elsewhere = sum(len(students) for students in same)
    assert elsewhere >= len(now.students) - MOST_STUDENTS - len(published.left_out) - 10


def test_small_rounds_are_matched_whole() -> None:
    """There is nothing to be gained by looking at a part of them."""
    problem = generate(24, 9, seed=0)
    assert (
        nearby_start(
            problem,
            match(problem, time_limit=None),
            time_limit=None,
            seed=0,
            reporting=Reporting(None),
        )
        is None
    )
