"""Nobody is left out of every group without being told at import, and least of all everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mentormatch import match
from mentormatch.data.calendar import Term
from mentormatch.errors import InputError
from mentormatch.importers import Export, Imported, import_round, mapping_of
from mentormatch.importers.availability.times import Span, in_zone
from tests.importers.same_round import text, write

TIMES = ("Mon 9-11", "Mon 11-13")

PROGRAMME: Mapping[str, Any] = {
    "term": {"first_day": "2026-10-05", "last_day": "2026-12-11", "meetings": 4},
    "shape": {"min_students": 2, "max_students": 4, "mentors": 0},
}

MAPPING: Mapping[str, Any] = {
    "columns": {"name": "Name"},
    "availability": {"shape": "multi_select", "column": "Times", "unit": 120},
}


def imported(
    folder: Path,
    rows: Sequence[Sequence[str]],
    columns: Mapping[str, Any] | None = None,
    mapping: Mapping[str, Any] | None = None,
    **programme: Any,
) -> Imported:
    """Import rows of which the first holds the headings."""
    stated = {**MAPPING, **(mapping or {})}
    stated["columns"] = {**stated["columns"], **(columns or {})}
    grid = write(folder, text(rows).encode())
    return import_round({**PROGRAMME, **programme}, Export(grid, mapping_of(stated)))


def codes(found: Imported) -> list[tuple[str, str, int | None]]:
    """Return code, effect and row of each finding."""
    return [(one.code, one.effect, one.row) for one in found.report.findings]


PEOPLE = [["Name", "Times"], *([f"Person {n}", "Mon 9-11"] for n in range(4))]


def test_whom_no_form_asked_uses_the_only_language_of_the_programme(tmp_path: Path) -> None:
    """Without a language nobody would be placed, and that would be proven optimal."""
    found = imported(tmp_path, PEOPLE, languages=["sv"])
    assert codes(found) == [("language_assumed", "look", None)]
    assert found.problem is not None
    assert {tuple(one.languages.items()) for one in found.problem.students} == {(("sv", "B2"),)}
    assert match(found.problem, time_limit=30).placed == 4


@pytest.mark.parametrize(
    ("rules", "level"),
    [
        ([], "B2"),
        ([{"kind": "common_language", "level": "C1"}], "C1"),
        ([{"kind": "common_language", "level": "A2", "tier": 2}], "A2"),
        ([{"kind": "mentor_language", "level": "C2"}], "C2"),
        ([{"kind": "common_language", "tier": "off"}], None),
    ],
)
def test_the_assumed_level_is_the_one_that_rules_ask_for(
    tmp_path: Path, rules: list[dict[str, Any]], level: str | None
) -> None:
    """A level below it would keep everybody out as no language does."""
    found = imported(tmp_path, PEOPLE, rules=rules)
    assert found.problem is not None
    assert [dict(one.languages) for one in found.problem.students] == [
        {} if level is None else {"en": level}
    ] * 4


def test_several_languages_and_no_column_of_them_are_asked_about(tmp_path: Path) -> None:
    """Nothing says who uses which."""
    with pytest.raises(InputError, match="no column gives languages, but groups can meet in 2"):
        imported(tmp_path, PEOPLE, languages=["en", "fi"])


def test_a_round_that_a_foundation_empties_is_told_before_all_else(tmp_path: Path) -> None:
    """Zero placed and 'optimal' looked like an answer."""
    rows = [["Name", "Times", "Languages"], *([f"P {n}", "Mon 9-11", "French"] for n in range(3))]
    found = imported(tmp_path, rows, {"languages": "Languages"})
    assert codes(found) == [
        ("nobody_placeable", "stop", None),
        *(("no_language_possible", "look", row) for row in (2, 3, 4)),
    ]
    assert "the rule common_language keeps every student out" in found.report.stopped[0].message
    assert found.report.text().splitlines()[2] == "NOBODY CAN BE PLACED (1)"


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"min_students": 9, "max_students": 9, "mentors": 0}, "at least 9 students, and 4 can"),
        ({"min_students": 2, "max_students": 4, "mentors": 2}, "a group has 2 mentors, and 0 can"),
    ],
)
def test_too_few_people_for_one_group_are_told(
    tmp_path: Path, shape: dict[str, int], words: str
) -> None:
    """The mentors' file is forgotten easily."""
    (stop,) = imported(tmp_path, PEOPLE, shape=shape).report.stopped
    assert words in stop.message


def test_one_person_without_the_language_is_told_and_the_others_are_not(tmp_path: Path) -> None:
    """An empty cell is as good as no language."""
    rows = [["Name", "Times", "Languages"], *([f"P {n}", "Mon 9-11", "English"] for n in range(3))]
    rows[2][2] = ""
    found = imported(tmp_path, rows, {"languages": "Languages"})
    assert codes(found) == [("no_language_possible", "look", 3)]


@pytest.mark.parametrize(
    ("source", "span", "expected"),
    [
        ("Europe/Helsinki", Span(1, 540, 660), [Span(1, 540, 660)]),
        ("Europe/London", Span(1, 540, 660), [Span(1, 660, 780)]),
        ("America/New_York", Span(1, 540, 660), [Span(1, 960, 1080)]),
        ("Asia/Tokyo", Span(1, 480, 600), [Span(1, 60, 180)]),
        ("Asia/Tokyo", Span(1, 360, 480), [Span(7, 1380, 1440), Span(1, 0, 60)]),
        ("Asia/Kolkata", Span(7, 1380, 1440), [Span(7, 1170, 1230)]),
    ],
)
def test_hours_are_moved_to_the_clocks_that_hold_on_most_days(
    source: str, span: Span, expected: list[Span]
) -> None:
    """Helsinki is 7 hours ahead of New York but for a week, and 7 behind Tokyo in winter."""
    term = Term(first_day=date(2026, 10, 26), last_day=date(2026, 12, 11))
    assert in_zone([span], source, "Europe/Helsinki", term) == expected


def test_candidate_slots_cover_the_hours_of_people_elsewhere(tmp_path: Path) -> None:
    """At nine in New York it is four in Helsinki: nobody asked there about that hour."""
    rows = [
        ["Name", "Times", "Zone"],
        ["Here", "Mon 9-11", ""],
        ["There", "Mon 9-11", "America/New_York"],
        ["Also there", "Mon 9-11", "America/New_York"],
    ]
    term = {**PROGRAMME["term"], "first_day": "2026-11-02"}
    found = imported(tmp_path, rows, {"zone": "Zone"}, term=term)
    assert found.problem is not None
    assert [slot.id for slot in found.problem.slots] == ["mon-09", "mon-16"]
    assert codes(found) == [("language_assumed", "look", None)]
    (group,) = match(found.problem, time_limit=30).groups
    assert (group.slot, set(group.students)) == ("mon-16", {"There", "Also there"})


def test_people_elsewhere_who_fit_no_slot_are_told(tmp_path: Path) -> None:
    """The programme's slots are nights where they are."""
    rows = [
        ["Name", "Times", "Zone"],
        ["Here", "Mon 9-11", ""],
        ["Also here", "Mon 9-11", ""],
        ["There", "Mon 9-11", "Asia/Tokyo"],
    ]
    slots = [{"id": "mon-09", "weekday": "mon", "start": "09:00", "minutes": 120}]
    found = imported(tmp_path, rows, {"zone": "Zone"}, slots=slots)
    assert codes(found) == [
        ("language_assumed", "look", None),
        ("no_slot_possible", "look", 4),
    ]


def test_a_form_in_another_zone_gives_slots_on_the_clocks_of_the_term(tmp_path: Path) -> None:
    """The grid was made in London; the slots are in Helsinki."""
    availability = {**MAPPING["availability"], "zone": "Europe/London"}
    found = imported(tmp_path, PEOPLE, mapping={"availability": availability})
    assert found.problem is not None
    assert [slot.id for slot in found.problem.slots] == ["mon-11"]
    assert {one.code for one in found.report.findings} == {"language_assumed"}


NAMESAKES = [["Name", "Times"], ["Bo Öst", "Mon 9-11"], ["bo öst", "Mon 11-13"]]


def test_people_of_one_name_are_two_until_somebody_says_otherwise(tmp_path: Path) -> None:
    """Taking them for one lost somebody, and called that put right."""
    found = imported(tmp_path, NAMESAKES)
    assert found.problem is not None
    assert [one.id for one in found.problem.students] == ["Bo Öst", "bo öst (2)"]
    assert ("same_name", "look", 3) in codes(found)
    assert "same_name_is_one_person" in found.report.findings[-1].message
    one = imported(tmp_path, NAMESAKES, mapping={"same_name_is_one_person": True})
    assert one.problem is not None
    assert [one.id for one in one.problem.students] == ["bo öst"]
    assert ("duplicate", "done", 2) in codes(one)


def test_a_student_and_a_mentor_of_one_name_and_no_address_are_both_kept(tmp_path: Path) -> None:
    """The name alone says that they might be one."""
    students = write(tmp_path, text(PEOPLE).encode())
    mentors = write(tmp_path, text([PEOPLE[0], PEOPLE[1]]).encode(), "mentors.csv")
    mapping = mapping_of(MAPPING)
    found = import_round(PROGRAMME, Export(students, mapping), Export(mentors, mapping))
    assert found.problem is not None
    assert [one.id for one in found.problem.students] == [f"Person {n}" for n in range(4)]
    assert [one.id for one in found.problem.mentors] == ["Person 0 (2)"]
    assert ("same_name", "look", 2) in codes(found)


def test_addresses_are_kept_apart_from_ids(tmp_path: Path) -> None:
    """Ids stand in explanations, addresses are for the mail merge."""
    rows = [
        ["Name", "Times", "E-mail"],
        ["Bo Öst", "Mon 9-11", "b@example.org"],
        ["Bo Öst", "Mon 9-11", "A@Example.org"],
        ["", "Mon 9-11", "cy.lansi@example.org"],
    ]
    found = imported(tmp_path, rows, {"email": "E-mail"})
    assert found.problem is not None
    assert [(one.id, one.email) for one in found.problem.students] == [
        ("Bo Öst (2)", "b@example.org"),
        ("Bo Öst", "a@example.org"),
        ("cy.lansi", "cy.lansi@example.org"),
    ]
