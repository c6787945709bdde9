"""Every fault of a problem in one pass, each with who, what, where and the nearest name."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mentormatch.data.people import Student
from mentormatch.data.problem import MAX_SLOTS, Problem
from mentormatch.errors import Fault, InputError


def document(**changes: Any) -> dict[str, Any]:
    """Return the document of a small sound problem, changed at its top level where told."""
    sound: dict[str, Any] = {
        "format": "mentormatch/problem/1",
        "students": [
            {"id": "ana", "availability": {"tue-15": "yes"}, "attributes": {"year": 1}},
            {"id": "ben", "availability": {"tue-15": "yes", "wed-13": "if_need_be"}},
        ],
        "mentors": [{"id": "mia", "availability": {"tue-15": "yes"}}],
        "slots": [
            {"id": "tue-15", "weekday": "tuesday", "start": "15:00"},
            {"id": "wed-13", "weekday": 3, "start": "13:00"},
        ],
        "term": {"first_day": "2026-10-05", "last_day": "2026-12-18"},
    }
    return copy.deepcopy({**sound, **changes})


def faults(data: Any) -> list[Fault]:
    """Return the faults for which a document is refused."""
    with pytest.raises(InputError) as caught:
        Problem.model_validate(data)
    return list(caught.value.faults)


def places(data: Any) -> dict[str, str]:
    """Return the code of each fault by its place."""
    found = faults(data)
    assert len({fault.where for fault in found}) == len(found), "one place, one fault"
    return {fault.where: fault.code for fault in found}


def only(data: Any) -> Fault:
    """Return the single fault for which a document is refused."""
    (fault,) = faults(data)
    return fault


def student(**fields: Any) -> dict[str, Any]:
    """Return the row of a student, sound but for the fields told."""
    return {"id": "cai", "availability": {"tue-15": "yes"}, **fields}


def test_a_sound_document_is_taken_whole() -> None:
    """The document that all other tests spoil is itself without fault."""
    problem = Problem.model_validate(document())
    assert [one.id for one in problem.students] == ["ana", "ben"]
    assert problem.slots[0].weekday == 2


@pytest.mark.parametrize(
    ("row", "where", "message", "nearest"),
    [
        (
            student(availability={"tue-15": "yess"}),
            "availability.tue-15",
            "availability.tue-15 of student 'cai' is 'yess', but must be 'yes', 'if_need_be' or "
            "'no'",
            "yes",
        ),
        (
            student(departmnt="Physics"),
            "departmnt",
            "student 'cai' has no field 'departmnt'",
            "department",
        ),
        (
            student(availability={"tue-51": "yes"}),
            "availability.tue-51",
            "'cai' answers for slot 'tue-51', which is not among the 2 slots",
            "tue-15",
        ),
        (
            student(languages={"English": "B2"}),
            "languages.English",
            "languages.English of student 'cai': 'English' is not a language tag such as 'en' or "
            "'sv-FI'",
            "en",
        ),
        (
            student(mode="capmus"),
            "mode",
            "mode of student 'cai' is 'capmus', but must be 'campus', 'online' or 'either'",
            "campus",
        ),
        (
            student(priority=5_000),
            "priority",
            "priority of student 'cai' is 5,000, but must be a whole number from 1 to 1,000",
            None,
        ),
        (
            student(absences=["2026-10-20", "3.11.2026"]),
            "absences[1]",
            "absences[1] of student 'cai': '3.11.2026' is not a day such as '2026-10-05'",
            "2026-11-03",
        ),
        (
            student(hours=[{"weekday": "tusday", "start": "09:00", "end": "11:00"}]),
            "hours[0].weekday",
            "hours[0].weekday of student 'cai': 'tusday' is not a weekday: 1 (Monday) to 7 "
            "(Sunday), or an English name",
            "tuesday",
        ),
        (
            student(hours=[{"weekday": 1, "start": "09:00", "end": "11:00", "anwser": "yes"}]),
            "hours[0].anwser",
            "hours[0] of student 'cai' has no field 'anwser'",
            "answer",
        ),
        (
            student(zone="helsinki"),
            "zone",
            "zone of student 'cai': 'helsinki' is not an IANA zone such as 'Europe/Helsinki'",
            "Europe/Helsinki",
        ),
        (
            student(attributes={"year": {"of": "study"}}),
            "attributes.year",
            "attributes.year of student 'cai' is an object, but must be true or false, a whole "
            "number, a number, text with at most 200 characters or a list of texts with at most "
            "100 entries",
            None,
        ),
        (
            {"id": "cai"},
            "availability",
            "'cai' gave no availability; state missing_availability 'leave_out' or 'any_slot' to "
            "go on without",
            None,
        ),
    ],
)
def test_a_fault_says_who_what_where_and_the_nearest(
    row: dict[str, Any], where: str, message: str, nearest: str | None
) -> None:
    """A coordinator mends the row from the sentence alone."""
    fault = only(document(students=[*document()["students"], row]))
    assert fault.where == f"students[2].{where}"
    assert fault.message == message
    assert fault.nearest == nearest
    assert nearest is None or f"(did you mean {nearest!r}?)" in str(fault)


@pytest.mark.parametrize(
    ("changes", "where", "nearest"),
    [
        ({"langages": ["en"]}, "langages", "languages"),
        (
            {"term": {"first_day": "2026-10-05", "last_dy": "2026-12-18"}},
            "term.last_dy",
            "last_day",
        ),
        ({"shape": {"min_student": 4}}, "shape.min_student", "min_students"),
        ({"rules": [{"kind": "keep_appart"}]}, "rules[0]", "keep_apart"),
        ({"rules": [{"kind": "mix", "atribute": "department"}]}, "rules[0].atribute", "attribute"),
        ({"rules": [{"kind": "mix", "tier": "hrd"}]}, "rules[0].tier", "hard"),
        ({"rules": [{"kind": "mix", "attribute": "yaer"}]}, "rules[0].attribute", "year"),
        ({"missing_availability": "leave-out"}, "missing_availability", "leave_out"),
        ({"format": "mentormatch/problem/2"}, "format", "mentormatch/problem/1"),
        (
            {"rules": [{"kind": "keep_apart", "sets": [["ana", "bem"]]}]},
            "rules[0].sets[0][1]",
            "ben",
        ),
    ],
)
def test_a_misspelt_name_is_offered_its_nearest(
    changes: dict[str, Any], where: str, nearest: str
) -> None:
    """Most faults are slips of one letter, wherever they stand."""
    fault = only(document(**changes))
    assert (fault.where, fault.nearest) == (where, nearest)


def test_every_fault_is_found_in_one_pass_and_none_that_follows_from_another() -> None:
    """Faults of form do not hide faults of meaning, and spoilt rows cause no further ones."""
    spoilt = document(
        students=[
            {"id": "ana", "availability": {"tue-15": "yess"}},
            {"id": "ben", "availability": {"tue-15": "yes", "fri-9": "no"}, "mode": 3},
            {"id": " cai ", "availability": {"tue-15": "yes"}},
            {"id": "dan", "availablity": {"tue-15": "maybe", "wed-13": "yes"}},
            {"id": "eve"},
            {"id": "ben", "availability": {"tue-15": "yes"}},
        ],
        rules=[
            {"kind": "unheard_of"},
            {"kind": "keep_apart", "sets": [["ana"], ["cai", "dan"], ["eve", "nobody"]]},
            {"kind": "mix", "tier": 99},
            {"kind": "group_size"},
            {"kind": "group_size"},
        ],
        shape={"min_students": 8, "max_students": 5},
        languages=["en", "EN"],
    )
    assert places(spoilt) == {
        "students[0].availability.tue-15": "wrong_value",
        "students[1].availability.fri-9": "unknown_slot",
        "students[1].mode": "wrong_value",
        "students[2].id": "wrong_value",
        "students[3].availablity": "unknown_field",
        "students[3].availablity.tue-15": "wrong_value",
        "students[4].availability": "no_availability",
        "students[5].id": "duplicate_person",
        "rules[0]": "unknown_rule",
        "rules[1].sets[0]": "wrong_value",
        "rules[1].sets[2][1]": "unknown_person",
        "rules[2].tier": "wrong_value",
        "rules[4]": "repeated_rule",
        "shape": "wrong_value",
        "languages[1]": "duplicate_language",
    }


def test_indices_are_those_of_the_document_though_earlier_items_were_taken_out() -> None:
    """A place that is off by one sends the coordinator to the wrong person."""
    rules = [
        {"kind": "nonsense"},
        {"kind": "keep_apart", "sets": [["ana"], ["ana", "ben"], ["ana", "zoe"]]},
        {"kind": "more_nonsense"},
        {"kind": "mix", "attribute": "colour"},
    ]
    assert places(document(rules=rules)) == {
        "rules[0]": "unknown_rule",
        "rules[1].sets[0]": "wrong_value",
        "rules[1].sets[2][1]": "unknown_person",
        "rules[2]": "unknown_rule",
        "rules[3].attribute": "unknown_attribute",
    }


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"id": 17, "availability": {"tue-15": "yes"}}, "students[0].id"),
        ({"id": "17 ", "availability": {"tue-15": "yes"}}, "students[0].id"),
        ({"id": "17", "availability": "always"}, "students[0].availability"),
        ({"id": "17", "availability": {"tue-15": 1}}, "students[0].availability.tue-15"),
        ({"id": "17", "hours": [{"weekday": 1}]}, "students[0].hours[0]"),
    ],
)
def test_who_has_a_faulty_row_is_still_known_to_rules(row: dict[str, Any], where: str) -> None:
    """A rule that names them is right, and must not be called wrong."""
    rules = [{"kind": "keep_apart", "sets": [["17", "mia"]]}]
    found = faults(document(students=[row], rules=rules))
    assert found
    assert all(fault.where.startswith(where) for fault in found)


@pytest.mark.parametrize("row", [{"availability": {"tue-15": "yes"}}, "ben", {"id": None}])
def test_a_name_that_a_nameless_row_may_have_is_not_called_unknown(row: object) -> None:
    """One row has no id and one name has no row: mending the first may mend the second."""
    people = [document()["students"][0], row]
    rules = [{"kind": "keep_apart", "sets": [["ana", "ben"]]}]
    assert all(
        where.startswith("students[1]") for where in places(document(students=people, rules=rules))
    )
    rules = [{"kind": "keep_apart", "sets": [["ana", "ben"], ["ana", "zoe"]]}]
    found = places(document(students=people, rules=rules))
    assert {where for where in found if where.startswith("rules")} == {
        "rules[0].sets[0][1]",
        "rules[0].sets[1][1]",
    }


def test_answers_for_a_nameless_slot_are_not_called_wrong() -> None:
    """Otherwise one slip in a slot would give a fault for every person."""
    slots = [{"id": "tue-15", "weekday": 2, "start": "15:00"}, {"weekday": 3, "start": "13:00"}]
    assert places(document(slots=slots)) == {"slots[1].id": "missing_field"}


def test_a_spoilt_attribute_is_still_known_to_rules() -> None:
    """Only its value is wrong, not its name."""
    people = [student(attributes={"colour": None}, affiliations={"manager": "x"})]
    rules = [
        {"kind": "mix", "attribute": "colour"},
        {"kind": "keep_apart_affiliation", "affiliation": "manager"},
    ]
    assert set(places(document(students=people, rules=rules))) == {
        "students[0].attributes.colour",
        "students[0].affiliations.manager",
    }


def test_a_spoilt_slot_is_still_known_to_answers() -> None:
    """One faulty slot must not give a fault for each person who answered for it."""
    slots = [{"id": "tue-15", "weekday": "someday", "start": "15:00"}, {"id": "wed-13"}]
    assert set(places(document(slots=slots))) == {"slots[0].weekday", "slots[1]"}


@pytest.mark.parametrize("section", ["students", "slots", "term"])
@pytest.mark.parametrize("value", [None, 3, "text"])
def test_a_section_that_cannot_be_read_gives_one_fault(section: str, value: object) -> None:
    """Nothing is said of what names people or slots that could not be read."""
    rules = [{"kind": "keep_apart", "sets": [["ana", "ben"]]}]
    assert list(places(document(**{section: value}, rules=rules))) == [section]


def test_missing_sections_are_all_named() -> None:
    """An empty document lacks three things, and is told all of them."""
    assert places({}) == dict.fromkeys(["students", "slots", "term"], "missing_field")


@pytest.mark.parametrize("value", [None, 3, "text", [], [{}], True])
def test_what_is_no_object_is_refused(value: object) -> None:
    """The root of a document is one object."""
    assert only(value).where == "problem"


def test_the_faults_of_a_term_do_not_hide_those_of_people() -> None:
    """Both are mended in one go."""
    data = document(students=[student(mode="x")], term={"first_day": "2026-13-01"})
    assert set(places(data)) == {"students[0].mode", "term.first_day", "term.last_day"}


def test_a_field_that_fits_by_itself_but_not_with_others_is_found_beside_faulty_ones() -> None:
    """The shape is upside down, though one of its fields is misspelt as well."""
    found = places(document(shape={"min_students": 9, "max_students": 3, "mentor": 2}))
    assert found == {"shape.mentor": "unknown_field", "shape": "wrong_value"}


def test_ids_that_people_read_as_equal_are_refused() -> None:
    """Case and Unicode form do not tell two people apart."""
    people = [student(id="Åsa"), student(id="A\u030asa"), student(id="åSA")]
    found = places(document(students=people, mentors=[student(id="åsa")]))
    assert found == dict.fromkeys(
        ["students[1].id", "students[2].id", "mentors[0].id"], "duplicate_person"
    )


@pytest.mark.parametrize("policy", ["leave_out", "any_slot"])
def test_without_availability_a_stated_policy_is_needed(policy: str) -> None:
    """Unknown availability is never silently taken as no."""
    data = document(students=[{"id": "ana"}])
    assert places(data) == {"students[0].availability": "no_availability"}
    assert Problem.model_validate({**data, "missing_availability": policy}).students[0].id == "ana"


def test_too_many_entries_are_one_fault() -> None:
    """A limit is said once, with what was found."""
    many = [{"id": f"s{n}", "weekday": 1, "start": "10:00"} for n in range(MAX_SLOTS + 1)]
    fault = only(document(slots=many))
    assert fault.where == "slots"
    assert "a list of 2,001, but must be a list of objects with 1 to 2,000 entries" in fault.message


def test_the_input_is_left_as_it_was() -> None:
    """Faulty parts are taken out of a copy."""
    data = document(students=[student(mode="x", departmnt="y")], rules=[{"kind": "z"}])
    before = copy.deepcopy(data)
    assert faults(data)
    assert data == before


def test_people_made_beforehand_are_checked_with_the_rest() -> None:
    """Objects and documents mix, as they do where a caller builds some of them."""
    made = Student(id="ana", availability={"thu-9": "yes"})
    found = places(document(students=[made, student(mode="x"), made]))
    assert found == {
        "students[0].availability.thu-9": "unknown_slot",
        "students[1].mode": "wrong_value",
        "students[2].id": "duplicate_person",
        "students[2].availability.thu-9": "unknown_slot",
    }
