"""A person who has to be somewhere, by hand."""

import pytest

from mentormatch.rules import Pin
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentors, round_, solution, students

ROUND = round_(
    students("ana bo cai dee"),
    mentors("mia noa", capacity=2),
    mentors_each=2,
    languages=("en", "fi"),
    topics=("sleep", "rest"),
)
ANA = Pin(person="ana")
TUE = Pin(person="ana", slot="tue-15")
ALL = Pin(person="ana", slot="tue-15", language="fi", mode="online", topic="rest")
WITH = Pin(person="ana", with_people=("bo", "mia"))

CASES = [
    Case("in any group is somewhere", ANA, ROUND, (Sketch("ana", topic="rest"),)),
    Case(
        "in no group is a breach",
        ANA,
        ROUND,
        (Sketch("bo", topic="rest"),),
        [Expected(1, None, "ana", ("ana",))],
    ),
    Case("without groups as well", ANA, ROUND, (), [Expected(1, None, "ana")]),
    Case(
        "in no group no condition is asked",
        ALL,
        ROUND,
        (Sketch("bo", topic="rest"),),
        [Expected(1, None, "ana")],
    ),
    Case(
        "in the last group is somewhere too",
        ANA,
        ROUND,
        (Sketch("bo", topic="rest"), Sketch("ana", at="wed-15", topic="rest")),
    ),
    Case("at the slot asked for", TUE, ROUND, (Sketch("ana", topic="rest"),)),
    Case(
        "at another slot",
        TUE,
        ROUND,
        (Sketch("ana", at="wed-15", topic="rest"),),
        [
            Expected(
                1,
                "g1",
                "ana",
                ("ana is in group g1 with the slot wed-15, though pinned to tue-15",),
            )
        ],
    ),
    Case(
        "all conditions met",
        ALL,
        ROUND,
        (Sketch("ana", language="fi", mode="online", topic="rest"),),
    ),
    Case(
        "each condition that fails counts",
        ALL,
        ROUND,
        (Sketch("ana", at="wed-15", topic="sleep"),),
        [
            Expected(1, "g1", "ana", ("tue-15",)),
            Expected(1, "g1", "ana", ("fi",)),
            Expected(1, "g1", "ana", ("online",)),
            Expected(1, "g1", "ana", ("rest",)),
        ],
    ),
    Case(
        "one that fails among several",
        ALL,
        ROUND,
        (Sketch("ana", language="fi", topic="rest"),),
        [Expected(1, "g1", "ana", ("online",))],
    ),
    Case("with those asked for", WITH, ROUND, (Sketch("ana bo cai", "mia noa", topic="rest"),)),
    Case(
        "each person missing counts",
        WITH,
        ROUND,
        (Sketch("ana cai", topic="rest"), Sketch("bo", "mia", at="wed-15", topic="rest")),
        [Expected(1, "g1", "ana bo", ("bo",)), Expected(1, "g1", "ana mia", ("mia",))],
    ),
    Case(
        "those asked for need not be without others",
        WITH,
        ROUND,
        (
            Sketch("ana bo", "mia", topic="rest"),
            Sketch("cai", "mia", at="wed-15", topic="rest"),
        ),
    ),
    Case(
        "a mentor without a group",
        Pin(person="mia"),
        ROUND,
        (Sketch("ana", "noa", topic="rest"),),
        [Expected(1, None, "mia")],
    ),
    Case(
        "each group of a mentor counts",
        Pin(person="mia", slot="tue-15", with_people=("ana",)),
        ROUND,
        (Sketch("ana", "mia", topic="rest"), Sketch("bo", "mia", at="wed-15", topic="rest")),
        [Expected(1, "g2", "mia", ("tue-15",)), Expected(1, "g2", "ana mia")],
    ),
    Case(
        "others may be anywhere",
        TUE,
        ROUND,
        (Sketch("ana", topic="rest"), Sketch("bo dee", at="wed-15", topic="rest")),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_pin_finds_what_the_table_says(case: Case) -> None:
    """Some seats were promised before the round began."""
    case.check()


def test_a_group_without_a_topic_has_not_the_one_asked_for() -> None:
    """A roster made by hand may have such a group; it is not said to have a topic of none."""
    rule = Pin(person="ana", topic="rest")
    (violation,) = rule.violations(ROUND, solution(ROUND, Sketch("ana")))
    assert violation.message == "ana is in group g1 with no topic, though pinned to rest."
