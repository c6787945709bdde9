"""Who goes first when places are short, by hand."""

from __future__ import annotations

from hashlib import blake2b

import pytest

from mentormatch.rules import PlaceOrder
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, solution, student, students

ROUND = round_(
    [
        student("ana", signed_up="2026-09-03T08:00:00+03:00", attributes={"left_out_before": True}),
        student("bo", signed_up="2026-09-01T08:00:00+03:00", attributes={"left_out_before": False}),
        student("cai", attributes={"left_out_before": 2}),
        student("dee", signed_up="2026-09-02T08:00:00+03:00", attributes={"waited": "yes"}),
        student("eli"),
    ],
    mentors("mia noa"),
)
# Noon in Helsinki, three times; ten past eleven in Stockholm is ten past noon there.
INSTANTS = round_(
    [
        student("ana", signed_up="2026-09-01T12:00:00+03:00"),
        student("bo", signed_up="2026-09-01T09:00:00Z"),
        student("cai", signed_up="2026-09-01T12:00:00"),
        student("dee", signed_up="2026-09-01T11:10:00+02:00"),
    ]
)
FIRST = PlaceOrder()
AGAIN = PlaceOrder(by="left_out_before")

CASES = [
    Case("a place for everybody needs no order", FIRST, ROUND, (Sketch("ana bo cai dee eli"),)),
    Case(
        "the first costs as many as come after",
        FIRST,
        ROUND,
        (Sketch("ana cai dee eli"),),
        [Expected(4, None, "bo", ("bo", "4"))],
    ),
    Case(
        "each costs those who come after",
        FIRST,
        ROUND,
        (Sketch("bo cai eli"),),
        [Expected(3, None, "dee"), Expected(2, None, "ana")],
    ),
    Case("who gave no time comes last", FIRST, ROUND, (Sketch("ana bo dee"),)),
    Case(
        "without groups all are left out",
        FIRST,
        ROUND,
        (),
        [Expected(4, None, "bo"), Expected(3, None, "dee"), Expected(2, None, "ana")],
    ),
    Case(
        "instants are compared, and one without a zone is in the term's",
        FIRST,
        INSTANTS,
        (Sketch(""),),
        [Expected(1, None, "ana"), Expected(1, None, "bo"), Expected(1, None, "cai")],
    ),
    Case(
        "who was left out before goes first, and among those all are alike",
        AGAIN,
        ROUND,
        (Sketch("eli"),),
        [Expected(3, None, "ana"), Expected(3, None, "cai")],
    ),
    Case("who was not comes after", AGAIN, ROUND, (Sketch("ana cai"),)),
    Case(
        "under another name",
        PlaceOrder(by="left_out_before", attribute="waited"),
        ROUND,
        (Sketch("eli"),),
        [Expected(4, None, "dee")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_place_order_finds_what_the_table_says(case: Case) -> None:
    """An order that is stated before the round is one that nobody has to defend after it."""
    case.check()


def amounts(rule: PlaceOrder, names: str) -> dict[str, int]:
    """Return what leaving out each of these students amounts to, if all are left out."""
    made = round_(students(names))
    found = dict.fromkeys(names.split(), 0)
    for violation in rule.violations(made, solution(made)):
        found[violation.people[0]] = violation.amount
    return found


def test_a_lottery_gives_everybody_a_place_in_the_order_of_their_own() -> None:
    """Two people with one place would have to be told apart by something else."""
    found = amounts(PlaceOrder(by="lottery", seed=3), "ana bo cai dee eli")
    assert sorted(found.values()) == [0, 1, 2, 3, 4]


def test_a_lottery_is_drawn_from_ids_and_seed_alone() -> None:
    """Whoever doubts it can draw it again, and a list in another order draws the same."""
    rule = PlaceOrder(by="lottery", seed=3)
    assert amounts(rule, "ana bo cai dee eli") == amounts(rule, "eli cai ana dee bo")
    rules = [PlaceOrder(by="lottery", seed=seed) for seed in range(40)]
    assert len({tuple(amounts(one, "ana bo cai").values()) for one in rules}) == 6


def test_a_lottery_can_be_drawn_again_as_it_is_described() -> None:
    """By the description alone: the least keyed hash of an id goes first."""
    names = "ana bo cai dee eli"
    order = sorted(
        names.split(),
        key=lambda one: blake2b(one.encode(), key=b"lottery 7", digest_size=16).digest(),
    )
    found = amounts(PlaceOrder(by="lottery", seed=7), names)
    assert [found[one] for one in order] == [4, 3, 2, 1, 0]


def test_who_is_in_a_lottery_does_not_change_the_order_of_the_others() -> None:
    """Somebody who withdraws must not shuffle the list."""
    rule = PlaceOrder(by="lottery", seed=5)
    everybody = amounts(rule, "ana bo cai dee eli")
    fewer = amounts(rule, "ana bo dee eli")
    order = sorted(everybody, key=lambda one: -everybody[one])
    assert sorted(fewer, key=lambda one: -fewer[one]) == [one for one in order if one != "cai"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PlaceOrder(), "first come, first served"),
        (PlaceOrder(by="lottery", seed=7), "lottery (seed 7)"),
        (PlaceOrder(by="left_out_before"), "left out last time"),
    ],
)
def test_the_result_says_which_order_it_was(rule: PlaceOrder, words: str) -> None:
    """A rule that decides about places is printed with the answer."""
    assert words in rule.describe()
