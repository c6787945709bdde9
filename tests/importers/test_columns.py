"""Columns as forms and programs write them, and what a programme says of them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.importers import (
    Export,
    Imported,
    import_round,
    mapping_of,
    mapping_toml,
    read_grid,
    read_round,
    suggest_mapping,
)
from tests.importers.same_round import text, write

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "round"

PROGRAMME: Mapping[str, Any] = {
    "term": {"first_day": "2026-10-05", "last_day": "2026-12-11", "meetings": 4},
    "shape": {"min_students": 1, "max_students": 4, "mentors": 0},
    "rules": [],
}


def imported(
    folder: Path,
    rows: Sequence[Sequence[str]],
    columns: Mapping[str, Any] | None = None,
    **programme: Any,
) -> Imported:
    """Import rows by the proposed mapping, with some columns stated besides."""
    grid = write(folder, text(rows).encode())
    data = suggest_mapping(grid).mapping.model_dump(mode="json")
    for name, stated in (columns or {}).items():
        held = data["columns"][name]
        data["columns"][name] = {**held, **stated} if isinstance(held, dict) else stated
    return import_round({**PROGRAMME, **programme}, Export(grid, mapping_of(data)))


def problem(found: Imported) -> Problem:
    """Return the problem that was made."""
    assert found.problem is not None
    return found.problem


def codes(found: Imported) -> list[tuple[str, int | None]]:
    """Return code and row of each finding but that on languages nobody asked for."""
    return [(one.code, one.row) for one in found.report.findings if one.code != "language_assumed"]


def columns(folder: Path, rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return what the proposed mapping reads, by heading."""
    return suggest_mapping(write(folder, text(rows).encode())).mapping.columns.headings()


def test_headings_without_people_are_told(tmp_path: Path) -> None:
    """An export before anybody answered looked like a round that nobody joined."""
    rows = [["Name", "Email", "Mon 9-11", "Mon 11-13"]]
    grid = write(tmp_path, text(rows).encode())
    with pytest.raises(InputError, match="headings or a person, but not both"):
        suggest_mapping(grid)
    mapping = mapping_of({"columns": {"name": "Name"}})
    slots = [{"id": "mon-09", "weekday": 1, "start": "09:00"}]
    found = import_round({**PROGRAMME, "slots": slots}, Export(grid, mapping))
    assert found.problem is None
    assert [one.code for one in found.report.stopped] == ["no_people"]


def test_a_folder_whose_sheet_holds_headings_only_is_refused(tmp_path: Path) -> None:
    """Nobody placed of nobody was called optimal."""
    (tmp_path / "programme.toml").write_text(
        "[term]\nfirst_day = 2026-10-05\nlast_day = 2026-12-11\n[shape]\nmentors = 0\n"
        '[[slots]]\nid = "mon"\nweekday = 1\nstart = "09:00"\n'
    )
    (tmp_path / "students.csv").write_text("id,name,mon\n")
    with pytest.raises(InputError, match=r"students\.csv: has headings, but nobody below them"):
        read_round(tmp_path)


def test_the_row_numbers_of_pandas_are_nobodys_names(tmp_path: Path) -> None:
    """An index that was written along has a heading without a text."""
    rows = [["", "Full name", "Mon 9-11", "Mon 11-13"], ["0", "Aa", "yes", ""], ["1", "Bb", "", ""]]
    assert columns(tmp_path, rows) == {"Full name": "name"}
    rows[0][1] = "Comment"
    with pytest.raises(InputError, match="no column that was known"):
        columns(tmp_path, rows)


@pytest.mark.parametrize(
    ("headings", "held"),
    [
        (["ID", "Why"], {"ID": "id"}),
        (["id", "name"], {"id": "id", "name": "name"}),
        (["Student number", "E-mail"], {"Student number": "id", "E-mail": "email"}),
        (["firstName", "lastName"], {"firstName": "name", "lastName": "name"}),
        (["first_name", "last_name"], {"first_name": "name", "last_name": "name"}),
        (["RecipientFirstName", "RecipientLastName"], {
            "RecipientFirstName": "name", "RecipientLastName": "name",
        }),
        (["emailAddress", "Motivation"], {"emailAddress": "email"}),
    ],
)  # fmt: skip
def test_headings_of_programs_are_known(
    tmp_path: Path, headings: list[str], held: dict[str, str]
) -> None:
    """Their words run together, as people do not write them."""
    cells = {"email": "a@example.org", "ID": "s17", "id": "s17", "Student number": "k4711"}
    row = [cells.get("email" if "mail" in one else one, "Anna") for one in headings]
    assert columns(tmp_path, [[*headings, "Mon 9-11", "Mon 11-13"], [*row, "yes", ""]]) == held


def test_the_number_of_an_answer_is_no_id_where_people_say_who_they_are(tmp_path: Path) -> None:
    """Who answers twice would be two people with two numbers."""
    rows = [["ID", "Email", "Mon 9-11", "Mon 11-13"]]
    rows += [[str(n), f"p{n % 2}@example.org", "yes", ""] for n in (1, 2, 3)]
    assert columns(tmp_path, rows) == {"Email": "email"}
    assert codes(imported(tmp_path, rows)) == [("duplicate", 2)]


@pytest.mark.parametrize(
    ("forms", "cells", "levels"),
    [
        ("language[{}]", ("Y", "N", "Y"), {"de": "B2", "sv": "B2"}),
        ("Languages you speak [{}]", ("C1", "native", "not at all"), {"de": "C1", "fi": "native"}),
        ("Languages: {}", ("", "Finnish", ""), {"fi": "B2"}),
        ("Which languages do you use? - {}", ("B1 (threshold)", "no", "yes"), {
            "de": "B1", "sv": "B2",
        }),
    ],
)  # fmt: skip
@pytest.mark.parametrize("options", [("de", "fi", "sv"), ("German", "Finnish", "Swedish")])
def test_languages_in_a_column_each_are_read(
    tmp_path: Path,
    forms: str,
    cells: tuple[str, ...],
    levels: dict[str, str],
    options: tuple[str, ...],
) -> None:
    """Matrices ask about each language by itself."""
    rows = [
        ["Name", *map(forms.format, options), "Mon 9-11", "Mon 11-13"],
        ["Aa", *cells, "yes", "no"],
    ]
    found = imported(tmp_path, rows, languages=["de", "fi", "sv"])
    assert problem(found).students[0].languages == levels
    assert codes(found) == []


def test_a_level_that_is_not_known_is_told(tmp_path: Path) -> None:
    """Words such as 'well' are no level."""
    rows = [["Name", "language[de]", "language[en]", "Mon 9-11", "Mon 11-13"]]
    rows += [["Aa", "Y", "like a bird", "yes", ""], ["Bb", "N", "C1", "yes", ""]]
    assert codes(imported(tmp_path, rows)) == [
        ("no_language_possible", 2),
        ("unknown_level", 2),
    ]


NUMBERS = [["Name", "GPA", "Mon 9-11", "Mon 11-13"]]
NUMBERS += [[name, gpa, "yes", ""] for name, gpa in (("Aa", "3.7"), ("Bb", "2,5"), ("Cc", "4"))]
BALANCE = [{"kind": "balance", "attribute": "gpa"}]


def gpa(**stated: Any) -> dict[str, Any]:
    """Return what a mapping says of the column."""
    return {"attributes": {"gpa": {"column": "GPA", "kind": "number", **stated}}}


def test_decimals_become_whole_by_a_scale_and_exactly(tmp_path: Path) -> None:
    """A rule on sums refused every grade point average."""
    found = imported(tmp_path, NUMBERS, gpa(scale=10), rules=BALANCE)
    assert [one.attributes["gpa"] for one in problem(found).students] == [37, 25, 40]
    assert codes(found) == []
    assert codes(imported(tmp_path, NUMBERS, gpa())) == [("decimals", 2)]
    fine = [*NUMBERS, ["Dd", "3.75", "yes", ""]]
    assert codes(imported(tmp_path, fine, gpa(scale=10))) == [("wrong_number", 5)]
    assert codes(imported(tmp_path, fine, gpa(scale=100), rules=BALANCE)) == []


def test_decimals_of_a_sheet_in_a_folder_have_a_scale_too(tmp_path: Path) -> None:
    """Both ways in know the same."""
    programme = (
        "[term]\nfirst_day = 2026-10-05\nlast_day = 2026-12-11\n[shape]\nmentors = 0\n"
        '[[slots]]\nid = "mon"\nweekday = 1\nstart = "09:00"\n'
        '[sheets]\nattributes = { gpa = "number" }\nscales = { gpa = 100 }\n'
    )
    (tmp_path / "programme.toml").write_text(programme)
    (tmp_path / "students.csv").write_text("id;gpa;mon\na;3,75;yes\n")
    assert read_round(tmp_path).students[0].attributes == {"gpa": 375}
    (tmp_path / "programme.toml").write_text(programme.replace("{ gpa = 100 }", "{ gpo = 100 }"))
    with pytest.raises(InputError, match=r"scales\.gpo.*did you mean 'gpa'"):
        read_round(tmp_path)


def test_a_column_without_a_number_is_named_before_the_rule_that_lacks_it(tmp_path: Path) -> None:
    """'Nobody has an attribute' sent people to the programme, where nothing was wrong."""
    rows = [[row[0], "good" if number else row[1], *row[2:]] for number, row in enumerate(NUMBERS)]
    with pytest.raises(InputError) as caught:
        imported(tmp_path, rows, gpa(), rules=BALANCE)
    first, second = caught.value.faults
    assert (first.code, first.where) == ("wrong_column", "export.csv, column B (GPA)")
    assert second.code == "unknown_attribute"
    assert ("wrong_column", None) in codes(imported(tmp_path, rows, gpa()))


def test_choices_in_several_columns_are_one_list_in_their_order(tmp_path: Path) -> None:
    """Forms rank by a column for each place."""
    rows = [["Name", "Second", "First", "Third", "Mon 9-11", "Mon 11-13"]]
    rows += [["Aa", "rest", "sleep", "", "yes", ""], ["Bb", "sleep", "sleep", "rest", "yes", ""]]
    topics = {"column": ["First", "Second", "Third"], "kind": "list"}
    found = imported(
        tmp_path, rows, {"attributes": {"topics": topics}},
        topics=["rest", "sleep"], rules=[{"kind": "topic_wishes"}],
    )  # fmt: skip
    assert [one.attributes["topics"] for one in problem(found).students] == [
        ("sleep", "rest"),
        ("sleep", "rest"),
    ]
    with pytest.raises(InputError, match="of several columns, an attribute is a 'list'"):
        mapping_of({"columns": {"attributes": {"topics": {**topics, "kind": "text"}}}})


def test_a_proposed_mapping_with_all_kinds_of_columns_reads_back(tmp_path: Path) -> None:
    """It is written for people to edit."""
    rows = [["ID", "firstName", "lastName", "language[de]", "language[fi]", "Absences", "Mon 9-11"]]
    rows[0].append("Mon 11-13")
    rows.append(["k1", "Anna", "Aalto", "Y", "N", "2026-10-20", "yes", "no"])
    mapping = suggest_mapping(write(tmp_path, text(rows).encode())).mapping
    assert mapping_of(tomllib.loads(mapping_toml(mapping))) == mapping
    assert set(mapping.columns.headings().values()) == {
        "id", "name", "languages.de", "languages.fi", "absences",
    }  # fmt: skip


WISHES = [["Name", "With whom would you like to be?", "Mon 9-11", "Mon 11-13"]]
WISHES += [["Aa", "Bb", "yes", ""], ["Bb", "", "yes", ""]]


def test_the_tier_and_weight_of_wishes_in_a_column_can_be_stated(tmp_path: Path) -> None:
    """The programme says how much they matter, the form says whom they name."""
    rules = [{"kind": "wish_together", "tier": 2, "weight": 7, "mutual_only": True}]
    (rule,) = problem(imported(tmp_path, WISHES, rules=rules)).rules
    assert rule.kind == "wish_together"
    assert (rule.tier, rule.weight, rule.mutual_only) == (2, 7, True)
    assert rule.wishes == (("Aa", "Bb"),)
    (usual,) = problem(imported(tmp_path, WISHES)).rules
    assert (usual.tier, usual.weight) == (5, 1)


def test_a_rule_that_waits_for_wishes_and_gets_none_is_left_out_and_told(tmp_path: Path) -> None:
    """Nobody wished anything this term."""
    rows = [[row[0], *row[2:]] for row in WISHES]
    found = imported(tmp_path, rows, rules=[{"kind": "wish_together", "tier": 2}])
    assert problem(found).rules == ()
    assert codes(found) == [("no_wishes", None)]


def test_rules_of_the_programme_may_name_people_by_their_address(tmp_path: Path) -> None:
    """Whoever writes the programme knows addresses, and not what ids will be made."""
    rows = [["Name", "E-mail", "Mon 9-11", "Mon 11-13"]]
    rows += [[name, f"{name.lower()}@example.org", "yes", ""] for name in ("Aa", "Bb", "Cc")]
    rules = [{"kind": "keep_apart", "sets": [["aa@example.org", "CC@example.org"]]}]
    (rule,) = problem(imported(tmp_path, rows, rules=rules)).rules
    assert rule.kind == "keep_apart"
    assert rule.sets == (("Aa", "Cc"),)


def test_the_project_s_own_example_sheets_are_read_as_the_folder_reads_them() -> None:
    """Import knows what the folder knows: ids, absences, capacity, 'thu-10?'."""
    programme = tomllib.loads((EXAMPLE / "programme.toml").read_text(encoding="utf-8"))
    exports = []
    for name in ("students", "mentors"):
        grid = read_grid(EXAMPLE / f"{name}.csv")
        exports.append(Export(grid, suggest_mapping(grid).mapping))
    found = import_round(programme, *exports)
    assert found.report.findings == ()
    expected = read_round(EXAMPLE)
    for ours, theirs in zip(problem(found).round.people, expected.round.people, strict=True):
        # The programme says of the sheet that it has a year; a proposed mapping does not.
        same = theirs.model_copy(update={"attributes": {}})
        answers = dict(ours.availability or {})
        wanted = {
            slot.id: (theirs.availability or {}).get(slot.id, "no") for slot in expected.slots
        }
        assert answers == wanted
        alike = {"availability": None}
        assert ours.model_copy(update=alike) == same.model_copy(update=alike)


@pytest.mark.parametrize("heading", ["mon-09", "MON-09"])
def test_a_column_called_as_a_slot_is_about_that_slot(tmp_path: Path, heading: str) -> None:
    """Its hour alone would be half of the meeting."""
    rows = [["Name", heading, "tue-09"], ["Aa", "yes", "no"]]
    slots = [{"id": f"{day}-09", "weekday": day, "start": "09:00"} for day in ("mon", "tue")]
    found = imported(tmp_path, rows, slots=slots)
    assert problem(found).students[0].availability == {"mon-09": "yes", "tue-09": "no"}


def test_an_address_beside_an_id_in_a_folder_is_an_address(tmp_path: Path) -> None:
    """Without an id the address is the id, as it is stated."""
    (tmp_path / "programme.toml").write_text(
        "[term]\nfirst_day = 2026-10-05\nlast_day = 2026-12-11\n[shape]\nmentors = 0\n"
        '[[slots]]\nid = "mon"\nweekday = 1\nstart = "09:00"\n'
    )
    for head, expected in (("id,email,mon\ns1,", "s1"), ("email,mon\n", "a@example.org")):
        (tmp_path / "students.csv").write_text(f"{head}a@example.org,yes\n")
        (one,) = read_round(tmp_path).students
        assert (one.id, one.email) == (expected, "a@example.org")


def test_the_table_of_names_is_that_of_the_csv() -> None:
    """The example of this suite's own is not empty, so the comparison above says something."""
    with (EXAMPLE / "students.csv").open(encoding="utf-8") as stream:
        assert len(list(csv.reader(stream))) == 19


def test_an_attribute_may_be_stated_by_its_heading_alone() -> None:
    """'Is text of 4 characters, but must be an object' helped nobody."""
    columns = {"name": "Name", "attributes": {"role": "Role", "topics": ["First", "Second"]}}
    stated = mapping_of({"columns": columns}).columns.attributes
    assert (stated["role"].column, stated["role"].kind) == (("Role",), "text")
    assert (stated["topics"].column, stated["topics"].kind) == (("First", "Second"), "list")
    assert mapping_of(tomllib.loads(mapping_toml(mapping_of({"columns": columns})))) == mapping_of(
        {"columns": columns}
    )


def test_a_row_for_each_time_is_not_taken_for_people_who_answer_often_silently(
    tmp_path: Path,
) -> None:
    """All but the last time of each person would be lost, and called put right."""
    rows = [["Name", "E-mail", "Times"]]
    rows += [
        [name, f"{name}@example.org", time]
        for name in ("aa", "bb")
        for time in ("Mon 9-11", "Tue 9-11", "Wed 9-11")
    ]
    found = imported(tmp_path, rows)
    assert ("many_duplicates", None) in codes(found)
    assert ("many_duplicates", None) not in codes(imported(tmp_path, rows[::3]))


def test_nobody_s_name_is_offered_for_a_heading_where_people_are_columns(tmp_path: Path) -> None:
    """Faults of the mapping are shown wherever it is used."""
    grid = write(tmp_path, text([["Day", "Tim", "Time Madeup"], ["Mon", "9:00", "1"]]).encode())
    shape = {"shape": "people_columns", "day": "Day", "time": "Time"}
    mapping = mapping_of({"columns": {"name": "Name"}, "availability": shape})
    with pytest.raises(InputError) as caught:
        import_round(PROGRAMME, Export(grid, mapping))
    assert [fault.nearest for fault in caught.value.faults] == [None]


LEVELS = [["Name", "Languages? [English]", "Languages? [Finnish]", "Mon 9-11", "Mon 11-13"]]
LEVELS += [["Aa", "Fluent", "basics", "yes", ""], ["Bb", "fluent", "sujuva", "yes", ""]]


def test_levels_in_words_are_read_and_told_once_each(tmp_path: Path) -> None:
    """Forms ask how well, and not by the scale; the reading is theirs to confirm."""
    found = imported(tmp_path, LEVELS)
    assert [dict(one.languages) for one in problem(found).students] == [
        {"en": "C1", "fi": "A2"},
        {"en": "C1", "fi": "C1"},
    ]
    assert codes(found) == [("level_in_words", 2), ("level_in_words", 2), ("level_in_words", 3)]
    data = suggest_mapping(write(tmp_path, text(LEVELS).encode())).mapping.model_dump(mode="json")
    data["levels"] = {"fluent": "native", "basics": "none", "Sujuva": "B1"}
    grid = write(tmp_path, text(LEVELS).encode())
    stated = import_round({**PROGRAMME, "languages": ["en", "fi"]}, Export(grid, mapping_of(data)))
    assert [dict(one.languages) for one in problem(stated).students] == [
        {"en": "native"},
        {"en": "native", "fi": "B1"},
    ]
    assert codes(stated) == []


def test_a_question_on_languages_that_is_not_read_is_named_where_one_is_assumed(
    tmp_path: Path,
) -> None:
    """The form did ask; taking the only language for everybody would hide the answers."""
    rows = [["Name", "Which languages do you prefer?", "Mon 9-11", "Mon 11-13"]]
    rows += [[name, "whatever suits the others", "yes", ""] for name in ("Aa", "Bb")]
    found = imported(tmp_path, rows)
    (told,) = found.report.findings
    assert (told.code, told.heading) == ("language_assumed", "Which languages do you prefer?")
    assert "is it to be read?" in told.message


def test_a_code_that_many_share_is_no_id(tmp_path: Path) -> None:
    """The code of a course made one person of everybody."""
    rows = [["Code", "Name", "Mon 9-11", "Mon 11-13"]]
    rows += [["TT00", f"Person {n}", "yes", ""] for n in range(3)]
    assert columns(tmp_path, rows) == {"Name": "name"}
    rows[1:] = [[f"K{n * n}", *row[1:]] for n, row in enumerate(rows[1:])]
    assert columns(tmp_path, rows) == {"Code": "id", "Name": "name"}


def test_a_text_where_a_table_belongs_is_told_how_a_table_is_written() -> None:
    """Whoever writes TOML has never heard of objects."""
    data = {"columns": {"name": "Name", "attributes": "role"}}
    with pytest.raises(InputError, match=r"must be a table such as \[columns\.attributes\]"):
        mapping_of(data)
