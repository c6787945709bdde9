"""The languages that people like best, by hand."""

import pytest

from mentormatch.rules import PreferredLanguage
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", attributes={"preferred_language": "fi"}),
        student("bo", attributes={"preferred_language": ("fi", "sv")}),
        student("cai", attributes={"preferred_language": "sv-FI"}),
        student("dee"),
        student("eli", attributes={"likes": "fi", "preferred_language": ()}),
    ],
    [mentor("mia", attributes={"preferred_language": "en"}, capacity=2)],
    languages=("en", "fi", "sv"),
)
ANY = PreferredLanguage()

CASES = [
    Case("in the language one likes", ANY, ROUND, (Sketch("ana bo", language="fi"),)),
    Case(
        "in another one",
        ANY,
        ROUND,
        (Sketch("ana bo", language="sv"),),
        [Expected(1, "g1", "ana", ("ana", "g1", "sv"))],
    ),
    Case(
        "each person counts once, however many they like",
        ANY,
        ROUND,
        (Sketch("ana bo cai", language="en"),),
        [Expected(1, "g1", "ana"), Expected(1, "g1", "bo"), Expected(1, "g1", "cai")],
    ),
    Case("a region of the group's language serves", ANY, ROUND, (Sketch("cai", language="sv"),)),
    Case("without a liking any language will do", ANY, ROUND, (Sketch("dee eli", language="sv"),)),
    Case(
        "mentors count in each of their groups",
        ANY,
        ROUND,
        (
            Sketch("ana", "mia", language="fi"),
            Sketch("dee", "mia", at="wed-15", language="sv"),
        ),
        [Expected(1, "g1", "mia"), Expected(1, "g2", "mia")],
    ),
    Case(
        "students only",
        PreferredLanguage(who="students"),
        ROUND,
        (Sketch("ana bo", "mia", language="sv"),),
        [Expected(1, "g1", "ana")],
    ),
    Case(
        "mentors only",
        PreferredLanguage(who="mentors"),
        ROUND,
        (Sketch("ana", "mia", language="sv"),),
        [Expected(1, "g1", "mia")],
    ),
    Case(
        "another attribute can hold it",
        PreferredLanguage(attribute="likes"),
        ROUND,
        (Sketch("ana eli", language="en"),),
        [Expected(1, "g1", "eli")],
    ),
    Case("who is left out hears no language", ANY, ROUND, ()),
    Case("an empty group has nobody to please", ANY, ROUND, (Sketch("", language="sv"),)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_preferred_language_finds_what_the_table_says(case: Case) -> None:
    """Who can follow in two languages may still speak of themselves in one."""
    case.check()
