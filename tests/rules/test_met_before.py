"""People who met in an earlier round, by hand."""

import pytest

from mentormatch.rules import MetBefore
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai dee"), mentors("mia noa", capacity=2), mentors_each=2)
ONE = MetBefore(rounds=(("ana", "bo", "cai", "mia"),))
TWO = MetBefore(rounds=(("ana", "bo"), ("ana", "bo", "dee"), ("gone", "ana"), ("gone", "left")))

CASES = [
    Case("strangers are no breach", ONE, ROUND, (Sketch("ana dee"),)),
    Case(
        "two who met are a pair",
        ONE,
        ROUND,
        (Sketch("ana bo dee"),),
        [Expected(1, "g1", "ana bo", ("ana", "bo", "g1"))],
    ),
    Case(
        "three who met are three pairs",
        ONE,
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", "ana bo"), Expected(1, "g1", "ana cai"), Expected(1, "g1", "bo cai")],
    ),
    Case(
        "mentors count in each of their groups",
        ONE,
        ROUND,
        (Sketch("ana", "mia noa"), Sketch("bo", "mia", at="wed-15")),
        [Expected(1, "g1", "ana mia"), Expected(1, "g2", "bo mia")],
    ),
    Case(
        "who met twice is one pair, and who is gone is not missed",
        TWO,
        ROUND,
        (Sketch("ana bo dee"),),
        [Expected(1, "g1", "ana bo"), Expected(1, "g1", "ana dee"), Expected(1, "g1", "bo dee")],
    ),
    Case("two of different earlier groups never met", TWO, ROUND, (Sketch("bo cai"),)),
    Case(
        "a name twice in a group did not meet itself",
        MetBefore(rounds=(("ana", "ana", "bo"),)),
        ROUND,
        (Sketch("ana cai"), Sketch("bo", at="wed-15")),
    ),
    Case("without earlier rounds all are new", MetBefore(rounds=()), ROUND, (Sketch("ana bo"),)),
    Case("who is left out meets nobody again", ONE, ROUND, (Sketch("ana"),)),
    Case("an empty group is new", ONE, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_met_before_finds_what_the_table_says(case: Case) -> None:
    """Whoever comes back comes to meet others."""
    case.check()
