"""People whose numbers are near, by hand."""

import pytest

from mentormatch.rules import KeepRange
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", attributes={"year": 1}),
        student("bo", attributes={"year": 3}),
        student("cai", attributes={"year": 4}),
        student("dee", attributes={"year": -1}),
        student("eli"),
    ],
    [mentor("mia", attributes={"year": 9}), mentor("noa", attributes={"year": 4})],
    mentors_each=2,
)
TWO = KeepRange(attribute="year", within=2)

CASES = [
    Case("the limit itself is near", TWO, ROUND, (Sketch("ana bo"),)),
    Case(
        "beyond it is a pair",
        TWO,
        ROUND,
        (Sketch("ana cai"),),
        [Expected(1, "g1", "ana cai", ("ana", "cai", "g1", "by 3 in year"))],
    ),
    Case(
        "every pair too far apart counts, however far",
        TWO,
        ROUND,
        (Sketch("ana bo cai dee"),),
        [
            Expected(1, "g1", "ana cai"),
            Expected(1, "g1", "bo dee"),
            Expected(1, "g1", "cai dee"),
        ],
    ),
    Case("who has no number is far from nobody", TWO, ROUND, (Sketch("cai eli"),)),
    Case("in two groups they may differ", TWO, ROUND, (Sketch("ana"), Sketch("cai", at="wed-15"))),
    Case(
        "within none asks for the same",
        KeepRange(attribute="year", within=0),
        ROUND,
        (Sketch("bo cai"),),
        [Expected(1, "g1", "bo cai")],
    ),
    Case("mentors do not count by default", TWO, ROUND, (Sketch("ana", "mia noa"),)),
    Case(
        "mentors among themselves where told",
        KeepRange(attribute="year", within=2, who="mentors"),
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1", "mia noa")],
    ),
    Case(
        "everybody where told",
        KeepRange(attribute="year", within=2, who="everybody"),
        ROUND,
        (Sketch("ana cai", "noa"),),
        [Expected(1, "g1", "ana cai"), Expected(1, "g1", "ana noa")],
    ),
    Case("an empty group differs in nothing", TWO, ROUND, (Sketch(""),)),
    Case("who is left out meets nobody", TWO, ROUND, (Sketch("ana"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keep_range_finds_what_the_table_says(case: Case) -> None:
    """First and last years have other worries."""
    case.check()
