"""A ceiling and a floor on a sum, by hand."""

import pytest

from mentormatch.rules import SumCap
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", attributes={"load": 3}),
        student("bo", attributes={"load": 5}),
        student("cai", attributes={"load": 1}),
        student("dee", attributes={"load": -2}),
        student("eli", attributes={"load": 0}),
        student("fay"),
    ],
    [mentor("mia", attributes={"load": 4}), mentor("noa", attributes={"load": 2}), mentor("oli")],
    mentors_each=2,
)
EIGHT = SumCap(attribute="load", most=8)
FOUR = SumCap(attribute="load", least=4)

CASES = [
    Case("the ceiling itself is allowed", EIGHT, ROUND, (Sketch("ana bo"),)),
    Case(
        "what is above it is the amount",
        EIGHT,
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", "ana bo cai", ("g1", "load", "9", "8"))],
    ),
    Case("a number below zero takes away", EIGHT, ROUND, (Sketch("ana bo cai dee"),)),
    Case(
        "three too many are three",
        SumCap(attribute="load", most=5),
        ROUND,
        (Sketch("ana bo"), Sketch("cai", at="wed-15")),
        [Expected(3, "g1", "ana bo")],
    ),
    Case("no number counts as none", EIGHT, ROUND, (Sketch("ana bo fay"),)),
    Case("the floor itself is enough", FOUR, ROUND, (Sketch("ana cai"),)),
    Case(
        "what is missing to the floor is the amount",
        FOUR,
        ROUND,
        (Sketch("ana fay"),),
        [Expected(1, "g1", "ana", ("g1", "load", "3", "4"))],
    ),
    Case(
        "below zero more is missing",
        FOUR,
        ROUND,
        (Sketch("dee"),),
        [Expected(6, "g1", "dee")],
    ),
    Case("an empty group misses all", FOUR, ROUND, (Sketch(""),), [Expected(4, "g1")]),
    Case("an empty group is under any ceiling", EIGHT, ROUND, (Sketch("", "mia noa"),)),
    Case(
        "both limits at once",
        SumCap(attribute="load", least=2, most=4),
        ROUND,
        (Sketch("ana dee"), Sketch("bo", at="wed-15"), Sketch("cai fay")),
        [Expected(1, "g1", "ana dee"), Expected(1, "g2", "bo"), Expected(1, "g3", "cai")],
    ),
    Case("mentors do not count by default", EIGHT, ROUND, (Sketch("ana bo", "mia"),)),
    Case(
        "mentors alone where told",
        SumCap(attribute="load", most=5, who="mentors"),
        ROUND,
        (Sketch("ana bo", "mia noa"), Sketch("cai", "mia oli", at="wed-15")),
        [Expected(1, "g1", "mia noa")],
    ),
    Case(
        "everybody where told",
        SumCap(attribute="load", most=8, who="everybody"),
        ROUND,
        (Sketch("ana bo", "mia"),),
        [Expected(4, "g1", "ana bo mia")],
    ),
    Case("who is left out has no part in a sum", SumCap(attribute="load", most=0), ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_sum_cap_finds_what_the_table_says(case: Case) -> None:
    """A van has eight seats, whoever brings luggage."""
    case.check()
