"""Shares of places in proportion, by hand.

The i-th of a applicants who is left out costs 100 (2 i - 1) / (2 a), rounded down: for four
applicants 12, 37, 62, 87; for three 16, 50, 83; for one 50.
"""

import pytest

from mentormatch.rules import FairShare
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, student, students

ROUND = round_(
    [
        *students("ana bo cai dee", department="Physics"),
        student("eli", department="Design", attributes={"theme": ("sleep", "rest")}),
        student("fay", department="Design", attributes={"theme": "rest"}),
        student("gus", department="Design", attributes={"theme": "rest"}),
        student("hoa", department="Law"),
        student("ivy", priority=9),
    ],
    mentors("mia noa", department="Physics"),
)
SHARE = FairShare()
EVERYBODY = "ana bo cai dee eli fay gus hoa ivy"


def without(names: str) -> tuple[Sketch, ...]:
    """Return one group of everybody but these."""
    return (Sketch(" ".join(one for one in EVERYBODY.split() if one not in names.split())),)


CASES = [
    Case("everybody placed is fair", SHARE, ROUND, (Sketch(EVERYBODY),)),
    Case(
        "one of four",
        SHARE,
        ROUND,
        without("bo"),
        [Expected(12, None, "bo", ("1 of 4 students", "Physics is left out"))],
    ),
    Case(
        "two of four cost more than twice as much",
        SHARE,
        ROUND,
        without("bo dee"),
        [Expected(49, None, "bo dee", ("2 of 4", "Physics are left out"))],
    ),
    Case(
        "all of four",
        SHARE,
        ROUND,
        without("ana bo cai dee"),
        [Expected(198, None, "ana bo cai dee")],
    ),
    Case("one of three", SHARE, ROUND, without("gus"), [Expected(16, None, "gus", ("Design",))]),
    Case(
        "all of three",
        SHARE,
        ROUND,
        without("eli fay gus"),
        [Expected(149, None, "eli fay gus")],
    ),
    Case("the only one", SHARE, ROUND, without("hoa"), [Expected(50, None, "hoa", ("Law",))]),
    Case(
        "each kind counts by itself",
        SHARE,
        ROUND,
        without("ana fay"),
        [Expected(12, None, "ana"), Expected(16, None, "fay")],
    ),
    Case("who has no department has no share", SHARE, ROUND, without("ivy")),
    Case(
        "two groups hold as many as one",
        SHARE,
        ROUND,
        (Sketch("ana bo eli"), Sketch("cai fay gus hoa", at="wed-15")),
        [Expected(12, None, "dee")],
    ),
    Case(
        "of several values each has a share",
        FairShare(attribute="theme"),
        ROUND,
        without("eli ana"),
        [Expected(16, None, "eli", ("rest",)), Expected(50, None, "eli", ("sleep",))],
    ),
    Case(
        "without groups all are left out",
        SHARE,
        ROUND,
        (),
        [
            Expected(198, None, "ana bo cai dee"),
            Expected(149, None, "eli fay gus"),
            Expected(50, None, "hoa"),
        ],
    ),
    Case(
        "of very many applicants one costs less than a unit and is no breach",
        SHARE,
        round_(students(" ".join(f"s{n}" for n in range(60)), department="Physics")),
        (Sketch(" ".join(f"s{n}" for n in range(1, 60))),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_fair_share_finds_what_the_table_says(case: Case) -> None:
    """A department that sends many applicants also sends many who are left out, and no more."""
    case.check()
