"""Times that people were told before, by hand."""

import pytest

from mentormatch.rules import EarlierGroup, KeepTime
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai dee"), mentors("mia noa", capacity=2))
OLD = (
    EarlierGroup(students=("ana", "bo", "left"), mentors=("mia",), slot="tue-15"),
    EarlierGroup(students=("cai",), mentors=("mia", "gone"), slot="wed-15"),
    EarlierGroup(students=("dee",), slot="sun-03"),
)
ALL = KeepTime(groups=OLD)
SOME = KeepTime(groups=OLD, people=("ana", "nobody"))

CASES = [
    Case("the same time costs nothing", ALL, ROUND, (Sketch("ana bo", "mia", at="tue-15"),)),
    Case(
        "everybody who moves counts",
        ALL,
        ROUND,
        (Sketch("ana bo cai", at="wed-15"),),
        [
            Expected(1, "g1", "ana", ("ana", "tue-15", "wed-15")),
            Expected(1, "g1", "bo"),
        ],
    ),
    Case(
        "a mentor of two groups may have either time, and no third",
        ALL,
        ROUND,
        (Sketch("ana", "mia", at="tue-15"), Sketch("cai", "mia", at="wed-15")),
    ),
    Case(
        "a slot that is gone cannot be kept",
        ALL,
        ROUND,
        (Sketch("dee", at="tue-15"),),
        [Expected(1, "g1", "dee", ("sun-03",))],
    ),
    Case(
        "only those whom the rule is about",
        SOME,
        ROUND,
        (Sketch("ana bo", "mia", at="wed-15"),),
        [Expected(1, "g1", "ana")],
    ),
    Case("a newcomer has no earlier time", ALL, ROUND, (Sketch("", "noa", at="wed-15"),)),
    Case("without a group there is no other time", ALL, ROUND, ()),
    Case("an empty group moves nobody", ALL, ROUND, (Sketch(""),)),
    Case("without earlier groups all is new", KeepTime(groups=()), ROUND, (Sketch("ana"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keep_time_finds_what_the_table_says(case: Case) -> None:
    """Who has arranged a week around a group does not want another day."""
    case.check()
