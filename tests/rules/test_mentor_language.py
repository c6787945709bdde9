"""Mentors who are at home in a language, by hand."""

import pytest

from mentormatch.rules import MentorLanguage
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [student("ana", languages={"en": "native", "fi": "native"}), student("bo")],
    [
        mentor("mia", languages={"en": "C1", "fi": "B2"}),
        mentor("noa", languages={"en": "B2", "fi": "native"}),
        mentor("oli", languages={"en-GB": "C2"}),
    ],
    mentors_each=2,
    languages=("en", "fi"),
)
OWN = MentorLanguage()

CASES = [
    Case("one mentor at C1 is enough", OWN, ROUND, (Sketch("ana", "mia noa"),)),
    Case(
        "B2 is not enough by default",
        OWN,
        ROUND,
        (Sketch("ana", "noa"),),
        [Expected(1, "g1", words=("g1", "en", "C1"))],
    ),
    Case(
        "it is the language of the group that counts",
        OWN,
        ROUND,
        (Sketch("ana", "noa", language="fi"), Sketch("bo", "mia", at="wed-15", language="fi")),
        [Expected(1, "g2", words=("fi",))],
    ),
    Case("a region of the language serves", OWN, ROUND, (Sketch("ana", "oli"),)),
    Case("students do not serve", OWN, ROUND, (Sketch("ana"),), [Expected(1, "g1")]),
    Case("an empty group lacks one", OWN, ROUND, (Sketch(""),), [Expected(1, "g1")]),
    Case(
        "a named language counts whatever the group's",
        MentorLanguage(language="fi"),
        ROUND,
        (Sketch("ana", "noa"), Sketch("bo", "mia oli", at="wed-15")),
        [Expected(1, "g2", words=("fi",))],
    ),
    Case(
        "several can be asked for, and the amount is the mentors missing",
        MentorLanguage(least=2),
        ROUND,
        (Sketch("ana", "mia oli"), Sketch("bo", "noa", at="wed-15")),
        [Expected(2, "g2")],
    ),
    Case(
        "one of two is missing",
        MentorLanguage(least=2),
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1")],
    ),
    Case(
        "another level can be asked",
        MentorLanguage(level="C2"),
        ROUND,
        (Sketch("ana", "mia noa"), Sketch("bo", "oli", at="wed-15")),
        [Expected(1, "g1", words=("C2",))],
    ),
    Case("without groups nothing is missing", OWN, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentor_language_finds_what_the_table_says(case: Case) -> None:
    """Whoever leads a conversation has to be at home in its language."""
    case.check()
