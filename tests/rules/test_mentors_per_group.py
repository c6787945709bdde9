"""The right number of mentors, by hand."""

import pytest

from mentormatch.rules import MentorsPerGroup
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

PEOPLE = students("ana bo cai")
PAIRS = round_(PEOPLE, mentors("mia noa oli", capacity=2), mentors_each=2)
ALONE = round_(PEOPLE, mentors("mia noa oli"), mentors_each=1)
NONE = round_(PEOPLE, mentors("mia noa oli"), mentors_each=0)

CASES = [
    Case("no group needs no mentor", MentorsPerGroup(), PAIRS, ()),
    Case("two are a pair", MentorsPerGroup(), PAIRS, (Sketch("ana bo", "mia noa"),)),
    Case(
        "one of a pair is missing",
        MentorsPerGroup(),
        PAIRS,
        (Sketch("ana bo", "mia"),),
        [Expected(1, "g1", words=("g1", "1 mentor instead of 2"))],
    ),
    Case(
        "a group without mentors misses both",
        MentorsPerGroup(),
        PAIRS,
        (Sketch("ana bo"),),
        [Expected(2, "g1", words=("0 mentors", "instead of 2"))],
    ),
    Case(
        "three are one too many",
        MentorsPerGroup(),
        PAIRS,
        (Sketch("ana bo", "mia noa oli"),),
        [Expected(1, "g1", words=("3 mentors",))],
    ),
    Case(
        "an empty group still wants its mentors",
        MentorsPerGroup(),
        PAIRS,
        (Sketch(""),),
        [Expected(2, "g1")],
    ),
    Case(
        "students do not stand in for mentors",
        MentorsPerGroup(),
        ALONE,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", words=("0 mentors", "instead of 1"))],
    ),
    Case(
        "three where one is wanted are two too many",
        MentorsPerGroup(),
        ALONE,
        (Sketch("ana", "mia noa oli"),),
        [Expected(2, "g1")],
    ),
    Case(
        "a programme without mentors has none",
        MentorsPerGroup(),
        NONE,
        (Sketch("ana bo"), Sketch("cai", "mia noa", at="wed-15")),
        [Expected(2, "g2", words=("2 mentors", "instead of 0"))],
    ),
    Case(
        "one mentor counts in each of their groups",
        MentorsPerGroup(),
        PAIRS,
        (Sketch("ana", "mia noa"), Sketch("bo", "mia", at="wed-15")),
        [Expected(1, "g2")],
    ),
    Case(
        "a mentor without a group is no breach", MentorsPerGroup(), ALONE, (Sketch("ana", "mia"),)
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentors_per_group_finds_what_the_table_says(case: Case) -> None:
    """Programmes promise a pair of mentors; too many are a breach as well."""
    case.check()
