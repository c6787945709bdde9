"""On campus or online, by hand."""

import pytest

from mentormatch.rules import CommonMode
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", mode="campus"),
        student("bo", mode="online"),
        student("cai", mode="either"),
        student("dee"),
    ],
    [mentor("mia", mode="online"), mentor("noa")],
)

CASES = [
    Case("campus people meet on campus", CommonMode(), ROUND, (Sketch("ana cai", "noa"),)),
    Case(
        "online people meet online",
        CommonMode(),
        ROUND,
        (Sketch("bo cai", "mia", mode="online"),),
    ),
    Case(
        "who takes either, or did not say, fits both",
        CommonMode(),
        ROUND,
        (Sketch("cai", "noa"), Sketch("dee", mode="online", at="wed-15")),
    ),
    Case(
        "online only does not fit the campus",
        CommonMode(),
        ROUND,
        (Sketch("ana bo", "noa"),),
        [Expected(1, "g1", "bo", ("bo", "online only", "g1", "on campus"))],
    ),
    Case(
        "campus only does not fit online",
        CommonMode(),
        ROUND,
        (Sketch("ana bo", "mia", mode="online"),),
        [Expected(1, "g1", "ana", ("ana", "on campus only", "online"))],
    ),
    Case(
        "mentors count",
        CommonMode(),
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1", "mia")],
    ),
    Case("an empty group fits", CommonMode(), ROUND, (Sketch(""),)),
    Case("who is left out fits", CommonMode(), ROUND, ()),
    Case(
        "two people are two breaches",
        CommonMode(tier=1),
        ROUND,
        (Sketch("bo dee", "mia"),),
        [Expected(1, "g1", "bo"), Expected(1, "g1", "mia")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_common_mode_finds_what_the_table_says(case: Case) -> None:
    """Some people cannot travel and some will not meet on a screen."""
    case.check()
