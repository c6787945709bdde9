"""A language besides the group's own, by hand."""

import pytest

from mentormatch.rules import SecondLanguage
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", languages={"en": "C1", "fi": "B1"}),
        student("bo", languages={"en": "C1", "fi": "A2"}),
        student("cai", languages={"en": "C1"}),
        student("dee", languages={"fi-FI": "native"}),
        student("eli", languages={"en": "C1", "sv": "C2"}),
    ],
    [
        mentor("mia", languages={"en": "C1", "fi": "C1"}),
        mentor("noa", languages={"en": "native"}),
    ],
    mentors_each=2,
    languages=("en", "fi"),
)
FINNISH = SecondLanguage(language="fi")

CASES = [
    Case("B1 is enough by default", FINNISH, ROUND, (Sketch("ana", "mia"),)),
    Case(
        "below B1 is not",
        FINNISH,
        ROUND,
        (Sketch("ana bo", "mia"),),
        [Expected(1, "g1", "bo", ("bo", "fi", "B1"))],
    ),
    Case(
        "who does not know it does not reach it",
        FINNISH,
        ROUND,
        (Sketch("cai ana"),),
        [Expected(1, "g1", "cai")],
    ),
    Case("mentors count too", FINNISH, ROUND, (Sketch("ana", "noa"),), [Expected(1, "g1", "noa")]),
    Case(
        "the group's language makes no difference",
        FINNISH,
        ROUND,
        (Sketch("bo ana", language="fi"), Sketch("cai dee", at="wed-15", language="en")),
        [Expected(1, "g1", "bo"), Expected(1, "g2", "cai")],
    ),
    Case("a region of the language serves", FINNISH, ROUND, (Sketch("dee"),)),
    Case(
        "another level can be asked",
        SecondLanguage(language="fi", level="C1"),
        ROUND,
        (Sketch("ana bo dee", "mia"),),
        [Expected(1, "g1", "ana"), Expected(1, "g1", "bo")],
    ),
    Case(
        "a language in which no group meets can be asked",
        SecondLanguage(language="sv"),
        ROUND,
        (Sketch("eli ana"),),
        [Expected(1, "g1", "ana", ("sv",))],
    ),
    Case(
        "students only",
        SecondLanguage(language="fi", who="students"),
        ROUND,
        (Sketch("cai", "noa"),),
        [Expected(1, "g1", "cai")],
    ),
    Case(
        "mentors only",
        SecondLanguage(language="fi", who="mentors"),
        ROUND,
        (Sketch("cai", "noa mia"),),
        [Expected(1, "g1", "noa")],
    ),
    Case("who is left out needs no language", FINNISH, ROUND, (Sketch("ana"),)),
    Case("an empty group speaks none", FINNISH, ROUND, (Sketch(""),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_second_language_finds_what_the_table_says(case: Case) -> None:
    """A language course in groups needs everybody to follow, whatever they meet in."""
    case.check()
