"""People kept apart by name, by hand."""

import pytest

from mentormatch.rules import KeepApart
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, mentors, round_, student, students

ROUND = round_(
    [*students("ana bo cai dee"), student("eli", name="Eli Example")],
    [*mentors("mia"), mentor("noa", capacity=2), mentor("oli", capacity=2)],
    mentors_each=2,
)
PAIR = KeepApart(sets=(("ana", "bo"),))
THREE = KeepApart(sets=(("ana", "bo", "cai"),))

CASES = [
    Case("apart is apart", PAIR, ROUND, (Sketch("ana cai"), Sketch("bo dee", at="wed-15"))),
    Case(
        "a pair in one group is a breach",
        PAIR,
        ROUND,
        (Sketch("ana cai bo"),),
        [Expected(1, "g1", "ana bo", ("ana", "bo", "g1"))],
    ),
    Case("one of them alone is none", PAIR, ROUND, (Sketch("ana cai dee eli"),)),
    Case(
        "of a set of three any two are a pair",
        THREE,
        ROUND,
        (Sketch("bo cai"),),
        [Expected(1, "g1", "bo cai")],
    ),
    Case(
        "a whole set of three has three pairs",
        THREE,
        ROUND,
        (Sketch("cai ana bo"),),
        [Expected(1, "g1", "ana bo"), Expected(1, "g1", "ana cai"), Expected(1, "g1", "bo cai")],
    ),
    Case(
        "a pair named by two sets and both ways round is one breach",
        KeepApart(sets=(("ana", "bo"), ("bo", "ana"), ("dee", "bo", "ana"))),
        ROUND,
        (Sketch("ana bo"),),
        [Expected(1, "g1", "ana bo")],
    ),
    Case(
        "a student and a mentor are kept apart too",
        KeepApart(sets=(("mia", "eli"),)),
        ROUND,
        (Sketch("ana eli", "mia noa"),),
        [Expected(1, "g1", "eli mia", ("Eli Example", "mia"))],
    ),
    Case(
        "two mentors who lead two groups together are two breaches",
        KeepApart(sets=(("noa", "oli"),)),
        ROUND,
        (Sketch("ana", "noa oli"), Sketch("bo", "noa oli", at="wed-15")),
        [Expected(1, "g1", "noa oli"), Expected(1, "g2", "noa oli")],
    ),
    Case("who is left out meets nobody", PAIR, ROUND, (Sketch("ana cai"),)),
    Case("an empty group has no pair", PAIR, ROUND, (Sketch(""),)),
    Case("no sets ask nothing", KeepApart(sets=()), ROUND, (Sketch("ana bo cai dee eli"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_keep_apart_finds_what_the_table_says(case: Case) -> None:
    """A wish not to meet somebody is kept, whoever wrote it and however often."""
    case.check()
