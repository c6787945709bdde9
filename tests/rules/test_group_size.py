"""Groups of a workable size, by hand: sizes 2 to 3."""

import pytest

from mentormatch.rules import GroupSize
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai dee eli"), mentors("mia noa"), size=(2, 3))
WITH_MENTORS = round_(ROUND.students, ROUND.mentors, size=(2, 3), count_mentors=True)
EXACT = round_(students("ana bo cai dee eli"), mentors("mia noa"), size=(3, 3))

CASES = [
    Case("no group at all is no breach", GroupSize(), ROUND, ()),
    Case("the smallest size is enough", GroupSize(), ROUND, (Sketch("ana bo"),)),
    Case("the largest size is not too many", GroupSize(), ROUND, (Sketch("ana bo cai"),)),
    Case(
        "one student is one too few",
        GroupSize(),
        ROUND,
        (Sketch("ana"),),
        [Expected(1, "g1", words=("g1", "1 student, fewer than 2"))],
    ),
    Case(
        "a group of nobody misses the smallest size in full",
        GroupSize(),
        ROUND,
        (Sketch(""),),
        [Expected(2, "g1", words=("0 students", "fewer than 2"))],
    ),
    Case(
        "five students are two too many",
        GroupSize(),
        ROUND,
        (Sketch("ana bo cai dee eli"),),
        [Expected(2, "g1", words=("5 students", "more than 3"))],
    ),
    Case(
        "mentors do not fill a group",
        GroupSize(),
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1", words=("1 student",))],
    ),
    Case("mentors do not crowd a group", GroupSize(), ROUND, (Sketch("ana bo cai", "mia noa"),)),
    Case(
        "each group counts for itself",
        GroupSize(),
        ROUND,
        (Sketch("ana"), Sketch("bo cai dee eli"), Sketch("", at="wed-15")),
        [Expected(1, "g1"), Expected(1, "g2"), Expected(2, "g3")],
    ),
    Case(
        "one size only leaves no room either way",
        GroupSize(),
        EXACT,
        (Sketch("ana bo"), Sketch("cai dee eli")),
        [Expected(1, "g1", words=("fewer than 3",))],
    ),
    Case(
        "mentors fill a group where the shape counts them",
        GroupSize(),
        WITH_MENTORS,
        (Sketch("ana", "mia"),),
    ),
    Case(
        "mentors crowd a group where the shape counts them",
        GroupSize(),
        WITH_MENTORS,
        (Sketch("ana bo cai", "mia noa"),),
        [Expected(2, "g1", words=("5 people", "more than 3"))],
    ),
    Case(
        "a soft rule finds the same breaches",
        GroupSize(tier=2, weight=9),
        ROUND,
        (Sketch("ana"),),
        [Expected(1, "g1")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_group_size_finds_what_the_table_says(case: Case) -> None:
    """The promise of a size is what makes a group a group."""
    case.check()
