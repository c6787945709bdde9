"""Mentors who lead alone, by hand."""

import pytest

from mentormatch.rules import MentorAlone
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai"), mentors("mia noa oli", capacity=2), mentors_each=2)
MIA = MentorAlone(mentors=("mia",))
BOTH = MentorAlone(mentors=("mia", "noa"))

CASES = [
    Case("alone is as wished", MIA, ROUND, (Sketch("ana", "mia"),)),
    Case(
        "a co-mentor is a breach",
        MIA,
        ROUND,
        (Sketch("ana", "mia noa"),),
        [
            Expected(
                1,
                "g1",
                "mia",
                (
                    "mia wished",
                    "leads group g1 with noa.",
                ),
            )
        ],
    ),
    Case(
        "two co-mentors are two",
        MIA,
        ROUND,
        (Sketch("ana", "mia noa oli"),),
        [Expected(2, "g1", "mia")],
    ),
    Case(
        "two who wished it count each",
        BOTH,
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1", "mia"), Expected(1, "g1", "noa")],
    ),
    Case(
        "two who wished it and a third count two each",
        BOTH,
        ROUND,
        (Sketch("ana", "mia noa oli"),),
        [Expected(2, "g1", "mia"), Expected(2, "g1", "noa")],
    ),
    Case("the others may lead together", MIA, ROUND, (Sketch("ana", "noa oli"),)),
    Case(
        "each group counts",
        MIA,
        ROUND,
        (Sketch("ana", "mia noa"), Sketch("bo", "mia", at="wed-15")),
        [Expected(1, "g1", "mia")],
    ),
    Case("students are no co-mentors", MIA, ROUND, (Sketch("ana bo cai", "mia"),)),
    Case(
        "whoever is named twice wished it once",
        MentorAlone(mentors=("mia", "mia")),
        ROUND,
        (Sketch("ana", "mia oli"),),
        [Expected(1, "g1", "mia")],
    ),
    Case("an empty group has no mentors", BOTH, ROUND, (Sketch(""),)),
    Case("nobody named is alone by wish", MentorAlone(mentors=()), ROUND, (Sketch("", "mia noa"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentor_alone_finds_what_the_table_says(case: Case) -> None:
    """Some have led for years and would rather not share."""
    case.check()
