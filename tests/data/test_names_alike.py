"""Ids that nobody sees or can tell apart, zones of the machine, attributes that hide a field."""

from __future__ import annotations

from typing import Any

import pytest

from mentormatch import InputError, Problem
from mentormatch.data.appearance import appearance, is_invisible


def document(*ids: str, **fields: Any) -> dict[str, Any]:
    """Return a problem of these students, who can all come."""
    return {
        "students": [{"id": one, "availability": {"tue": "yes"}, **fields} for one in ids],
        "slots": [{"id": "tue", "weekday": "tue", "start": "15:00"}],
        "term": {"first_day": "2026-10-05", "last_day": "2026-11-15"},
    }


def faults(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return code and place of everything wrong with a problem."""
    with pytest.raises(InputError) as caught:
        Problem.model_validate(data)
    return [(fault.code, fault.where) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "hidden",
    ["\ufe0f", "\u034f", "\u3164", "\u2800", "\u00ad", "\u200b", "\u2028", "\U000e0100", "\u115f"],
)
@pytest.mark.parametrize("name", ["{}", "a{}b", "ab{}"])
def test_characters_that_nobody_sees_are_refused_in_ids(hidden: str, name: str) -> None:
    """Bug: a variation selector, or a blank of braille, was a letter like any other."""
    assert faults(document(name.format(hidden))) == [("wrong_value", "students[0].id")]


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000", "\u202f"])
def test_other_spaces_than_the_usual_one_are_refused_with_the_usual_one_offered(space: str) -> None:
    """Bug: two people of one name, one with a space that does not break, were two ids."""
    with pytest.raises(InputError) as caught:
        Problem.model_validate(document(f"Ana{space}Example"))
    assert caught.value.faults[0].nearest == "Ana Example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana", "ANA"),
        ("ana", "\u0430n\u0430"),  # Cyrillic a
        ("CEO", "\u0421\u0415\u041e"),  # Cyrillic capitals
        ("tau", "\u03c4\u03b1\u03c5"),  # Greek letters
        ("a1", "\uff41\uff11"),  # full width
        ("Jos\u00e9", "Jose\u0301"),  # two Unicode forms
        ("office", "o\ufb03ce"),  # a ligature
    ],
)
def test_ids_that_look_the_same_are_told(one: str, other: str) -> None:
    """Bug: a rule on one of them was taken to be about the other by everybody who read it."""
    assert faults(document(one, other)) == [("duplicate_person", "students[1].id")]
    with pytest.raises(InputError, match="looks the same as"):
        Problem.model_validate(document(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("ana", "anna"), ("\u0430", "\u0431"), ("\u00e4iti", "aiti"), ("s1", "sl"), ("o", "\u00f8")],
)
def test_ids_that_differ_to_the_eye_stay_apart(one: str, other: str) -> None:
    """Letters of other scripts are as good as Latin ones."""
    assert appearance(one) != appearance(other)
    assert len(Problem.model_validate(document(one, other)).students) == 2


def test_letters_digits_and_signs_are_visible() -> None:
    """Nothing that people write names with is taken away from them."""
    for text in ("Åse-Britt O'Neill", "李小龍", "Σοφία", "نور", "नमस्ते", "s001_b.c@d", "🦊"):
        assert not any(map(is_invisible, text)), text


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory", "posix/UTC", "right/UTC"])
def test_zones_that_each_machine_means_otherwise_are_refused(zone: str) -> None:
    """Bug: the same document gave other dates on another computer."""
    data = document("ana")
    data["term"]["zone"] = zone
    assert faults(data) == [("wrong_value", "term.zone")]


@pytest.mark.parametrize("name", ["department", "mode", "languages", "id", "priority"])
def test_an_attribute_named_like_a_field_is_a_fault(name: str) -> None:
    """Bug: it was ignored without a word, and a hard rule on it was broken, proven optimal."""
    found = faults(document("ana", attributes={name: "Physics"}))
    assert found == [("named_like_a_field", f"students[0].attributes.{name}")]


def test_an_affiliation_named_like_a_field_or_an_attribute_is_a_fault() -> None:
    """Rules on attributes look there first, so the affiliation would not be found."""
    tied = {"affiliations": {"group": ["Optics"]}, "attributes": {"group": "Logic"}}
    assert faults(document("ana", **tied)) == [
        ("named_like_a_field", "students[0].affiliations.group")
    ]
    assert faults(document("ana", affiliations={"mode": ["x"]})) == [
        ("named_like_a_field", "students[0].affiliations.mode")
    ]
