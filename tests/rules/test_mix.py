"""Mixed groups, by hand."""

import pytest

from mentormatch.rules import Mix
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", department="Physics", attributes={"theme": ("sleep", "stress")}),
        student("bo", department="Physics", attributes={"theme": ("stress", "sleep", "rest")}),
        student("cai", department="Physics", attributes={"theme": "sleep"}),
        student("dee", department="Design", attributes={"theme": ()}),
        student("eli", department="Design", attributes={"year": 3}),
        student("fay", attributes={"year": 3}),
        student("gus", affiliations={"research_group": ("Optics",)}),
        student("hoa", affiliations={"research_group": ("Optics",)}, mode="online"),
    ],
    [
        mentor("mia", department="Physics"),
        mentor("noa", department="Physics"),
        mentor("oli", department="Design", attributes={"theme": ("rest", "sleep")}),
    ],
    mentors_each=2,
)

CASES = [
    Case("one of each is mixed", Mix(), ROUND, (Sketch("ana dee fay"),)),
    Case(
        "two of one department are a pair",
        Mix(),
        ROUND,
        (Sketch("ana bo dee"),),
        [Expected(1, "g1", "ana bo", ("g1", "2", "department", "Physics"))],
    ),
    Case(
        "three of one department are three pairs",
        Mix(),
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(3, "g1", "ana bo cai", ("3",))],
    ),
    Case(
        "each department is a breach of its own",
        Mix(),
        ROUND,
        (Sketch("ana bo cai dee eli"),),
        [Expected(3, "g1", "ana bo cai", ("Physics",)), Expected(1, "g1", "dee eli", ("Design",))],
    ),
    Case("no department is nobody's department", Mix(), ROUND, (Sketch("fay gus hoa"),)),
    Case("in two groups they are apart", Mix(), ROUND, (Sketch("ana"), Sketch("bo", at="wed-15"))),
    Case("mentors do not count by default", Mix(), ROUND, (Sketch("ana", "mia noa"),)),
    Case(
        "mentors among themselves",
        Mix(who="mentors"),
        ROUND,
        (Sketch("ana bo", "mia noa oli"),),
        [Expected(1, "g1", "mia noa")],
    ),
    Case(
        "mentors and students together",
        Mix(who="everybody"),
        ROUND,
        (Sketch("ana dee", "mia oli"),),
        [Expected(1, "g1", "ana mia"), Expected(1, "g1", "dee oli")],
    ),
    Case(
        "of several values each shared one counts",
        Mix(attribute="theme"),
        ROUND,
        (Sketch("ana bo"),),
        [Expected(1, "g1", "ana bo", ("sleep",)), Expected(1, "g1", "ana bo", ("stress",))],
    ),
    Case(
        "a single value shares with one of several",
        Mix(attribute="theme", who="everybody"),
        ROUND,
        (Sketch("cai bo dee fay", "oli"),),
        [
            Expected(3, "g1", "bo cai oli", ("sleep",)),
            Expected(1, "g1", "bo oli", ("rest",)),
        ],
    ),
    Case(
        "a number is a value",
        Mix(attribute="year"),
        ROUND,
        (Sketch("eli fay gus"),),
        [Expected(1, "g1", "eli fay", ("year", "3"))],
    ),
    Case(
        "an affiliation is an attribute too",
        Mix(attribute="research_group"),
        ROUND,
        (Sketch("ana gus hoa"),),
        [Expected(1, "g1", "gus hoa", ("Optics",))],
    ),
    Case(
        "a mode is what somebody said and not where they meet",
        Mix(attribute="mode"),
        ROUND,
        (Sketch("ana hoa"), Sketch("fay gus", at="wed-15")),
        [Expected(1, "g2", "fay gus", ("either",))],
    ),
    Case(
        "only the named values are spread",
        Mix(attribute="theme", values=("rest", "stress")),
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", "ana bo", ("stress",))],
    ),
    Case("an empty group is mixed", Mix(), ROUND, (Sketch(""),)),
    Case("who is left out is in no pair", Mix(), ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mix_finds_what_the_table_says(case: Case) -> None:
    """People speak more freely among others than those of their own corridor."""
    case.check()
