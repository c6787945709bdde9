"""Groups with about one mean, by hand."""

import pytest

from mentormatch.rules import Balance
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

# The mean of 1, 1, 2, 4 and 5 is 2.6, rounded 3.
ROUND = round_(
    [
        student("ana", attributes={"year": 1}),
        student("bo", attributes={"year": 1}),
        student("cai", attributes={"year": 2}),
        student("dee", attributes={"year": 4}),
        student("eli", attributes={"year": 5}),
        student("fay"),
    ],
    [mentor("mia", attributes={"year": 9}), mentor("noa", attributes={"year": 5}), mentor("oli")],
    mentors_each=2,
)
YEARS = Balance(attribute="year")
# The mean is 1.5 and goes up to 2.
HALF = round_([student("ana", attributes={"year": 1}), student("bo", attributes={"year": 2})])
# The mean is -1.5 and goes up to -1.
BELOW = round_([student("ana", attributes={"year": -1}), student("bo", attributes={"year": -2})])

CASES = [
    Case("one too low and one too high are even", YEARS, ROUND, (Sketch("ana eli"),)),
    Case(
        "too low is as far as it is",
        YEARS,
        ROUND,
        (Sketch("ana bo"),),
        [
            Expected(
                4, "g1", "ana bo", ("g1", "year adds up to 2, 4 less than 2 times", "of all, 3")
            )
        ],
    ),
    Case(
        "too high is as far as it is",
        YEARS,
        ROUND,
        (Sketch("dee eli"),),
        [Expected(3, "g1", "dee eli", ("3 more than 2 times",))],
    ),
    Case(
        "each group has its own distance",
        YEARS,
        ROUND,
        (Sketch("ana dee"), Sketch("bo cai eli", at="wed-15")),
        [Expected(1, "g1", "ana dee"), Expected(1, "g2", "bo cai eli")],
    ),
    Case(
        "one more is more",
        YEARS,
        ROUND,
        (Sketch("dee"),),
        [Expected(1, "g1", "dee", ("1 more than 1 times",))],
    ),
    Case("who has no year weighs nothing", YEARS, ROUND, (Sketch("fay"),)),
    Case(
        "who has no year does not change the others' distance",
        YEARS,
        ROUND,
        (Sketch("cai fay"),),
        [Expected(1, "g1", "cai")],
    ),
    Case("a half goes up", YEARS, HALF, (Sketch("ana"),), [Expected(1, "g1", "ana")]),
    Case("a half goes up and not to the even number", YEARS, HALF, (Sketch("bo"),)),
    Case("a half below zero goes up too", YEARS, BELOW, (Sketch("ana"),)),
    Case(
        "so the lower one is off",
        YEARS,
        BELOW,
        (Sketch("bo"),),
        [Expected(1, "g1", "bo")],
    ),
    Case(
        "the left out count for the mean",
        YEARS,
        ROUND,
        (Sketch("eli"),),
        [Expected(2, "g1", "eli")],
    ),
    Case("mentors do not count by default", YEARS, ROUND, (Sketch("ana eli", "mia noa"),)),
    Case(
        "mentors among themselves have their own mean",
        Balance(attribute="year", who="mentors"),
        ROUND,
        (Sketch("ana", "mia noa"), Sketch("bo", "mia oli", at="wed-15")),
        [Expected(2, "g2", "mia")],
    ),
    Case(
        "everybody together",
        # The mean of 13 from students and 14 from mentors is 27 / 7, rounded 4.
        Balance(attribute="year", who="everybody"),
        ROUND,
        (Sketch("dee", "noa"), Sketch("ana", "oli", at="wed-15")),
        [Expected(1, "g1", "dee noa"), Expected(3, "g2", "ana")],
    ),
    Case("an empty group is even", YEARS, ROUND, (Sketch(""),)),
    Case("no group is no breach", YEARS, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_balance_finds_what_the_table_says(case: Case) -> None:
    """A group of beginners only has nobody to tell them that it passes."""
    case.check()
