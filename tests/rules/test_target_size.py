"""Groups near a wished size, by hand."""

import pytest

from mentormatch.data.round import GroupShape, Round
from mentormatch.rules import TargetSize
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students, term

PEOPLE = students("ana bo cai dee eli fay gus")
ROUND = round_(PEOPLE, mentors("mia noa"), mentors_each=2)
STATED = Round(
    students=PEOPLE,
    mentors=mentors("mia noa"),
    slots=ROUND.slots,
    term=term(),
    shape=GroupShape(min_students=2, max_students=6, target_students=3, mentors=2),
    languages=("en",),
)
FOUR = TargetSize(target=4)

CASES = [
    Case("the wished size costs nothing", FOUR, ROUND, (Sketch("ana bo cai dee"),)),
    Case(
        "one too few costs one",
        FOUR,
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", words=("g1", "3", "4"))],
    ),
    Case(
        "one too many costs as much",
        FOUR,
        ROUND,
        (Sketch("ana bo cai dee eli"),),
        [Expected(1, "g1", words=("5",))],
    ),
    Case(
        "two too many cost four",
        FOUR,
        ROUND,
        (Sketch("ana bo cai dee eli fay"),),
        [Expected(4, "g1")],
    ),
    Case("three too few cost nine", FOUR, ROUND, (Sketch("ana"),), [Expected(9, "g1")]),
    Case("an empty group is four too few", FOUR, ROUND, (Sketch(""),), [Expected(16, "g1")]),
    Case(
        "each group counts",
        FOUR,
        ROUND,
        (Sketch("ana bo"), Sketch("cai dee eli fay gus", at="wed-15")),
        [Expected(4, "g1"), Expected(1, "g2")],
    ),
    Case("mentors are not counted", FOUR, ROUND, (Sketch("ana bo cai dee", "mia noa"),)),
    Case(
        "mentors are not counted even where sizes count them",
        FOUR,
        round_(PEOPLE, mentors("mia noa"), mentors_each=2, count_mentors=True),
        (Sketch("ana bo cai", "mia"),),
        [Expected(1, "g1")],
    ),
    Case("without one it is the shape's", TargetSize(), STATED, (Sketch("ana bo cai"),)),
    Case(
        "away from the shape's target",
        TargetSize(),
        STATED,
        (Sketch("ana bo cai dee eli"),),
        [Expected(4, "g1")],
    ),
    Case(
        "the rule's own target goes before the shape's",
        FOUR,
        STATED,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1")],
    ),
    Case(
        "a target above all students",
        TargetSize(target=10),
        ROUND,
        (Sketch("ana bo cai dee eli fay gus"),),
        [Expected(9, "g1")],
    ),
    Case("no group is of no size", FOUR, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_target_size_finds_what_the_table_says(case: Case) -> None:
    """Two groups of six are better than one of eight and one of four."""
    case.check()
