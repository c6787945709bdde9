"""People who are to have a group, by hand."""

import pytest

from mentormatch.rules import PlacePeople
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, students

ROUND = round_(students("ana bo cai"), mentors("mia noa"))
RULE = PlacePeople(people=("ana", "bo", "ana", "left", "noa"))

CASES = [
    Case("all in groups cost nothing", RULE, ROUND, (Sketch("ana bo", "noa"),)),
    Case(
        "each who has none counts once, mentors too",
        RULE,
        ROUND,
        (Sketch("bo cai", "mia"),),
        [Expected(1, None, "ana", ("ana",)), Expected(1, None, "noa")],
    ),
    Case("others may be left out", RULE, ROUND, (Sketch("ana bo", "noa"),)),
    Case(
        "an empty group is none for anybody",
        PlacePeople(people=("cai",)),
        ROUND,
        (Sketch(""),),
        [Expected(1, None, "cai")],
    ),
    Case("nobody named, nothing asked", PlacePeople(people=()), ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_place_people_finds_what_the_table_says(case: Case) -> None:
    """Whoever was promised a place comes before whoever was not."""
    case.check()
