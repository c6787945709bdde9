"""What people may say in their sign-ups."""

from __future__ import annotations

from typing import Any

import pytest

from mentormatch import InputError
from mentormatch.data.people import MAX_TEXT, Mentor, Student, attribute_names, values_of


@pytest.mark.parametrize(
    "name", ["", " ", " ana", "ana ", "a\nb", "a\u200bb", "a\u202eb", "x" * (MAX_TEXT + 1), 7, None]
)
def test_an_id_is_text_that_everybody_sees_alike(name: object) -> None:
    """Invisible or turned-around characters would make two ids look like one."""
    with pytest.raises(InputError):
        Student.model_validate({"id": name})


@pytest.mark.parametrize("name", ["ana", "Åsa Öst", "ana@example.org", "学生01", "x" * MAX_TEXT])
def test_an_id_is_echoed_as_it_was_given(name: str) -> None:
    """The caller finds people again by exactly the id that they chose."""
    assert Student(id=name).id == name


@pytest.mark.parametrize(
    "fields",
    [
        {"departmnt": "Physics"},
        {"languages": {"English": "B2"}},
        {"languages": {"en": "good"}},
        {"languages": {"EN": "B2", "en": "C1"}},
        {"availability": {"tue-15": "maybe"}},
        {"availability": {"tue-15": True}},
        {"availability": ["tue-15"]},
        {"hours": [{"weekday": "tue", "start": "15:00", "end": "14:00"}]},
        {"hours": [{"weekday": "tue", "start": 15, "end": 17}]},
        {"absences": ["20.10.2026"]},
        {"absences": [1_791_000_000]},
        {"mode": "hybrid"},
        {"affiliations": {"supervisor": "prof-1"}},
        {"attributes": {"year": float("nan")}},
        {"attributes": {"year": 10**400}},
        {"attributes": {"year": {"of": "study"}}},
        {"priority": 0},
        {"priority": 1.0},
        {"priority": True},
        {"signed_up": 1_791_000_000},
        {"signed_up": "2026-09-01"},
        {"zone": "Mars/Olympus"},
        {"capacity": 1},
    ],
)
def test_a_student_with_an_unusable_field_is_refused(fields: dict[str, Any]) -> None:
    """What cannot be understood is a fault, never a guess."""
    with pytest.raises(InputError):
        Student.model_validate({"id": "ana", **fields})


def test_an_error_does_not_repeat_names() -> None:
    """Names must not reach logs by way of an error."""
    with pytest.raises(InputError) as caught:
        Student.model_validate({"id": "ana", "name": ["Somebody's name"]})
    assert "Somebody's name" not in str(caught.value)


def test_a_name_is_not_shown_by_repr() -> None:
    """What is printed while looking for a mistake goes into logs as well."""
    assert "Somebody" not in repr(Student(id="ana", name="Somebody"))


def test_the_label_is_the_name_or_else_the_id() -> None:
    """Messages name people as the coordinator knows them."""
    assert Student(id="ana", name="Somebody").label == "Somebody"
    assert Student(id="ana").label == "ana"


def test_capacity_and_priority_have_bounds() -> None:
    """The bounds keep every sum of costs exact."""
    assert Mentor(id="m", capacity=0).capacity == 0
    assert Student(id="s", priority=1_000).priority == 1_000
    for fields in ({"capacity": -1}, {"capacity": 21}):
        with pytest.raises(InputError):
            Mentor.model_validate({"id": "m", **fields})
    with pytest.raises(InputError):
        Student(id="s", priority=1_001)


def test_saying_no_to_everything_is_an_answer_and_saying_nothing_is_not() -> None:
    """Only the second is asked about again."""
    assert Student.model_validate({"id": "s", "availability": {"t": "no"}}).gave_availability
    assert not Student(id="s", availability={}).gave_availability
    assert not Student(id="s").gave_availability
    hours = [{"weekday": 1, "start": "09:00", "end": "10:00"}]
    assert Student.model_validate({"id": "s", "hours": hours}).gave_availability


def test_values_come_from_fields_then_attributes_then_affiliations() -> None:
    """Rules name all three in one way."""
    person = Student(
        id="s",
        department="Physics",
        attributes={"year": 2, "themes": ("rest", "work", "rest"), "visiting": True},
        affiliations={"supervisor": ("prof-1", "prof-2"), "year": ("ignored",)},
    )
    assert values_of(person, "department") == ("Physics",)
    assert values_of(person, "mode") == ("either",)
    assert values_of(person, "year") == ("2",)
    assert values_of(person, "themes") == ("rest", "work")
    assert values_of(person, "visiting") == ("True",)
    assert values_of(person, "supervisor") == ("prof-1", "prof-2")
    assert values_of(person, "colour") == ()
    assert values_of(Student(id="s"), "department") == ()
    assert attribute_names((person,)) == {
        "department",
        "mode",
        "year",
        "themes",
        "visiting",
        "supervisor",
    }
