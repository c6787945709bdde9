"""What hard counts say of the sizes of groups, by a table made by hand."""

from __future__ import annotations

import pytest

from mentormatch.explain.eligibility import Eligibility
from mentormatch.rules import GroupSize, MentorsPerGroup, TargetSize
from mentormatch.rules.base import Rule
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.instance.hard_counts import group_sizes
from tests.support.build import mentors, problem, students

CASES: dict[str, tuple[str, int, bool, tuple[Rule, ...], tuple[int, int, int]]] = {
    "students alone count": ("m n o", 2, False, (), (2, 2, 4)),
    "mentors count as well": ("m n o", 1, True, (), (1, 1, 3)),
    "no mentors needed": ("", 0, False, (), (0, 2, 4)),
    "fewer mentors than needed": ("m", 2, False, (), (2, 2, 4)),
    "no mentor at all": ("", 2, False, (), (2, 2, 4)),
    "sizes are soft": ("m n", 2, False, (GroupSize(tier=1),), (2, 1, 6)),
    "mentors are soft": ("m n", 2, False, (MentorsPerGroup(tier=1),), (0, 2, 4)),
    "a target is no limit": ("m", 1, False, (TargetSize(target=3),), (1, 2, 4)),
}
"""Mentors, how many a group has, whether they count, rules: mentors, least and most students."""


@pytest.mark.parametrize("name", CASES)
def test_sizes_of_groups_are_what_the_hard_rules_leave(name: str) -> None:
    """The solver, the proofs before matching and the repairs after it mean the same sizes."""
    names, each, counted, rules, expected = CASES[name]
    asked = problem(
        students("a b c d e f"),
        mentors(names),
        "tue-15",
        *rules,
        size=(2, 4),
        mentors_each=each,
        count_mentors=counted,
    )
    for sizes in (group_sizes(compile_problem(asked, 0)), Eligibility(asked).sizes):
        assert (sizes.mentors[0], sizes.least[0], sizes.room[0]) == expected
