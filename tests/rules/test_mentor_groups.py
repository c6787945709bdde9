"""How many groups mentors lead at least and at most, by hand."""

import pytest

from mentormatch.rules import MentorGroups
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(
    students("ana bo cai", "tue-15 wed-15 thu-15"),
    mentors("mia noa", "tue-15 wed-15 thu-15", capacity=3),
    "tue-15 wed-15 thu-15",
)
ONCE = (Sketch("ana", "mia"),)
TWICE = (*ONCE, Sketch("bo", "mia", at="wed-15"))
THRICE = (*TWICE, Sketch("cai", "mia noa", at="thu-15"))

CASES = [
    Case("without limits any number will do", MentorGroups(), ROUND, THRICE),
    Case("without limits none will do", MentorGroups(), ROUND, ()),
    Case(
        "everybody leads one",
        MentorGroups(least=1),
        ROUND,
        ONCE,
        [Expected(1, None, "noa", ("noa", "1"))],
    ),
    Case("everybody leads one or more", MentorGroups(least=1), ROUND, THRICE),
    Case(
        "the amount is the groups missing",
        MentorGroups(least=2),
        ROUND,
        ONCE,
        [Expected(1, None, "mia"), Expected(2, None, "noa")],
    ),
    Case("at most two", MentorGroups(most=2), ROUND, TWICE),
    Case(
        "the amount is the groups too many",
        MentorGroups(most=1),
        ROUND,
        THRICE,
        [Expected(2, None, "mia", ("mia", "3"))],
    ),
    Case("between the limits is no breach", MentorGroups(most=2), ROUND, ONCE),
    Case(
        "twenty is the most that anybody can lead",
        MentorGroups(most=0),
        ROUND,
        (Sketch("", "mia"),) * 20,
        [Expected(20, None, "mia", ("20 groups, more than 0",))],
    ),
    Case("none at all", MentorGroups(most=0), ROUND, ONCE, [Expected(1, None, "mia")]),
    Case(
        "exactly two",
        MentorGroups(least=2, most=2),
        ROUND,
        THRICE,
        [Expected(1, None, "mia"), Expected(1, None, "noa")],
    ),
    Case(
        "of the named only",
        MentorGroups(mentors=("noa",), least=1, most=2),
        ROUND,
        TWICE,
        [Expected(1, None, "noa")],
    ),
    Case("others than the named are free", MentorGroups(mentors=("noa",), most=1), ROUND, THRICE),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentor_groups_finds_what_the_table_says(case: Case) -> None:
    """Some mentors are promised a group, some can take no more than so many."""
    case.check()
