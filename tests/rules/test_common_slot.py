"""Everybody can come, by hand.

The meetings of the three plans of ``tue-15`` are 6 and 13, 13 and 20, and 20 and 27 October.
In Helsinki the clocks go back before the last of them, in New York not before November.
"""

from datetime import date

import pytest

from mentormatch.rules import CommonSlot
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, mentors, only_on, round_, student, students, term

ROUND = round_(
    [
        *students("ana bo"),
        student("cai", "", if_need_be="tue-15"),
        student("dee", "wed-15"),
        student("eli", availability={"tue-15": "no", "wed-15": "yes"}),
        student("fay", absences=(date(2026, 10, 13),)),
        student("gus", availability=None, name="Gus Example"),
        student("hoa", absences=(date(2026, 10, 14),)),
        only_on("ivy", "tue-15", 6, 13),
        only_on("jon", "tue-15", 6),
    ],
    [*mentors("mia"), mentor("noa", "wed-15")],
)
ONE_OF_TWO = round_(ROUND.students, ROUND.mentors, term=term(attendance=1))
ANY_SLOT = round_(ROUND.students, ROUND.mentors, missing_availability="any_slot")

MORNINGS = {"weekday": "tue", "start": "08:00", "end": "10:00"}
HOURS = round_(
    [
        student(
            "ana", availability=None, hours=({"weekday": 2, "start": "15:00", "end": "17:00"},)
        ),
        student("bo", availability=None, hours=({"weekday": 2, "start": "15:00", "end": "16:59"},)),
        student(
            "cai",
            availability=None,
            hours=(
                {"weekday": 2, "start": "14:00", "end": "16:00"},
                {"weekday": 2, "start": "16:00", "end": "18:00", "answer": "if_need_be"},
            ),
        ),
        student("dee", availability=None, hours=(MORNINGS,), zone="America/New_York"),
        # What is said of a slot by name goes before the hours.
        student("eli", availability={"tue-15": "no"}, hours=(MORNINGS,), zone="America/New_York"),
        # 17:00 to 19:00 in Helsinki is 23:00 on Tuesday to 01:00 on Wednesday in Tokyo.
        student("fay", "tue-17", absences=(date(2026, 10, 7),), zone="Asia/Tokyo"),
        student("gus", "tue-17", absences=(date(2026, 10, 7),)),
        only_on("hoa", "tue-17", 6, 13),
        only_on("ivy", "tue-15", 20, 27),
    ],
    slots="tue-15 tue-17",
)

CASES = [
    Case("yes is enough", CommonSlot(), ROUND, (Sketch("ana bo", "mia"),)),
    Case("if need be is enough", CommonSlot(), ROUND, (Sketch("ana cai", "mia"),)),
    Case(
        "a slot that is not named is a no",
        CommonSlot(),
        ROUND,
        (Sketch("ana dee", "mia"),),
        [Expected(1, "g1", "dee", ("dee", "0 of the 2", "g1", "2 are needed"))],
    ),
    Case("a no is a no", CommonSlot(), ROUND, (Sketch("eli"),), [Expected(1, "g1", "eli")]),
    Case(
        "a mentor has to come as well",
        CommonSlot(),
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1", "noa", ("noa",))],
    ),
    Case(
        "one missed meeting of two is a breach where all are needed",
        CommonSlot(),
        ROUND,
        (Sketch("fay"),),
        [Expected(1, "g1", "fay", ("1 of the 2", "2 are needed"))],
    ),
    Case(
        "the plan without the day of absence is none", CommonSlot(), ROUND, (Sketch("fay", plan=2),)
    ),
    Case("an absence on another day is none", CommonSlot(), ROUND, (Sketch("hoa"),)),
    Case(
        "one missed meeting is allowed where one is enough",
        CommonSlot(),
        ONE_OF_TWO,
        (Sketch("fay"),),
    ),
    Case(
        "who cannot come at all breaks a lower attendance too",
        CommonSlot(),
        ONE_OF_TWO,
        (Sketch("dee fay"),),
        [Expected(1, "g1", "dee", ("0 of the 2", "1 is needed"))],
    ),
    Case(
        "nothing known is a no, and people are called by their names",
        CommonSlot(),
        ROUND,
        (Sketch("gus"),),
        [Expected(1, "g1", "gus", ("Gus Example",))],
    ),
    Case(
        "nothing known is a yes where the problem says so", CommonSlot(), ANY_SLOT, (Sketch("gus"),)
    ),
    Case(
        "a slot that is not named stays a no there",
        CommonSlot(),
        ANY_SLOT,
        (Sketch("dee"),),
        [Expected(1, "g1", "dee")],
    ),
    Case("an empty group misses nobody", CommonSlot(), ROUND, (Sketch(""),)),
    Case("who is left out misses nothing", CommonSlot(), ROUND, (Sketch("ana"),)),
    Case(
        "each person counts once in each group",
        CommonSlot(),
        ROUND,
        (Sketch("dee eli", "noa"), Sketch("ana", "noa", at="wed-15")),
        [
            Expected(1, "g1", "dee"),
            Expected(1, "g1", "eli"),
            Expected(1, "g1", "noa"),
            Expected(1, "g2", "ana"),
        ],
    ),
    Case("hours that cover the meeting are enough", CommonSlot(), HOURS, (Sketch("ana"),)),
    Case(
        "hours that end a minute early are not",
        CommonSlot(),
        HOURS,
        (Sketch("bo"),),
        [Expected(1, "g1", "bo")],
    ),
    Case("hours that touch join up", CommonSlot(), HOURS, (Sketch("cai"),)),
    Case("hours hold in one's own zone", CommonSlot(), HOURS, (Sketch("dee"),)),
    Case(
        "a change of clocks elsewhere moves the meeting out of one's hours",
        CommonSlot(),
        HOURS,
        (Sketch("dee", plan=2),),
        [Expected(1, "g1", "dee", ("1 of the 2",))],
    ),
    Case(
        "a no by name goes before hours",
        CommonSlot(),
        HOURS,
        (Sketch("eli"),),
        [Expected(1, "g1", "eli")],
    ),
    Case(
        "an absence counts by the days of one's own zone",
        CommonSlot(),
        HOURS,
        (Sketch("fay gus", at="tue-17"),),
        [Expected(1, "g1", "fay")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_common_slot_finds_what_the_table_says(case: Case) -> None:
    """A group that somebody cannot come to is the fault that people notice first."""
    case.check()
