"""A class of students who get places, by hand."""

import pytest

from mentormatch.rules import PlaceClass
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, student

ROUND = round_(
    [
        student("ana"),
        student("bo", priority=2),
        student("cai", priority=3, name="Cai Example"),
        student("dee", priority=10),
    ],
    mentors("mia noa"),
)

CASES = [
    Case(
        "each of the class who is left out is one breach",
        PlaceClass(priority=2),
        ROUND,
        (Sketch("ana"),),
        [
            Expected(1, None, "bo", ("bo",)),
            Expected(1, None, "cai", ("Cai Example",)),
            Expected(1, None, "dee"),
        ],
    ),
    Case("below the class nobody counts", PlaceClass(priority=2), ROUND, (Sketch("bo cai dee"),)),
    Case(
        "two is where the class begins if nothing is said",
        PlaceClass(),
        ROUND,
        (Sketch("cai dee"),),
        [Expected(1, None, "bo")],
    ),
    Case(
        "a higher class is a smaller one",
        PlaceClass(priority=4),
        ROUND,
        (Sketch("ana bo"),),
        [Expected(1, None, "dee")],
    ),
    Case(
        "from one on the class is everybody",
        PlaceClass(priority=1),
        ROUND,
        (Sketch("bo cai dee"),),
        [Expected(1, None, "ana")],
    ),
    Case("a class of nobody", PlaceClass(priority=11), ROUND, ()),
    Case(
        "any group is a place",
        PlaceClass(),
        ROUND,
        (Sketch("bo cai", "mia"), Sketch("dee", at="wed-15")),
    ),
    Case("mentors have no class", PlaceClass(priority=1), ROUND, (Sketch("ana bo cai dee"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_place_class_finds_what_the_table_says(case: Case) -> None:
    """Those who were promised a place get one before all others."""
    case.check()
