"""Times in the order of liking, by hand."""

import pytest

from mentormatch.rules import SlotWishes
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", attributes={"slot_wishes": ("tue-15", "wed-15")}),
        student("bo", attributes={"slot_wishes": ("thu-15", "wed-15", "tue-15")}),
        student("cai", attributes={"slot_wishes": "wed-15"}),
        student("dee", attributes={"slot_wishes": ()}),
        student("eli", attributes={"best": ("fri-15", "wed-15")}),
    ],
    [mentor("mia", attributes={"slot_wishes": ("wed-15", "tue-15")}), mentor("noa")],
    "tue-15 wed-15 thu-15 fri-15",
    mentors_each=2,
)
WISHES = SlotWishes()

CASES = [
    Case("the first wish costs nothing", WISHES, ROUND, (Sketch("ana"),)),
    Case(
        "the second costs one",
        WISHES,
        ROUND,
        (Sketch("ana bo", at="wed-15"),),
        [
            Expected(1, "g1", "ana", ("ana", "g1", "wed-15, number 2 of their 2 wishes.")),
            Expected(1, "g1", "bo", ("number 2 of their 3 wishes.",)),
        ],
    ),
    Case(
        "the third costs two",
        WISHES,
        ROUND,
        (Sketch("bo"),),
        [Expected(2, "g1", "bo", ("number 3",))],
    ),
    Case(
        "a slot not listed costs as many as are listed",
        WISHES,
        ROUND,
        (Sketch("ana bo cai", at="fri-15"),),
        [
            Expected(2, "g1", "ana", ("which is not among their 2 wishes.",)),
            Expected(3, "g1", "bo", ("which is not among their 3 wishes.",)),
            Expected(1, "g1", "cai", ("which is not among their 1 wish.",)),
        ],
    ),
    Case("without a wish any slot is as good", WISHES, ROUND, (Sketch("dee eli", at="fri-15"),)),
    Case("mentors do not count by default", WISHES, ROUND, (Sketch("ana", "mia noa"),)),
    Case(
        "mentors alone where told",
        SlotWishes(who="mentors"),
        ROUND,
        (Sketch("bo", "mia noa"),),
        [Expected(1, "g1", "mia")],
    ),
    Case(
        "everybody where told",
        SlotWishes(who="everybody"),
        ROUND,
        (Sketch("bo dee", "mia noa"),),
        [Expected(1, "g1", "mia"), Expected(2, "g1", "bo")],
    ),
    Case(
        "under another name",
        SlotWishes(attribute="best"),
        ROUND,
        (Sketch("ana bo cai eli", at="wed-15"),),
        [Expected(1, "g1", "eli")],
    ),
    Case("who is left out has no slot", WISHES, ROUND, ()),
    Case("an empty group passes over nobody", WISHES, ROUND, (Sketch("", at="fri-15"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_slot_wishes_finds_what_the_table_says(case: Case) -> None:
    """Between times that one can make, there are still better and worse."""
    case.check()
