"""Wishes not to be with somebody, by hand."""

import pytest

from mentormatch.rules import WishApart
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, student, students

ROUND = round_(
    [*students("ana bo cai"), student("dee", name="Dee Example")],
    mentors("mia noa", capacity=2),
    mentors_each=2,
)
ONE = WishApart(wishes=(("ana", "bo"),))

CASES = [
    Case("apart nobody minds", ONE, ROUND, (Sketch("ana cai"), Sketch("bo", at="wed-15"))),
    Case(
        "together is a breach",
        ONE,
        ROUND,
        (Sketch("ana bo cai"),),
        [Expected(1, "g1", "ana bo", ("g1",))],
    ),
    Case(
        "a wish of both is one pair",
        WishApart(wishes=(("ana", "bo"), ("bo", "ana"), ("ana", "bo"))),
        ROUND,
        (Sketch("ana bo"),),
        [Expected(1, "g1", "ana bo")],
    ),
    Case(
        "each pair counts",
        WishApart(wishes=(("ana", "bo"), ("dee", "ana"), ("cai", "dee"))),
        ROUND,
        (Sketch("ana bo dee"),),
        [Expected(1, "g1", "ana bo"), Expected(1, "g1", "ana dee")],
    ),
    Case(
        "a mentor counts in each group",
        WishApart(wishes=(("ana", "mia"), ("mia", "noa"))),
        ROUND,
        (Sketch("ana", "mia"), Sketch("bo", "mia noa", at="wed-15")),
        [Expected(1, "g1", "ana mia"), Expected(1, "g2", "mia noa")],
    ),
    Case(
        "nobody is apart from themselves",
        WishApart(wishes=(("ana", "ana"), ("mia", "mia"))),
        ROUND,
        (Sketch("ana", "mia"), Sketch("bo", "mia", at="wed-15")),
    ),
    Case("without wishes nobody minds", WishApart(wishes=()), ROUND, (Sketch("ana bo"),)),
    Case("who is left out is with nobody", ONE, ROUND, (Sketch("ana"),)),
    Case("an empty group bothers nobody", ONE, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_wish_apart_finds_what_the_table_says(case: Case) -> None:
    """Whoever dreads meeting somebody does not come, and does not say why."""
    case.check()


def test_wishes_to_be_apart_are_the_coordinators_secret() -> None:
    """A roster that tells who did not want whom does harm; other rules are no secret."""
    assert WishApart.private
    assert ONE.private
