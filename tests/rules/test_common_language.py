"""A language that everybody uses well enough, by hand."""

import pytest

from mentormatch.rules import CommonLanguage
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", languages={"en": "B2"}),
        student("bo", languages={"en": "B1", "fi": "native"}),
        student("cai", languages={"en": "native"}),
        student("dee", languages={"en": "C2", "sv": "C1"}),
        student("eli", languages={}),
        student("fay", languages={"en-GB": "C1"}),
        student("gus", languages={"en-GB": "A2", "en": "C1"}),
    ],
    [mentor("mia", languages={"en": "C1", "fi": "B2"}), mentor("noa", languages={"fi": "C2"})],
    languages=("en", "fi", "sv-FI", "en-US", "en-GB"),
)

CASES = [
    Case("the level itself is enough", CommonLanguage(), ROUND, (Sketch("ana", "mia"),)),
    Case("above C2 stands native", CommonLanguage(), ROUND, (Sketch("cai dee"),)),
    Case(
        "a level below is a breach",
        CommonLanguage(),
        ROUND,
        (Sketch("ana bo", "mia"),),
        [Expected(1, "g1", "bo", ("bo", "B2", "en", "g1"))],
    ),
    Case(
        "the language of the group counts and not their best one",
        CommonLanguage(),
        ROUND,
        (Sketch("ana bo", "mia", language="fi"),),
        [Expected(1, "g1", "ana", ("fi",))],
    ),
    Case(
        "mentors speak it as well",
        CommonLanguage(),
        ROUND,
        (Sketch("ana", "mia noa"),),
        [Expected(1, "g1", "noa")],
    ),
    Case(
        "no language at all is no common language",
        CommonLanguage(level="A1"),
        ROUND,
        (Sketch("ana eli"),),
        [Expected(1, "g1", "eli", ("A1",))],
    ),
    Case(
        "a lower level asks less",
        CommonLanguage(level="B1"),
        ROUND,
        (Sketch("ana bo"),),
    ),
    Case(
        "native asks for native",
        CommonLanguage(level="native"),
        ROUND,
        (Sketch("cai dee"),),
        [Expected(1, "g1", "dee", ("native",))],
    ),
    Case(
        "a tag without region serves for one with a region",
        CommonLanguage(),
        ROUND,
        (Sketch("dee", language="sv-FI"),),
    ),
    Case("a tag with region serves for one without", CommonLanguage(), ROUND, (Sketch("fay"),)),
    Case(
        "one region does not serve for another",
        CommonLanguage(),
        ROUND,
        (Sketch("ana fay", language="en-US"),),
        [Expected(1, "g1", "fay", ("en-US",))],
    ),
    Case(
        "the best of several tags that fit counts",
        CommonLanguage(),
        ROUND,
        (Sketch("gus", language="en-GB"),),
    ),
    Case("an empty group speaks anything", CommonLanguage(), ROUND, (Sketch("", language="fi"),)),
    Case(
        "each person in each group counts",
        CommonLanguage(),
        ROUND,
        (Sketch("bo eli", "noa"), Sketch("ana", "noa", at="wed-15")),
        [
            Expected(1, "g1", "bo"),
            Expected(1, "g1", "eli"),
            Expected(1, "g1", "noa"),
            Expected(1, "g2", "noa"),
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_common_language_finds_what_the_table_says(case: Case) -> None:
    """Somebody who cannot follow the talk has no group, whatever the roster says."""
    case.check()
