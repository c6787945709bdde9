"""Students who stay in their group or are moved, by hand."""

import pytest

from mentormatch.rules import EarlierGroup, Stay
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai dee"), mentors("mia noa oli", capacity=2), mentors_each=2)
OLD = (
    EarlierGroup(students=("ana", "bo", "left"), mentors=("gone", "mia", "noa"), slot="tue-15"),
    EarlierGroup(students=("cai",), mentors=("gone",), slot="wed-15"),
)
ALL = Stay(groups=OLD)
SOME = Stay(groups=OLD, people=("bo", "nobody"))

CASES = [
    Case(
        "with the first mentor who is there they stay", ALL, ROUND, (Sketch("ana bo", "mia oli"),)
    ),
    Case(
        "a group that meets at another time with its mentor goes on",
        ALL,
        ROUND,
        (Sketch("ana bo", "mia", at="wed-15"),),
    ),
    Case(
        "with another mentor of theirs alone they are moved",
        ALL,
        ROUND,
        (Sketch("ana bo", "noa"),),
        [Expected(1, "g1", "ana mia", ("ana", "mia", "g1")), Expected(1, "g1", "bo mia")],
    ),
    Case(
        "a group whose mentors have left is known by its slot",
        ALL,
        ROUND,
        (Sketch("cai dee", "oli", at="wed-15"),),
    ),
    Case(
        "and is left by whoever meets in another",
        ALL,
        ROUND,
        (Sketch("cai dee", "oli", at="tue-15"),),
        [Expected(1, "g1", "cai", ("cai", "wed-15"))],
    ),
    Case(
        "only those whom the rule is about",
        SOME,
        ROUND,
        (Sketch("ana bo", "oli"),),
        [Expected(1, "g1", "bo mia")],
    ),
    Case("newcomers and mentors are not moved", ALL, ROUND, (Sketch("dee", "noa"),)),
    Case("who has no group is not in another", ALL, ROUND, ()),
    Case("an empty group costs nothing", ALL, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_stay_finds_what_the_table_says(case: Case) -> None:
    """People notice whether they are with those whom they were told."""
    case.check()
