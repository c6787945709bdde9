"""Everything that is wrong with sign-ups is told, once, and good rows stay usable."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mentormatch.errors import InputError
from mentormatch.importers import Export, Imported, import_round, mapping_of, suggest_mapping
from mentormatch.importers.cleaning.departments import distance
from tests.importers.same_round import PROGRAMME, text, write

HEADINGS = [
    "Completion time",
    "Email",
    "Name",
    "Department",
    "Languages",
    "With whom would you like to be in a group?",
    "Mode",
    "When can you come?",
    "Why do you join?",
]
GOOD = ["2026-09-01 09:00", "", "", "Physics", "English", "", "campus", "Mon 13:00-15:00;", "-"]

MAPPING: Mapping[str, Any] = {
    "columns": {
        "completed": "Completion time",
        "email": "Email",
        "name": "Name",
        "department": "Department",
        "languages": "Languages",
        "wish_together": "With whom would you like to be in a group?",
        "mode": "Mode",
    },
    "availability": {"shape": "multi_select", "column": "When can you come?"},
}


def person(name: str, **changed: str) -> list[str]:
    """Return a row in which nothing is wrong but what is changed."""
    row = list(GOOD)
    row[1], row[2] = f"{name.partition(' ')[0].lower()}@example.org", name
    for heading, cell in changed.items():
        row[COLUMN[heading]] = cell
    return row


COLUMN = {
    "completed": 0,
    "email": 1,
    "name": 2,
    "department": 3,
    "languages": 4,
    "wish": 5,
    "mode": 6,
    "times": 7,
}


def imported(
    folder: Path,
    rows: Sequence[Sequence[str]],
    programme: Mapping[str, Any] = PROGRAMME,
    **changed: Any,
) -> Imported:
    """Import rows under the usual headings."""
    grid = write(folder, text([HEADINGS, *rows]).encode())
    return import_round(programme, Export(grid, mapping_of({**MAPPING, **changed})))


def told(found: Imported) -> list[tuple[str, str, int | None, str | None]]:
    """Return code, effect, row and nearest of each finding."""
    return [(one.code, one.effect, one.row, one.nearest) for one in found.report.findings]


TEN_FAULTS = [
    person("Aa Yksi"),
    person("Bb Kaksi", email="BB@Example.org", times="Tue 15:00-17:00;"),
    person("Bb Kaksi", email="bb@example.org", completed="2026-09-02 09:00"),
    person("Cc Kolme", wish="Aa Ykksi"),
    person("Dd Neljä", languages="English; Klingon"),
    person("Ee Viisi", department="Phisics"),
    person("Ff Kuusi", times=""),
    person("Gg Seitsemän", times="Mon 13:00-15:00;sometimes;"),
    person("Hh Kahdeksan", email="not an address"),
    person("", email=""),
    person("Ii Kymmenen", mode="by pigeon"),
    person("Jj Yksitoista", completed="yesterday"),
]


def test_ten_planted_faults_give_ten_messages(tmp_path: Path) -> None:
    """A coordinator sees each fault once, with its row, and the rest is usable."""
    found = imported(tmp_path, TEN_FAULTS)
    assert told(found) == [
        ("duplicate", "done", 3, None),
        ("unknown_name", "lost", 5, "Aa Yksi"),
        ("unknown_language", "lost", 6, None),
        ("similar_department", "look", 7, "Physics"),
        ("no_availability", "lost", 8, None),
        ("unknown_option", "lost", 9, None),
        ("wrong_email", "lost", 10, None),
        ("nobody", "lost", 11, None),
        ("unknown_mode", "look", 12, None),
        ("wrong_date", "lost", 13, None),
    ]
    assert found.problem is not None
    assert [one.id for one in found.problem.students] == [
        "Aa Yksi",
        "Bb Kaksi",
        "Cc Kolme",
        "Dd Neljä",
        "Ee Viisi",
        "Gg Seitsemän",
        "Hh Kahdeksan",
        "Ii Kymmenen",
        "Jj Yksitoista",
    ]
    assert found.report.dropped == {"export.csv": ("Why do you join?",)}
    assert found.report.people == {"export.csv": (12, 9)}


def test_a_private_report_repeats_nothing_that_people_wrote(tmp_path: Path) -> None:
    """It can be sent to somebody who must not read the answers."""
    found = imported(tmp_path, TEN_FAULTS)
    open_text, private_text = found.report.text(), found.report.text(private=True)
    data = str(found.report.as_data(private=True))
    assert found.report.as_data(private=True)["columns_not_read"] == {"export.csv": ["I"]}
    assert private_text.endswith("Columns of export.csv that were not read (1): I")
    wrote = [
        "Why do you join?", "Ykksi", "Yksi", "Klingon", "Phisics", "Physics", "sometimes",
        "not an address", "pigeon", "yesterday", "example.org",
    ]  # fmt: skip
    for words in wrote:
        assert words not in private_text
        assert words not in data
    assert all(words in open_text for words in wrote[:2] + wrote[3:])
    for row in (3, 5, 6, 7, 8, 9, 10, 11, 12, 13):
        assert f"export.csv row {row}" in private_text


def test_the_last_answer_stands_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    """People answer again when their plans change; exports are sorted in any way."""
    late = person("Aa Yksi", completed="2026-09-05 09:00", times="Tue 15:00-17:00;")
    early = person("Aa Yksi", completed="2026-09-01 09:00", email="AA@EXAMPLE.ORG")
    for rows in ([late, early], [early, late]):
        found = imported(tmp_path, rows)
        assert found.problem is not None
        (one,) = found.problem.students
        assert one.availability is not None
        assert one.availability["tue-15"] == "yes"
        assert str(one.signed_up) == "2026-09-05 09:00:00"


def test_without_times_of_completion_the_lower_row_stands_and_that_is_told(tmp_path: Path) -> None:
    """Dates such as 10/5/2026 tell nothing until somebody says which number is the day."""
    rows = [
        person("Aa Yksi", completed="10/5/2026 09:00", times="Tue 15:00-17:00;"),
        person("Aa Yksi", completed="9/6/2026 09:00"),
    ]
    found = imported(tmp_path, rows)
    duplicate = next(one for one in found.report.findings if one.code == "duplicate")
    assert (duplicate.row, "no time of completion tells" in duplicate.message) == (2, True)
    stated = imported(tmp_path, rows, day_first=False)
    assert [(one.code, one.row) for one in stated.report.findings] == [("duplicate", 3)]


@pytest.mark.parametrize(
    ("wish", "others"),
    [
        ("Bo Öst", {"Bo Öst"}),
        ("bo öst and CY LÄNSI", {"Bo Öst", "Cy Länsi"}),
        (unicodedata.normalize("NFD", "Bo Öst"), {"Bo Öst"}),
        ("Bo  Öst; CY@example.org", {"Bo Öst", "Cy Länsi"}),
        ("none", set()),
    ],
)
def test_names_are_found_without_regard_to_case_spaces_and_unicode_form(
    tmp_path: Path, wish: str, others: set[str]
) -> None:
    """Two ways of storing one letter look the same to people."""
    rows = [person("Aa Yksi", wish=wish), person("Bo Öst"), person("Cy Länsi")]
    found = imported(tmp_path, rows)
    assert found.problem is not None
    wishes = [rule for rule in found.problem.rules if rule.kind == "wish_together"]
    named = {other for rule in wishes for _, other in rule.wishes}
    assert named == others
    assert found.report.findings == ()


@pytest.mark.parametrize("wish", ["Bo Ost", "Bo", "Bo Östt"])
def test_a_name_that_is_nearly_right_is_offered_and_never_assumed(
    tmp_path: Path, wish: str
) -> None:
    """A guess would put somebody with the wrong person, and nobody would notice."""
    rows = [person("Aa Yksi", wish=wish), person("Bo Öst"), person("Cy Länsi")]
    found = imported(tmp_path, rows)
    assert told(found) == [("unknown_name", "lost", 2, "Bo Öst")]
    assert found.problem is not None
    assert "wish_together" not in {rule.kind for rule in found.problem.rules}
    accepted = imported(tmp_path, rows, corrections={"wish_together": {wish: "Bo Öst"}})
    assert accepted.report.findings == ()
    assert accepted.problem is not None
    assert "wish_together" in {rule.kind for rule in accepted.problem.rules}


def test_a_name_that_several_people_have_is_nobodys(tmp_path: Path) -> None:
    """Both namesakes are kept, and the coordinator is told."""
    rows = [
        person("Aa Yksi", wish="Bo Öst"),
        person("Bo Öst"),
        person("Bo Öst", email="other@example.org"),
    ]
    assert [(one.code, one.row) for one in imported(tmp_path, rows).report.findings] == [
        ("unknown_name", 2),
        ("same_name", 4),
    ]


def test_departments_that_differ_by_case_are_one_and_by_a_slip_are_offered(tmp_path: Path) -> None:
    """Only what cannot be meant otherwise is put right."""
    rows = [
        person("Aa Yksi", department="Applied Physics"),
        person("Bb Kaksi", department="Applied Physics"),
        person("Cc Kolme", department="applied  physics"),
        person("Dd Neljä", department="Aplied Physics"),
        person("Ee Viisi", department="Physics 1"),
        person("Ff Kuusi", department="Physics 2"),
    ]
    found = imported(tmp_path, rows)
    assert found.problem is not None
    assert [one.department for one in found.problem.students] == [
        *["Applied Physics"] * 3,
        "Aplied Physics",
        "Physics 1",
        "Physics 2",
    ]
    codes = [(one.code, one.row, one.nearest) for one in found.report.findings]
    assert ("similar_department", 5, "Applied Physics") in codes
    assert ("spelling", 4, None) in codes
    corrections = {"department": {"Aplied Physics": "Applied Physics"}}
    accepted = imported(tmp_path, rows, corrections=corrections)
    assert accepted.problem is not None
    assert accepted.problem.students[3].department == "Applied Physics"


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("", "abc", 3), ("abc", "abc", 0), ("abcd", "abdc", 1), ("kitten", "sitting", 3)],
)
def test_a_slip_is_a_letter_more_less_other_or_swapped(one: str, other: str, steps: int) -> None:
    """These are the slips that fingers make."""
    assert distance(one, other) == distance(other, one) == steps


@pytest.mark.parametrize(
    ("policy", "effect", "people"), [("error", "lost", 1), ("leave_out", "look", 2)]
)
def test_somebody_without_times_is_told_and_dealt_with_as_the_programme_says(
    tmp_path: Path, policy: str, effect: str, people: int
) -> None:
    """Nobody is dropped silently."""
    rows = [person("Aa Yksi"), person("Bb Kaksi", times="")]
    found = imported(tmp_path, rows, {**PROGRAMME, "missing_availability": policy})
    assert told(found) == [("no_availability", effect, 3, None)]
    assert found.problem is not None
    assert len(found.problem.students) == people


def test_a_row_that_a_problem_refuses_is_told_and_left_out(tmp_path: Path) -> None:
    """One name of 300 letters must not stop a round."""
    found = imported(tmp_path, [person("Aa Yksi"), person("B" * 300), person("Cc Kolme")])
    assert [(one.code, one.effect, one.row) for one in found.report.findings] == [
        ("wrong_value", "lost", 3)
    ]
    assert found.problem is not None
    assert [one.name for one in found.problem.students] == ["Aa Yksi", "Cc Kolme"]


def test_without_anybody_usable_there_is_a_report_and_no_problem(tmp_path: Path) -> None:
    """The report says why."""
    found = imported(tmp_path, [person("Aa Yksi", times="")])
    assert found.problem is None
    assert told(found) == [("no_availability", "lost", 2, None)]


def test_a_faulty_programme_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    """Nothing about the people can be said before the slots are right."""
    slots = [{"id": "a", "weekday": "moonday", "start": "13:00"}, {"id": "b"}]
    with pytest.raises(InputError) as caught:
        imported(tmp_path, [person("Aa Yksi")], {**PROGRAMME, "slots": slots})
    assert {fault.where for fault in caught.value.faults} >= {"slots[0].weekday", "slots[1]"}


def test_a_mapping_of_other_headings_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """Forms are edited after the mapping was made."""
    columns = {**MAPPING["columns"], "department": "Departement", "mode": "Mood"}
    with pytest.raises(InputError) as caught:
        imported(tmp_path, [person("Aa Yksi")], columns=columns)
    assert [fault.nearest for fault in caught.value.faults] == ["Department", "Mode"]


def test_corrections_of_what_no_column_holds_are_refused(tmp_path: Path) -> None:
    """A correction that is never applied would look like one that was."""
    with pytest.raises(InputError, match="did you mean 'department'"):
        imported(tmp_path, [person("Aa Yksi")], corrections={"departments": {"a": "b"}})


def test_mentors_come_from_an_export_of_their_own(tmp_path: Path) -> None:
    """Nobody is a student and a mentor in one round."""
    students = write(tmp_path, text([HEADINGS, person("Aa Yksi"), person("Bb Kaksi")]).encode())
    rows = [HEADINGS, person("Mm Mentori", wish="Aa Yksi"), person("Bb Kaksi")]
    guides = write(tmp_path, text(rows).encode(), "mentors.csv")
    mapping = mapping_of(MAPPING)
    programme = {**PROGRAMME, "shape": {"min_students": 1, "max_students": 4, "mentors": 1}}
    found = import_round(programme, Export(students, mapping), Export(guides, mapping))
    assert found.problem is not None
    assert [one.id for one in found.problem.students] == ["Aa Yksi"]
    assert [one.id for one in found.problem.mentors] == ["Mm Mentori", "Bb Kaksi"]
    assert [(one.code, one.file, one.row) for one in found.report.findings] == [
        ("student_and_mentor", "export.csv", 3)
    ]
    rule = next(rule for rule in found.problem.rules if rule.kind == "wish_together")
    assert rule.wishes == (("Mm Mentori", "Aa Yksi"),)


@pytest.mark.parametrize(
    ("cell", "levels"),
    [
        ("English; Finnish", {"en": "B2", "fi": "B2"}),
        ("englanti, suomi, ruotsi", {"en": "B2", "fi": "B2", "sv": "B2"}),
        ("engelska och finska", {"en": "B2", "fi": "B2"}),
        ("en:C1; fi:native", {"en": "C1", "fi": "native"}),
        ("English (C1), Finnish - native", {"en": "C1", "fi": "native"}),
        ("suomi (äidinkieli) / EN b2", {"fi": "native", "en": "B2"}),
        ("sv-FI; zh", {"sv-FI": "B2", "zh": "B2"}),
        ("English; english C2", {"en": "C2"}),
    ],
)
def test_languages_are_read_by_their_names_in_several_languages(
    tmp_path: Path, cell: str, levels: dict[str, str]
) -> None:
    """A form in Finnish asks for 'englanti', and people write 'English' into it."""
    found = imported(tmp_path, [person("Aa Yksi", languages=cell)])
    assert found.problem is not None
    assert found.problem.students[0].languages == levels
    assert found.report.findings == ()


@pytest.mark.parametrize(
    ("cell", "code", "near"),
    [
        ("Engish", "unknown_language", "english"),
        ("xx", "unknown_language", None),
        ("fluent English", "words_left", None),
    ],
)
def test_languages_that_are_not_sure_are_told(
    tmp_path: Path, cell: str, code: str, near: str | None
) -> None:
    """Whoever's language is not read would be left out for want of one."""
    found = imported(tmp_path, [person("Aa Yksi", languages=cell)])
    assert [(one.code, one.nearest) for one in found.report.findings] == [(code, near)]


def test_spaces_in_excess_and_split_letters_are_tidied_and_told(tmp_path: Path) -> None:
    """A name is compared and shown in one form."""
    split = unicodedata.normalize("NFD", "Ää Yö")
    found = imported(tmp_path, [person("Aa  Yksi "), person(split, email="x@example.org")])
    assert found.problem is not None
    assert [one.name for one in found.problem.students] == ["Aa Yksi", "Ää Yö"]
    assert [(one.code, one.row) for one in found.report.findings] == [("untidy", 2), ("untidy", 3)]


def test_the_fixture_headings_are_known(tmp_path: Path) -> None:
    """The mapping that these tests state is the one that would be proposed."""
    grid = write(tmp_path, text([HEADINGS, person("Aa Yksi", wish="Bb"), person("Bb")]).encode())
    mapping = suggest_mapping(grid).mapping
    assert mapping.columns == mapping_of(MAPPING).columns
    assert mapping.availability is not None
    assert mapping.availability.headings() == ("When can you come?",)


def test_slots_that_are_still_to_be_made_are_no_fault_of_a_programme(tmp_path: Path) -> None:
    """Only what has to be mended is listed."""
    programme = {**PROGRAMME, "term": {**PROGRAMME["term"], "min_students": 2}}
    del programme["slots"]
    with pytest.raises(InputError) as caught:
        imported(tmp_path, [person("Aa Yksi")], programme)
    assert [fault.where for fault in caught.value.faults] == ["term.min_students"]
