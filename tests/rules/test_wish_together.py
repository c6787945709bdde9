"""Wishes to be with somebody, by hand."""

import pytest

from mentormatch.rules import WishTogether
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, student, students

ROUND = round_(
    [
        student("ana", attributes={"friends": ("bo", "cai")}),
        student("bo", attributes={"friends": "ana"}),
        student("cai", attributes={"friends": ()}),
        *students("dee eli"),
    ],
    mentors("mia noa", capacity=2),
)
ONE = WishTogether(wishes=(("ana", "bo"),))
MANY = WishTogether(wishes=(("ana", "bo"), ("bo", "ana"), ("ana", "cai"), ("dee", "mia")))
MUTUAL = WishTogether(wishes=MANY.wishes, mutual_only=True)
FRIENDS = WishTogether(attribute="friends")

CASES = [
    Case("a wish come true costs nothing", ONE, ROUND, (Sketch("ana bo"),)),
    Case(
        "a wish not met is a breach",
        ONE,
        ROUND,
        (Sketch("ana cai"), Sketch("bo", at="wed-15")),
        [Expected(1, "g1", "ana bo", ("ana", "bo", "g1"))],
    ),
    Case(
        "with somebody who is left out it is not met",
        ONE,
        ROUND,
        (Sketch("ana"),),
        [Expected(1, "g1", "ana bo")],
    ),
    Case("whoever has no group misses nobody", ONE, ROUND, (Sketch("bo"),)),
    Case(
        "each wish counts by itself",
        MANY,
        ROUND,
        (Sketch("ana dee"), Sketch("bo cai", "mia", at="wed-15")),
        [
            Expected(1, "g1", "ana bo"),
            Expected(1, "g1", "ana cai"),
            Expected(1, "g1", "dee mia"),
            Expected(1, "g2", "ana bo"),
        ],
    ),
    Case(
        "of those that both state each counts",
        MUTUAL,
        ROUND,
        (Sketch("ana dee"), Sketch("bo cai", at="wed-15")),
        [Expected(1, "g1", "ana bo"), Expected(1, "g2", "ana bo")],
    ),
    Case("a wish of one side is none where both are asked", MUTUAL, ROUND, (Sketch("ana bo dee"),)),
    Case(
        "a wish stated twice is one wish",
        WishTogether(wishes=(("ana", "bo"), ("ana", "bo"))),
        ROUND,
        (Sketch("ana"),),
        [Expected(1, "g1", "ana bo")],
    ),
    Case(
        "an attribute holds one or several",
        FRIENDS,
        ROUND,
        (Sketch("ana bo"), Sketch("cai dee", at="wed-15")),
        [Expected(1, "g1", "ana cai")],
    ),
    Case(
        "an attribute with one id is one wish",
        FRIENDS,
        ROUND,
        (Sketch("bo"), Sketch("ana cai", at="wed-15")),
        [Expected(1, "g1", "ana bo"), Expected(1, "g2", "ana bo")],
    ),
    Case(
        "of an attribute those that both state",
        WishTogether(attribute="friends", mutual_only=True),
        ROUND,
        (Sketch("ana"), Sketch("bo cai", at="wed-15")),
        [Expected(1, "g1", "ana bo"), Expected(1, "g2", "ana bo")],
    ),
    Case(
        "a mentor wishes in each group of theirs",
        WishTogether(wishes=(("mia", "noa"),)),
        ROUND,
        (Sketch("ana", "mia"), Sketch("bo", "mia noa", at="wed-15")),
        [Expected(1, "g1", "mia noa")],
    ),
    Case(
        "everybody is with themselves",
        WishTogether(wishes=(("ana", "ana"), ("bo", "bo"))),
        ROUND,
        (Sketch("ana"),),
    ),
    Case("no wish is not missed", WishTogether(), ROUND, (Sketch("ana"),)),
    Case("an empty group wishes nothing", MANY, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_wish_together_finds_what_the_table_says(case: Case) -> None:
    """Somebody who knows one face comes to the first meeting."""
    case.check()
