"""Mentors who lead about as many groups as the others, by hand."""

import pytest

from mentormatch.rules import MentorLoad
from tests.rules.table import Case, Expected
from tests.support.build import Sketch, mentor, round_, students

ROUND = round_(
    students("ana bo cai dee", "tue-15 wed-15 thu-15 fri-15"),
    [
        mentor("mia", "tue-15 wed-15 thu-15 fri-15", capacity=4),
        mentor("noa", "tue-15 wed-15 thu-15 fri-15", capacity=2),
        mentor("oli"),
    ],
    "tue-15 wed-15 thu-15 fri-15",
)


def groups(*mentors: str) -> tuple[Sketch, ...]:
    """Return groups with these mentors, each at its own slot."""
    names = ("ana", "bo", "cai", "dee")
    slots = ("tue-15", "wed-15", "thu-15", "fri-15")
    return tuple(
        Sketch(name, who, at=slot) for name, who, slot in zip(names, mentors, slots, strict=False)
    )


RULE = MentorLoad()

CASES = [
    Case("one group is no load", RULE, ROUND, groups("mia", "noa")),
    Case("no group is none either", RULE, ROUND, ()),
    Case("a group without mentors loads nobody", RULE, ROUND, groups("", "")),
    Case(
        "two groups are one pair",
        RULE,
        ROUND,
        groups("mia", "mia", "noa"),
        [Expected(1, None, "mia", ("mia", "2"))],
    ),
    Case(
        "three groups are three pairs",
        RULE,
        ROUND,
        groups("mia", "mia", "mia"),
        [Expected(3, None, "mia")],
    ),
    Case("four groups are six", RULE, ROUND, groups(*["mia"] * 4), [Expected(6, None, "mia")]),
    Case(
        "each mentor counts, alone or with others",
        RULE,
        ROUND,
        groups("mia noa", "noa mia", "mia oli"),
        [Expected(3, None, "mia"), Expected(1, None, "noa")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_mentor_load_finds_what_the_table_says(case: Case) -> None:
    """Two mentors with two groups each are better off than one with three and one with one."""
    case.check()
