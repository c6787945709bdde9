"""A rule that names what the round does not have says so, with the nearest right name."""

from __future__ import annotations

import pytest

from mentormatch.errors import Fault
from mentormatch.rules import AtMost, KeepApart, KeepApartAffiliation, KeepTogether, Mix
from mentormatch.rules.base import Rule
from tests.support.build import mentor, round_, student

ROUND = round_(
    [
        student("ana", department="Physics", affiliations={"supervisor": ("mia",)}),
        student("ben", department="Design", attributes={"theme": ("sleep",)}),
    ],
    [mentor("mia")],
)
WITHOUT_TIES = round_([student("ana")])

SOUND: list[Rule] = [
    KeepApart(sets=(("ana", "mia"),)),
    KeepApartAffiliation(),
    KeepTogether(sets=(("ana", "mia"),), affiliation="supervisor"),
    Mix(),
    Mix(attribute="supervisor"),
    Mix(attribute="mode"),
    AtMost(),
    AtMost(attribute="theme", values=("sleep",)),
]

CASES: list[tuple[Rule, list[tuple[str, str, str | None]]]] = [
    (
        KeepApart(sets=(("ana", "mia"), ("ana", "bne"))),
        [("unknown_person", "rules[7].sets[1][1]", "ben")],
    ),
    (
        KeepApart(sets=(("ana", "ben", "ana"),)),
        [("apart_from_self", "rules[7].sets[0][2]", None)],
    ),
    (
        KeepApart(sets=(("qqq", "ana", "zzz"),)),
        [
            ("unknown_person", "rules[7].sets[0][0]", None),
            ("unknown_person", "rules[7].sets[0][2]", None),
        ],
    ),
    (
        KeepApartAffiliation(affiliation="superviser"),
        [("unknown_affiliation", "rules[7].affiliation", "supervisor")],
    ),
    (
        KeepTogether(sets=(("ana", "ben", "ana"),), affiliation="superviser"),
        [
            ("repeated_person", "rules[7].sets[0][2]", None),
            ("unknown_affiliation", "rules[7].affiliation", "supervisor"),
        ],
    ),
    (Mix(attribute="departement"), [("unknown_attribute", "rules[7].attribute", "department")]),
    (AtMost(attribute="them"), [("unknown_attribute", "rules[7].attribute", "theme")]),
    (
        AtMost(values=("Physics", "Fysics", "Desing")),
        [
            ("unknown_value", "rules[7].values[1]", "Physics"),
            ("unknown_value", "rules[7].values[2]", "Design"),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "expected"), CASES)
def test_every_wrong_name_is_a_fault_at_its_place(
    rule: Rule, expected: list[tuple[str, str, str | None]]
) -> None:
    """A rule about nobody would be kept by every matching and hide a slip of the pen."""
    faults: list[Fault] = list(rule.faults(ROUND, "rules[7]"))
    assert [(fault.code, fault.where, fault.nearest) for fault in faults] == expected


@pytest.mark.parametrize("rule", SOUND)
def test_right_names_are_no_fault(rule: Rule) -> None:
    """Fields, free attributes and affiliations can all be named."""
    assert not list(rule.faults(ROUND, "rules[7]"))


def test_the_default_rule_on_supervisors_asks_nothing_where_nobody_states_one() -> None:
    """It comes with every problem, also of programmes that do not ask for supervisors."""
    assert not list(KeepApartAffiliation().faults(WITHOUT_TIES, "rules[0]"))


def test_the_message_names_what_is_there() -> None:
    """Whoever mistypes an affiliation sees at once what there is."""
    (fault,) = KeepApartAffiliation(affiliation="boss").faults(ROUND, "rules[7]")
    assert "nobody has an affiliation 'boss'; known are 'supervisor'" in str(fault)
