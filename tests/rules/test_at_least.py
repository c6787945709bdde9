"""Floors under people of some kind, by hand."""

import pytest

from mentormatch.rules import AtLeast
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", department="Physics", attributes={"stage": "finishing"}),
        student("bo", department="Physics", attributes={"stage": "starting"}),
        student("cai", department="Design", attributes={"theme": ("sleep", "rest")}),
        student("dee", attributes={"theme": "stress"}),
    ],
    [
        mentor("mia", department="Physics", attributes={"role": "experienced"}),
        mentor("noa", attributes={"role": "new"}),
        mentor("oli"),
    ],
    mentors_each=2,
)
PHYSICS = AtLeast(attribute="department", values=("Physics",))
TWO = AtLeast(attribute="department", values=("Physics",), least=2)
EXPERIENCED = AtLeast(attribute="role", values=("experienced",), who="mentors")

CASES = [
    Case("one is enough by default", PHYSICS, ROUND, (Sketch("ana cai dee"),)),
    Case("more than enough is no breach", PHYSICS, ROUND, (Sketch("ana bo"),)),
    Case(
        "a group without any lacks one",
        PHYSICS,
        ROUND,
        (Sketch("cai dee"),),
        [Expected(1, "g1", words=("g1", "Physics"))],
    ),
    Case(
        "the amount is the people missing",
        TWO,
        ROUND,
        (Sketch("cai dee"), Sketch("ana", at="wed-15")),
        [Expected(2, "g1"), Expected(1, "g2")],
    ),
    Case("an empty group lacks them too", TWO, ROUND, (Sketch(""),), [Expected(2, "g1")]),
    Case(
        "any of several values serves, and they add up",
        AtLeast(attribute="department", values=("Physics", "Design"), least=2),
        ROUND,
        (Sketch("ana cai dee"),),
    ),
    Case(
        "somebody with two of the values is one person",
        AtLeast(attribute="theme", values=("sleep", "rest"), least=2),
        ROUND,
        (Sketch("cai dee"),),
        [Expected(1, "g1")],
    ),
    Case("mentors do not count by default", TWO, ROUND, (Sketch("ana bo", "mia"),)),
    Case(
        "a mentor of the department is no student of it",
        PHYSICS,
        ROUND,
        (Sketch("cai", "mia"),),
        [Expected(1, "g1")],
    ),
    Case("one of the mentors has experience", EXPERIENCED, ROUND, (Sketch("ana", "mia noa"),)),
    Case(
        "none of the mentors has experience",
        EXPERIENCED,
        ROUND,
        (Sketch("ana", "noa oli"),),
        [Expected(1, "g1", words=("experienced",))],
    ),
    Case(
        "everybody counts both",
        AtLeast(attribute="department", values=("Physics",), least=3, who="everybody"),
        ROUND,
        (Sketch("ana bo", "mia"), Sketch("cai", "noa", at="wed-15")),
        [Expected(3, "g2")],
    ),
    Case("without groups nobody is missing", PHYSICS, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_at_least_finds_what_the_table_says(case: Case) -> None:
    """Every group has, say, somebody who has done it before."""
    case.check()
