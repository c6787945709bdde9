"""Where and with whom a person must not be, by hand."""

import pytest

from mentormatch import InputError
from mentormatch.rules import Ban
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(
    students("ana bo cai dee"),
    mentors("mia noa", capacity=2),
    mentors_each=2,
    languages=("en", "fi"),
    topics=("sleep", "rest"),
)
TUE = Ban(person="ana", slot="tue-15")
ALL = Ban(person="ana", slot="tue-15", language="fi", mode="online", topic="rest")
WITH = Ban(person="ana", with_people=("bo", "mia"))

CASES = [
    Case("in no group is nowhere", ALL, ROUND, ()),
    Case("elsewhere is allowed", TUE, ROUND, (Sketch("ana", at="wed-15", topic="rest"),)),
    Case(
        "there is a breach",
        TUE,
        ROUND,
        (Sketch("ana", topic="rest"),),
        [Expected(1, "g1", "ana", ("ana", "g1", "tue-15"))],
    ),
    Case("others may be there", TUE, ROUND, (Sketch("bo cai", topic="rest"),)),
    Case("no condition holds", ALL, ROUND, (Sketch("ana", at="wed-15", topic="sleep"),)),
    Case(
        "each condition that holds counts",
        ALL,
        ROUND,
        (Sketch("ana", language="fi", mode="online", topic="rest"),),
        [
            Expected(1, "g1", "ana", ("tue-15",)),
            Expected(1, "g1", "ana", ("fi",)),
            Expected(1, "g1", "ana", ("online",)),
            Expected(1, "g1", "ana", ("rest",)),
        ],
    ),
    Case(
        "one that holds is enough",
        ALL,
        ROUND,
        (Sketch("ana", at="wed-15", topic="rest"),),
        [Expected(1, "g1", "ana", ("rest",))],
    ),
    Case("not with those named", WITH, ROUND, (Sketch("ana cai", "noa", topic="rest"),)),
    Case(
        "each person named who is there counts",
        WITH,
        ROUND,
        (Sketch("ana bo cai", "mia noa", topic="rest"),),
        [Expected(1, "g1", "ana bo", ("bo",)), Expected(1, "g1", "ana mia", ("mia",))],
    ),
    Case("those named may meet each other", WITH, ROUND, (Sketch("bo", "mia", topic="rest"),)),
    Case(
        "each group of a mentor counts",
        Ban(person="mia", language="en", with_people=("ana",)),
        ROUND,
        (Sketch("ana", "mia", topic="rest"), Sketch("bo", "mia", at="wed-15", topic="rest")),
        [
            Expected(1, "g1", "mia", ("en",)),
            Expected(1, "g1", "ana mia"),
            Expected(1, "g2", "mia", ("en",)),
        ],
    ),
    Case("an empty group is nobody's", ALL, ROUND, (Sketch("", topic="rest"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_ban_finds_what_the_table_says(case: Case) -> None:
    """Somebody may have good reasons not to sit in one room."""
    case.check()


def test_a_ban_that_rules_nothing_out_is_refused() -> None:
    """Somebody meant to write down more."""
    with pytest.raises(InputError, match="ban states nothing that is ruled out"):
        Ban(person="ana")
