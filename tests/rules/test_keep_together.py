"""People who belong together, by hand."""

import pytest

from mentormatch.rules import KeepTogether
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, mentors, round_, student, students

ROUND = round_(
    [
        *students("ana bo cai dee"),
        student("eli", affiliations={"lab": ("Optics",)}),
        student("fay", affiliations={"lab": ("Optics", "Logic")}),
        student("gus", affiliations={"lab": ("Logic",), "club": ("Optics",)}),
    ],
    [*mentors("mia noa", capacity=2), mentor("oli", affiliations={"lab": ("Optics",)})],
    mentors_each=2,
)
PAIR = KeepTogether(sets=(("ana", "bo"),))
THREE = KeepTogether(sets=(("ana", "bo", "cai"),))
LAB = KeepTogether(affiliation="lab")

CASES = [
    Case("together they are together", PAIR, ROUND, (Sketch("ana bo cai"),)),
    Case("both left out are together too", PAIR, ROUND, (Sketch("cai"),)),
    Case(
        "one in a group and one left out are not",
        PAIR,
        ROUND,
        (Sketch("ana cai"),),
        [Expected(1, "g1", "ana bo", ("ana", "bo", "g1"))],
    ),
    Case(
        "in two groups each misses the other",
        PAIR,
        ROUND,
        (Sketch("ana"), Sketch("bo", at="wed-15")),
        [Expected(1, "g1", "ana bo"), Expected(1, "g2", "ana bo")],
    ),
    Case(
        "two of three miss the third, who misses both",
        THREE,
        ROUND,
        (Sketch("ana bo"), Sketch("cai", at="wed-15")),
        [
            Expected(1, "g1", "ana cai"),
            Expected(1, "g1", "bo cai"),
            Expected(1, "g2", "ana cai"),
            Expected(1, "g2", "bo cai"),
        ],
    ),
    Case(
        "a pair that two sets name counts once",
        KeepTogether(sets=(("ana", "bo"), ("bo", "ana"))),
        ROUND,
        (Sketch("ana"),),
        [Expected(1, "g1", "ana bo")],
    ),
    Case(
        "a mentor and a student belong together in each group of theirs",
        KeepTogether(sets=(("ana", "mia"),)),
        ROUND,
        (Sketch("ana", "mia"), Sketch("bo", "mia", at="wed-15")),
        [Expected(1, "g2", "ana mia")],
    ),
    Case(
        "by affiliation whoever shares one",
        LAB,
        ROUND,
        (Sketch("eli fay", "oli"), Sketch("gus", at="wed-15")),
        [Expected(1, "g1", "fay gus"), Expected(1, "g2", "fay gus")],
    ),
    Case(
        "by affiliation mentors count",
        LAB,
        ROUND,
        (Sketch("eli fay gus"),),
        [Expected(1, "g1", "eli oli"), Expected(1, "g1", "fay oli")],
    ),
    Case("another kind of tie holds nobody", LAB, ROUND, (Sketch("ana bo", "mia"),)),
    Case(
        "names and affiliation at once",
        KeepTogether(sets=(("ana", "eli"),), affiliation="lab"),
        ROUND,
        (Sketch("eli fay gus", "oli"),),
        [Expected(1, "g1", "ana eli")],
    ),
    Case("nothing named holds nobody", KeepTogether(), ROUND, (Sketch("ana"),)),
    Case("an empty group parts nobody", THREE, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keep_together_finds_what_the_table_says(case: Case) -> None:
    """Two friends who sign up as two come as two or not at all."""
    case.check()
