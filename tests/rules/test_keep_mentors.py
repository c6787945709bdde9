"""Mentors whom students had before, by hand."""

import pytest

from mentormatch.rules import EarlierGroup, KeepMentors
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai dee"), mentors("mia noa oli", capacity=2), mentors_each=2)
OLD = (
    EarlierGroup(students=("ana", "bo", "left"), mentors=("mia", "noa", "gone"), slot="tue-15"),
    EarlierGroup(students=("cai",), mentors=("oli",), slot="wed-15"),
)
ALL = KeepMentors(groups=OLD)
SOME = KeepMentors(groups=OLD, people=("bo",))

CASES = [
    Case("the same mentors cost nothing", ALL, ROUND, (Sketch("ana bo", "mia noa"),)),
    Case(
        "each student and each mentor counts, but not one who has left",
        ALL,
        ROUND,
        (Sketch("ana bo", "mia oli"),),
        [Expected(1, "g1", "ana noa", ("ana", "noa", "g1")), Expected(1, "g1", "bo noa")],
    ),
    Case(
        "another group without either is two losses",
        ALL,
        ROUND,
        (Sketch("ana cai", "oli"),),
        [Expected(1, "g1", "ana mia"), Expected(1, "g1", "ana noa")],
    ),
    Case(
        "only those whom the rule is about",
        SOME,
        ROUND,
        (Sketch("ana bo", "mia"),),
        [Expected(1, "g1", "bo noa")],
    ),
    Case("a mentor misses nobody", ALL, ROUND, (Sketch("dee", "mia"),)),
    Case("who has no group has lost more than a mentor", ALL, ROUND, ()),
    Case("an empty group costs nothing", ALL, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keep_mentors_finds_what_the_table_says(case: Case) -> None:
    """Trust was given to a person, not to a time of the week."""
    case.check()
