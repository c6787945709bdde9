"""A ceiling on one kind of people, by hand."""

import pytest

from mentormatch.rules import AtMost
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", department="Physics", attributes={"theme": ("sleep", "stress")}),
        student("bo", department="Physics", attributes={"theme": ("sleep", "stress")}),
        student("cai", department="Physics", attributes={"theme": ("stress",)}),
        student("dee", department="Physics", attributes={"first": True}),
        student("eli", department="Design", attributes={"first": True}),
        student("fay", department="Design", attributes={"first": False}),
        student("gus"),
        student("hoa"),
    ],
    [mentor("mia", department="Physics"), mentor("noa", department="Physics"), mentor("oli")],
    mentors_each=2,
)

CASES = [
    Case("two of one department are allowed", AtMost(), ROUND, (Sketch("ana bo eli fay"),)),
    Case(
        "the third is one too many",
        AtMost(),
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", "ana bo cai", ("g1", "3", "Physics", "more than 2"))],
    ),
    Case(
        "the fourth is two too many",
        AtMost(),
        ROUND,
        (Sketch("ana bo cai dee gus"),),
        [Expected(2, "g1", "ana bo cai dee")],
    ),
    Case(
        "each value has its own ceiling",
        AtMost(most=1),
        ROUND,
        (Sketch("ana bo cai eli fay"),),
        [Expected(2, "g1", "ana bo cai", ("Physics",)), Expected(1, "g1", "eli fay", ("Design",))],
    ),
    Case("no value meets no ceiling", AtMost(most=0), ROUND, (Sketch("gus hoa", "oli"),)),
    Case(
        "none allowed means none",
        AtMost(most=0),
        ROUND,
        (Sketch("eli gus"),),
        [Expected(1, "g1", "eli", ("1 person", "Design", "more than 0"))],
    ),
    Case(
        "named values alone are counted",
        AtMost(most=1, values=("Design",)),
        ROUND,
        (Sketch("ana bo cai eli fay"),),
        [Expected(1, "g1", "eli fay", ("Design",))],
    ),
    Case(
        "several values named are not added up",
        AtMost(most=2, values=("Design", "Physics")),
        ROUND,
        (Sketch("ana bo eli fay"),),
    ),
    Case(
        "who has several values counts under each",
        AtMost(attribute="theme", most=1),
        ROUND,
        (Sketch("ana bo cai"),),
        [
            Expected(1, "g1", "ana bo", ("sleep",)),
            Expected(2, "g1", "ana bo cai", ("stress",)),
        ],
    ),
    Case(
        "a yes-or-no attribute has its words as values",
        AtMost(attribute="first", most=1, values=("True",)),
        ROUND,
        (Sketch("dee eli fay"),),
        [Expected(1, "g1", "dee eli", ("first",))],
    ),
    Case("mentors do not count by default", AtMost(), ROUND, (Sketch("ana bo", "mia noa"),)),
    Case(
        "everybody counts where told",
        AtMost(who="everybody"),
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1", "ana mia noa")],
    ),
    Case(
        "mentors alone count where told",
        AtMost(who="mentors", most=1),
        ROUND,
        (Sketch("ana bo cai", "mia noa oli"),),
        [Expected(1, "g1", "mia noa")],
    ),
    Case(
        "each group has its own ceiling",
        AtMost(most=1),
        ROUND,
        (Sketch("ana"), Sketch("bo cai", at="wed-15")),
        [Expected(1, "g2", "bo cai")],
    ),
    Case("an empty group is below any ceiling", AtMost(most=0), ROUND, (Sketch(""),)),
    Case("who is left out is not counted", AtMost(most=0), ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_at_most_finds_what_the_table_says(case: Case) -> None:
    """A group that is mostly of one department is that department's group."""
    case.check()
