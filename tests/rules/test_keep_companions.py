"""Students who were in one group before, by hand."""

import pytest

from mentormatch.rules import EarlierGroup, KeepCompanions
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai dee"), mentors("mia noa"))
OLD = (EarlierGroup(students=("ana", "bo", "cai", "left"), mentors=("mia",), slot="tue-15"),)
ALL = KeepCompanions(groups=OLD)
SOME = KeepCompanions(groups=OLD, people=("ana",))

CASES = [
    Case("all together cost nothing", ALL, ROUND, (Sketch("ana bo cai dee", "noa"),)),
    Case(
        "of two who are parted each misses the other",
        ALL,
        ROUND,
        (Sketch("ana bo"), Sketch("cai", at="wed-15")),
        [
            Expected(1, "g1", "ana cai", ("ana", "cai", "g1")),
            Expected(1, "g1", "bo cai"),
            Expected(1, "g2", "ana cai"),
            Expected(1, "g2", "bo cai"),
        ],
    ),
    Case(
        "who is left out is missed and misses nobody",
        ALL,
        ROUND,
        (Sketch("ana bo"),),
        [Expected(1, "g1", "ana cai"), Expected(1, "g1", "bo cai")],
    ),
    Case(
        "only those whom the rule is about miss somebody",
        SOME,
        ROUND,
        (Sketch("ana"), Sketch("bo cai", at="wed-15")),
        [Expected(1, "g1", "ana bo"), Expected(1, "g1", "ana cai")],
    ),
    Case("newcomers and mentors are no companions", ALL, ROUND, (Sketch("dee", "mia"),)),
    Case("an empty group costs nothing", ALL, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keep_companions_finds_what_the_table_says(case: Case) -> None:
    """A group that has begun to talk is worth keeping."""
    case.check()
