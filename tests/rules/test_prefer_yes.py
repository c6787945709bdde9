"""Times that people like, by hand.

``wed-15`` has plans on 7 and 14, 14 and 21, and 21 and 28 October. Somebody in New York
meets at 8 in the morning until the clocks of Helsinki go back on 25 October, then at 9.
"""

from datetime import date

import pytest

from mentormatch.rules import PreferYes
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, only_on, round_, student, students, term

EARLY_BIRD = (
    {"weekday": "wed", "start": "08:00", "end": "10:00", "answer": "yes"},
    {"weekday": "wed", "start": "10:00", "end": "12:00", "answer": "if_need_be"},
)
ROUND = round_(
    [
        *students("ana"),
        student("bo", "", if_need_be="tue-15"),
        student("cai", "wed-15"),
        student("dee", availability=None, hours=EARLY_BIRD, zone="America/New_York"),
        student("eli", "tue-15", if_need_be="wed-15", name="Eli Example"),
        student("fay", "", if_need_be="tue-15", absences=(date(2026, 10, 6),)),
        only_on("gus", "tue-15", 6, 13),
        only_on("hoa", "tue-15", 6),
        only_on("ivy", "wed-15", 21, 28),
        only_on("jon", "wed-15", 28),
    ],
    [mentor("mia", "", if_need_be="tue-15"), mentor("noa")],
)
ONE_OF_TWO = round_(ROUND.students, ROUND.mentors, term=term(attendance=1))

CASES = [
    Case("yes costs nothing", PreferYes(), ROUND, (Sketch("ana", "noa"),)),
    Case(
        "if need be is a breach",
        PreferYes(),
        ROUND,
        (Sketch("ana bo", "noa"),),
        [Expected(1, "g1", "bo", ("bo", "g1", "if need be"))],
    ),
    Case(
        "no is no better than if need be",
        PreferYes(),
        ROUND,
        (Sketch("cai"),),
        [Expected(1, "g1", "cai", ("cai", "g1", "too rarely"))],
    ),
    Case(
        "mentors count",
        PreferYes(),
        ROUND,
        (Sketch("ana bo", "mia"),),
        [Expected(1, "g1", "bo"), Expected(1, "g1", "mia")],
    ),
    Case(
        "students alone where told",
        PreferYes(who="students"),
        ROUND,
        (Sketch("ana bo", "mia"),),
        [Expected(1, "g1", "bo")],
    ),
    Case(
        "mentors alone where told",
        PreferYes(who="mentors"),
        ROUND,
        (Sketch("ana bo", "mia"),),
        [Expected(1, "g1", "mia")],
    ),
    Case(
        "the slot of the group counts, and names are used",
        PreferYes(),
        ROUND,
        (Sketch("eli", at="wed-15"),),
        [Expected(1, "g1", "eli", ("Eli Example",))],
    ),
    Case("a plan that is all yes is a yes", PreferYes(), ROUND, (Sketch("dee", at="wed-15"),)),
    Case(
        "one meeting of two that is if need be makes the plan so",
        PreferYes(),
        ROUND,
        (Sketch("dee", at="wed-15", plan=2),),
        [Expected(1, "g1", "dee")],
    ),
    Case(
        "as many yes meetings as are needed make a yes",
        PreferYes(),
        ONE_OF_TWO,
        (Sketch("dee", at="wed-15", plan=2),),
    ),
    Case(
        "if need be and not often enough is one breach",
        PreferYes(),
        ROUND,
        (Sketch("fay"),),
        [Expected(1, "g1", "fay")],
    ),
    Case(
        "if need be and often enough is one breach",
        PreferYes(),
        ONE_OF_TWO,
        (Sketch("fay"),),
        [Expected(1, "g1", "fay")],
    ),
    Case("an empty group suits everybody", PreferYes(), ROUND, (Sketch(""),)),
    Case("who is left out comes at no time", PreferYes(), ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_prefer_yes_finds_what_the_table_says(case: Case) -> None:
    """People who come because they must, come less often."""
    case.check()
