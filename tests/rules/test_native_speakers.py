"""Few native speakers of the group's language, by hand."""

import pytest

from mentormatch.rules import NativeSpeakers
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, student

ROUND = round_(
    [
        student("ana", languages={"fi": "native", "en": "C1"}),
        student("bo", languages={"fi": "native", "en": "C1"}),
        student("cai", languages={"fi": "native", "en": "native"}),
        student("dee", languages={"fi": "C2", "en": "C1"}),
        student("eli", languages={"fi-FI": "native", "en": "C1"}),
    ],
    [mentor("mia", languages={"fi": "native"})],
    languages=("en", "fi"),
)
ONE = NativeSpeakers(most=1)
NONE = NativeSpeakers(most=0)

CASES = [
    Case("one may be there", ONE, ROUND, (Sketch("ana dee", language="fi"),)),
    Case(
        "beyond it each counts",
        ONE,
        ROUND,
        (Sketch("ana bo cai dee", language="fi"),),
        [Expected(2, "g1", "ana bo cai", ("g1", "fi"))],
    ),
    Case(
        "natives of another language than the group's do not count",
        ONE,
        ROUND,
        (Sketch("ana bo cai dee", language="en"),),
    ),
    Case(
        "none may be allowed",
        NONE,
        ROUND,
        (Sketch("ana cai", language="en"),),
        [Expected(1, "g1", "cai", ("en",))],
    ),
    Case("C2 is not native", NONE, ROUND, (Sketch("dee", language="fi"),)),
    Case(
        "a region of the language is that language",
        NONE,
        ROUND,
        (Sketch("eli", language="fi"),),
        [Expected(1, "g1", "eli")],
    ),
    Case("mentors do not count", NONE, ROUND, (Sketch("dee", "mia", language="fi"),)),
    Case(
        "each group by itself",
        ONE,
        ROUND,
        (Sketch("ana bo", language="fi"), Sketch("cai eli", at="wed-15", language="fi")),
        [Expected(1, "g1", "ana bo"), Expected(1, "g2", "cai eli")],
    ),
    Case("an empty group has none", NONE, ROUND, (Sketch("", language="fi"),)),
    Case("who is left out is in no group", NONE, ROUND, ()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_native_speakers_finds_what_the_table_says(case: Case) -> None:
    """Learners fall silent among people who have always spoken it."""
    case.check()
