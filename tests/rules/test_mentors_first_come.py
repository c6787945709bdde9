"""Mentors who signed up earlier lead first, by hand."""

import pytest

from mentormatch.rules import MentorsFirstCome
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, students

ROUND = round_(
    students("ana bo"),
    [
        mentor("late", signed_up="2026-09-03T12:00:00+03:00"),
        mentor("first", signed_up="2026-09-01T12:00:00+03:00", capacity=2),
        mentor("never"),
        mentor("twin", signed_up="2026-09-02T12:00:00+03:00", capacity=2),
        mentor("other-twin", signed_up="2026-09-02T09:00:00Z"),
        mentor("not-either"),
    ],
    mentors_each=2,
)
RULE = MentorsFirstCome()

CASES = [
    Case("the first goes first", RULE, ROUND, (Sketch("ana", "first"),)),
    Case(
        "the second instead has passed over one",
        RULE,
        ROUND,
        (Sketch("ana", "first twin"),),
        [Expected(1, None, "twin", ("twin",))],
    ),
    Case(
        "equal times in different zones share the lower rank",
        RULE,
        ROUND,
        (Sketch("ana", "twin other-twin"),),
        [Expected(1, None, "twin"), Expected(1, None, "other-twin")],
    ),
    Case(
        "after two who tie comes the fourth",
        RULE,
        ROUND,
        (Sketch("ana", "late"),),
        [Expected(3, None, "late")],
    ),
    Case(
        "without a time one is last, together with others",
        RULE,
        ROUND,
        (Sketch("ana", "never"), Sketch("bo", "not-either", at="wed-15")),
        [Expected(4, None, "never"), Expected(4, None, "not-either")],
    ),
    Case(
        "two groups count as one",
        RULE,
        ROUND,
        (Sketch("ana", "twin"), Sketch("bo", "twin first", at="wed-15")),
        [Expected(1, None, "twin")],
    ),
    Case("who leads nothing has taken no turn", RULE, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentors_first_come_finds_what_the_table_says(case: Case) -> None:
    """When there are too many mentors, whoever offered first is asked first."""
    case.check()
