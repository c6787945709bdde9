"""Nobody the only one of their kind, by hand."""

import pytest

from mentormatch.rules import NobodyAlone
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", attributes={"school": "arts"}),
        student("bo", attributes={"school": "arts"}),
        student("cai", attributes={"school": "arts", "theme": ("sleep", "rest")}),
        student("dee", attributes={"school": "law", "theme": ("rest",)}),
        student("eli", attributes={"theme": ("sleep",)}),
    ],
    [
        mentor("mia", attributes={"school": "law"}),
        mentor("noa", attributes={"school": "arts"}),
    ],
    mentors_each=2,
)
SCHOOL = NobodyAlone(attribute="school")
THREE = NobodyAlone(attribute="school", least=3)

CASES = [
    Case("two of a kind are not alone", SCHOOL, ROUND, (Sketch("ana bo eli"),)),
    Case(
        "one of a kind is alone",
        SCHOOL,
        ROUND,
        (Sketch("ana bo dee"),),
        [Expected(1, "g1", "dee", ("g1", "law"))],
    ),
    Case(
        "each value is a breach of its own",
        SCHOOL,
        ROUND,
        (Sketch("ana dee"),),
        [Expected(1, "g1", "ana", ("arts",)), Expected(1, "g1", "dee", ("law",))],
    ),
    Case("none of a kind is no breach", SCHOOL, ROUND, (Sketch("eli"), Sketch("", at="wed-15"))),
    Case(
        "with three wanted the amount is what lacks to three",
        THREE,
        ROUND,
        (Sketch("ana bo"), Sketch("cai dee", at="wed-15")),
        [Expected(1, "g1", "ana bo"), Expected(2, "g2", "cai"), Expected(2, "g2", "dee")],
    ),
    Case("three of three are enough", THREE, ROUND, (Sketch("ana bo cai eli"),)),
    Case(
        "only the named values count",
        NobodyAlone(attribute="school", values=("law",)),
        ROUND,
        (Sketch("ana dee"),),
        [Expected(1, "g1", "dee")],
    ),
    Case(
        "with several values each is looked at",
        NobodyAlone(attribute="theme"),
        ROUND,
        (Sketch("cai dee"),),
        [Expected(1, "g1", "cai", ("sleep",))],
    ),
    Case("mentors do not count by default", SCHOOL, ROUND, (Sketch("ana bo", "mia noa"),)),
    Case(
        "mentors are no company for students",
        SCHOOL,
        ROUND,
        (Sketch("dee", "mia"),),
        [Expected(1, "g1", "dee")],
    ),
    Case(
        "unless everybody counts",
        NobodyAlone(attribute="school", who="everybody"),
        ROUND,
        (Sketch("dee ana", "mia"),),
        [Expected(1, "g1", "ana")],
    ),
    Case(
        "mentors by themselves",
        NobodyAlone(attribute="school", who="mentors"),
        ROUND,
        (Sketch("ana dee", "mia"),),
        [Expected(1, "g1", "mia")],
    ),
    Case("who is left out is alone in no group", SCHOOL, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nobody_alone_finds_what_the_table_says(case: Case) -> None:
    """The only one of a kind speaks least, and leaves first."""
    case.check()
