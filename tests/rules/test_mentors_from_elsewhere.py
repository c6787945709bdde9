"""Mentors who come from elsewhere than their students, by hand."""

import pytest

from mentormatch.rules import MentorsFromElsewhere
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", department="Physics"),
        student("bo", department="Physics"),
        student("cai", department="Physics", attributes={"theme": ("sleep", "rest")}),
        student("dee", department="Design", attributes={"theme": "rest"}),
        student("eli"),
    ],
    [
        mentor("mia", department="Physics", attributes={"theme": ("rest", "sleep")}),
        mentor("noa", department="Physics", capacity=2),
        mentor("oli", department="Design"),
        mentor("pia"),
    ],
    mentors_each=2,
)
NONE = MentorsFromElsewhere()
ONE = MentorsFromElsewhere(most=1)

CASES = [
    Case("mentors of another department", NONE, ROUND, (Sketch("ana bo eli", "oli pia"),)),
    Case(
        "a student of the mentor's department",
        NONE,
        ROUND,
        (Sketch("ana dee", "mia pia"),),
        [Expected(1, "g1", "mia ana", ("guides 1 student of their own department in group g1.",))],
    ),
    Case(
        "each student counts",
        NONE,
        ROUND,
        (Sketch("ana bo cai dee", "mia pia"),),
        [Expected(3, "g1", "mia ana bo cai")],
    ),
    Case(
        "each mentor counts",
        NONE,
        ROUND,
        (Sketch("ana dee", "mia oli"),),
        [Expected(1, "g1", "mia ana"), Expected(1, "g1", "oli dee")],
    ),
    Case(
        "two mentors of one department may meet",
        NONE,
        ROUND,
        (Sketch("dee eli", "mia noa"),),
    ),
    Case("nobody shares a missing department", NONE, ROUND, (Sketch("eli", "pia"),)),
    Case(
        "each group of the mentor counts",
        NONE,
        ROUND,
        (Sketch("ana", "noa"), Sketch("bo", "noa", at="wed-15")),
        [Expected(1, "g1", "noa ana"), Expected(1, "g2", "noa bo")],
    ),
    Case("one may be allowed", ONE, ROUND, (Sketch("ana dee", "mia oli"),)),
    Case(
        "beyond the allowed one each counts",
        ONE,
        ROUND,
        (Sketch("ana bo cai dee", "mia noa"),),
        [
            Expected(2, "g1", "mia ana bo cai", ("in group g1, more than 1.",)),
            Expected(2, "g1", "noa ana bo cai"),
        ],
    ),
    Case("without the mentor nothing counts", ONE, ROUND, (Sketch("ana bo cai", "oli pia"),)),
    Case(
        "a student who shares two values is one student",
        MentorsFromElsewhere(attribute="theme"),
        ROUND,
        (Sketch("cai dee ana", "mia"),),
        [Expected(2, "g1", "mia cai dee")],
    ),
    Case(
        "without students or mentors nobody shares",
        NONE,
        ROUND,
        (Sketch("", "mia"), Sketch("ana", at="wed-15")),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentors_from_elsewhere_finds_what_the_table_says(case: Case) -> None:
    """One speaks more freely of one's department to somebody who is not of it."""
    case.check()
