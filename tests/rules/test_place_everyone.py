"""A place for everybody, by hand."""

import pytest

from mentormatch.rules import PlaceEveryone
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, student, students

ROUND = round_(
    [
        *students("ana bo"),
        student("cai", priority=5, name="Cai Example"),
        student("dee", "", priority=2),
    ],
    mentors("mia noa"),
)

CASES = [
    Case(
        "no group leaves everybody out, each at their priority",
        PlaceEveryone(),
        ROUND,
        (),
        [
            Expected(1, None, "ana", ("ana", "left out")),
            Expected(1, None, "bo"),
            Expected(5, None, "cai", ("Cai Example",)),
            Expected(2, None, "dee"),
        ],
    ),
    Case("a place for everybody is no breach", PlaceEveryone(), ROUND, (Sketch("ana bo cai dee"),)),
    Case(
        "the places may be in any group",
        PlaceEveryone(),
        ROUND,
        (Sketch("ana bo"), Sketch("cai dee", at="wed-15")),
    ),
    Case(
        "priority is what it costs",
        PlaceEveryone(),
        ROUND,
        (Sketch("ana bo dee"),),
        [Expected(5, None, "cai")],
    ),
    Case(
        "a weight is for the tier and does not change the amount",
        PlaceEveryone(weight=7, tier=2),
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(2, None, "dee")],
    ),
    Case(
        "a mentor without a group is not left out",
        PlaceEveryone(),
        ROUND,
        (Sketch("ana bo cai dee", "mia"),),
    ),
    Case(
        "a hard rule finds the same",
        PlaceEveryone(tier="hard"),
        ROUND,
        (Sketch("bo cai dee"), Sketch("", at="wed-15")),
        [Expected(1, None, "ana")],
    ),
    Case("nobody is left out of a round of nobody", PlaceEveryone(), round_(()), ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_place_everyone_finds_what_the_table_says(case: Case) -> None:
    """Nobody who signed up is dropped in silence."""
    case.check()
