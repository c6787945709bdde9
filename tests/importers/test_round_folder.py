"""A round from two sheets and a programme file, and every fault of the three at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentormatch import match, verify
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.importers import read_round

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

PROGRAMME = """
languages = ["en", "fi"]

[term]
first_day = 2026-10-05
last_day = 2026-12-18

[[slots]]
id = "tue-15"
weekday = "tuesday"
start = 15:00:00

[[slots]]
id = "wed-13"
weekday = "wednesday"
start = "13:00"
"""

STUDENTS = """id,name,department,languages,tue-15,wed-13
s1,Student 01,Physics,en:C1; fi:native,yes,if need be
s2,Student 02,Design,en:b2,No,YES
"""

MENTORS = """id,languages,availability
m1,en:C2,tue-15; wed-13?
m2,en:C2,none
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a sound small round."""
    write(tmp_path, programme=PROGRAMME, students=STUDENTS, mentors=MENTORS)
    return tmp_path


def write(folder: Path, **files: str | bytes) -> None:
    """Write some of the three files."""
    for name, text in files.items():
        path = folder / f"{name}.{'toml' if name == 'programme' else 'csv'}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def faults(folder: Path) -> list[Fault]:
    """Return the faults for which a folder is refused."""
    with pytest.raises(InputError) as caught:
        read_round(folder)
    return list(caught.value.faults)


def places(folder: Path) -> dict[str, str]:
    """Return the code of each fault by its place."""
    found = faults(folder)
    assert len({fault.where for fault in found}) == len(found), "one place, one fault"
    return {fault.where: fault.code for fault in found}


def test_both_ways_of_telling_times_are_read(folder: Path) -> None:
    """One sheet has a column for each slot, the other one column of availability."""
    problem = read_round(folder)
    first, second = problem.students
    assert first.availability == {"tue-15": "yes", "wed-13": "if_need_be"}
    assert second.availability == {"tue-15": "no", "wed-13": "yes"}
    assert (first.name, first.department) == ("Student 01", "Physics")
    assert first.languages == {"en": "C1", "fi": "native"}
    assert second.languages == {"en": "B2"}
    assert problem.mentors[0].availability == {"tue-15": "yes", "wed-13": "if_need_be"}
    assert problem.mentors[1].availability == {"tue-15": "no", "wed-13": "no"}
    assert problem.languages == ("en", "fi")
    assert [slot.start for slot in problem.slots if slot.start] == [
        slot.start for slot in problem.slots
    ]


def test_every_kind_of_column_is_read(folder: Path) -> None:
    """Fields, ties and attributes come in under the headings that the programme names."""
    write(
        folder,
        programme=PROGRAMME
        + """
[sheets]
affiliations = ["supervisor", "lab"]
ignore_columns = ["Why do you join?"]

[sheets.attributes]
year = "number"
share = "number"
themes = "list"
stage = "text"

[sheets.columns]
id = ["E-mail", "Sähköposti"]
department = "Your department"
lab = "Research group"
tue-15 = "Tuesday  15-17"

[sheets.answers]
"kyllä" = "yes"
"tarvittaessa" = "if_need_be"
""",
        students="sähköposti;your department;Supervisor;Research group;year;share;themes;stage;"
        "mode;zone;absences;priority;signed_up;TUESDAY 15-17;wed-13;Why do you join?\n"
        "one@example.org;Physics;Prof, One; Lab 1;2;0,5;rest\u00a0;late;Online;Europe/London;"
        '"2026-10-20; 2026-11-03..2026-11-05";3;2026-09-01T12:00:00+03:00;Kyllä;tarvittaessa;x\n',
    )
    (student,) = read_round(folder).students
    assert student.id == "one@example.org"
    assert student.department == "Physics"
    assert student.affiliations == {"supervisor": ("Prof, One",), "lab": ("Lab 1",)}
    assert student.attributes == {"year": 2, "share": 0.5, "themes": ("rest",), "stage": "late"}
    assert (student.mode, student.zone, student.priority) == ("online", "Europe/London", 3)
    assert [day.isoformat() for day in student.absences] == [
        "2026-10-20",
        "2026-11-03",
        "2026-11-04",
        "2026-11-05",
    ]
    assert student.signed_up is not None
    assert student.availability == {"tue-15": "yes", "wed-13": "if_need_be"}


def test_every_fault_of_the_three_files_is_told_at_once(folder: Path) -> None:
    """Each with file, row, column and value; none that only follows from another."""
    write(
        folder,
        programme=PROGRAMME
        + """
[shape]
min_student = 4

[[rules]]
kind = "keep_apart"
sets = [["s1", "s9"], ["m1", "s4"], ["m1", "s8"]]

[sheets]
affiliations = ["supervisor"]
[sheets.columns]
departmnt = "Where"
""",
        students="id,departmnt,languages,absences,priority,tue-15,wed-13,Motivation\n"
        "s1,Physics,en:C1,,,yess,no,\n"
        "\n"
        "s2,Design,en,2026-13-01,high,yes,no,\n"
        ",Design,en:C1,,,yes,no,\n"
        "s4,Design,English:C1,,,,,\n"
        "S1,Design,en:C1; en:B2,,,yes,no,\n",
        mentors="id,capacity,availability\nm1,two,tue-15; wed-31?\nm2,1,\n",
    )
    assert places(folder) == {
        "programme.toml shape.min_student": "unknown_field",
        "programme.toml rules[0].sets[0][1]": "unknown_person",
        "programme.toml rules[0].sets[2][1]": "unknown_person",
        "programme.toml sheets.columns.departmnt": "unknown_name",
        "students.csv row 1, column departmnt": "unknown_column",
        "students.csv row 1, column Motivation": "unknown_column",
        "students.csv row 2, column tue-15": "wrong_value",
        "students.csv row 4, column languages": "wrong_cell",
        "students.csv row 4, column absences": "wrong_value",
        "students.csv row 4, column priority": "wrong_value",
        "students.csv row 5, column id": "no_id",
        "students.csv row 6, column languages": "wrong_value",
        "students.csv row 6": "no_availability",
        "students.csv row 7, column languages": "wrong_cell",
        "students.csv row 7, column id": "duplicate_person",
        "mentors.csv row 2, column capacity": "wrong_value",
        "mentors.csv row 2, column availability": "unknown_slot",
        "mentors.csv row 3, column availability": "no_availability",
    }


def test_a_fault_of_a_cell_says_value_and_nearest(folder: Path) -> None:
    """The sentence and the place are enough to mend the sheet."""
    write(folder, students=STUDENTS.replace("No,YES", "Noo,YES").replace("s2", "s1"))
    first, second = faults(folder)
    assert str(first) == (
        "students.csv row 3, column tue-15: availability.tue-15 of student 's1' is 'Noo', but "
        "must be 'yes', 'if_need_be' or 'no' (did you mean 'no'?)"
    )
    assert second.where == "students.csv row 3, column id"
    assert second.message == "person id 's1' is the same as that of students.csv row 2"


@pytest.mark.parametrize(
    ("students", "where", "nearest"),
    [
        (STUDENTS.replace("department", "departmnt"), "row 1, column departmnt", "department"),
        (STUDENTS.replace("tue-15", "tue-51"), "row 1, column tue-51", "tue-15"),
        (STUDENTS.replace("languages", "name"), "row 1, column name", None),
        (STUDENTS.replace(",wed-13", ",thu-9"), "row 1, column thu-9", None),
        (STUDENTS.replace("01,Physics", "01,Physics,x"), "row 2", None),
    ],
)
def test_a_heading_that_is_not_known_is_refused(
    folder: Path, students: str, where: str, nearest: str | None
) -> None:
    """A column that is silently left unread loses what people said."""
    write(folder, students=students)
    fault = faults(folder)[0]
    assert (fault.where, fault.nearest) == (f"students.csv {where}", nearest)


@pytest.mark.parametrize(
    ("students", "message"),
    [
        ("name,tue-15,wed-13\nx,yes,no\n", "students.csv: has no column 'id' or 'email'"),
        ("id,tue-15\ns1,yes\n", "students.csv: has no column for the slot 'wed-13'"),
        ("id,name\ns1,x\ns2,x\n", "students.csv: no column tells when people can come"),
        (
            "id,availability,tue-15,wed-13\ns1,tue-15,yes,no\n",
            "students.csv: has a column 'availability' and columns of slots such as 'tue-15'",
        ),
        ("", "students.csv: has no row of headings"),
        ("\n\n", "students.csv: has no row of headings"),
        (b"id,name\n\xe4,x\n", "students.csv: is not UTF-8 text (line 2)"),
        (b"id,name\n\x00,x\n", "students.csv: is not a table that can be read"),
        ('id,name\n"s1"x,x\n', "students.csv: is not a CSV table"),
    ],
)
def test_a_sheet_that_lacks_something_gives_one_fault(
    folder: Path, students: str | bytes, message: str
) -> None:
    """Nothing is said of people that could not be read, nor of rules that name them."""
    rules = '\n[[rules]]\nkind = "keep_apart"\nsets = [["s1", "m1"], ["nobody", "m2"]]\n'
    write(folder, students=students, programme=PROGRAMME + (rules if "id" not in message else ""))
    found = [fault for fault in faults(folder) if fault.where.startswith("students")]
    assert len(found) == 1
    assert str(found[0]).startswith(message)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_separator_and_encoding_are_found(
    folder: Path, separator: str, encoding: str, line_end: str
) -> None:
    """Finnish spreadsheets write semicolons, and Windows a byte order mark."""
    text = line_end.join(
        separator.join(f'"{cell}"' for cell in row)
        for row in (
            ["id", "name", "languages", "tue-15", "wed-13"],
            ["Åsa", "One; Two, Three", "en:C1; fi:B2", "yes", ""],
        )
    )
    write(folder, students=text.encode(encoding))
    (student,) = read_round(folder).students
    assert (student.id, student.name) == ("Åsa", "One; Two, Three")
    assert student.languages == {"en": "C1", "fi": "B2"}
    assert student.availability == {"tue-15": "yes"}


def test_the_separator_line_of_excel_counts_as_a_row(folder: Path) -> None:
    """Row numbers are those that the spreadsheet shows for the file as text."""
    write(folder, students="sep=;\r\nid;tue-15;wed-13\r\ns1;yes;maybe\r\n")
    (fault,) = faults(folder)
    assert fault.where == "students.csv row 3, column wed-13"


def test_decomposed_letters_are_the_same_letters(folder: Path) -> None:
    """A Mac writes Ä as two characters, and nobody can see the difference."""
    write(
        folder,
        programme=PROGRAMME + '\n[[rules]]\nkind = "keep_apart"\nsets = [["Åsa", "s2"]]\n',
        students=STUDENTS.replace("s1", "A\u030asa"),
    )
    assert read_round(folder).students[0].id == "Åsa"


def test_missing_files_are_named_together(tmp_path: Path) -> None:
    """Without the programme nothing can be read, and each file is named."""
    every = ("students.csv", "mentors.csv", "programme.toml")
    assert places(tmp_path) == dict.fromkeys(every, "no_file")
    write(tmp_path, programme=PROGRAMME)
    assert places(tmp_path) == {"students.csv": "no_file", "mentors.csv": "no_file"}


def test_without_mentors_their_sheet_is_not_needed(folder: Path) -> None:
    """Peer groups that run themselves have nobody to list."""
    (folder / "mentors.csv").unlink()
    write(folder, programme=PROGRAMME + "\n[shape]\nmentors = 0\n")
    assert read_round(folder).mentors == ()


@pytest.mark.parametrize(
    ("programme", "where"),
    [
        ("term = ", ""),
        (b"\xff", ""),
        (PROGRAMME + "[[students]]\nid = 's1'\n", " students"),
        (PROGRAMME + "[sheets]\ncolums = {}\n", " sheets.colums"),
        ("sheets = 3\n" + PROGRAMME, " sheets"),
        (PROGRAMME + "[sheets]\nanswers = { ja = 'oui' }\n", " sheets.answers.ja"),
        (PROGRAMME + "[sheets]\nattributes = { year = 'digit' }\n", " sheets.attributes.year"),
        (PROGRAMME + "[sheets]\nattributes = ['mode']\n", " sheets.columns"),
        (PROGRAMME.replace("last_day", "lst_day"), " term.lst_day"),
        (PROGRAMME.replace("2026-12-18", "2026-01-18"), " term"),
        (PROGRAMME.replace('"tuesday"', '"tusday"'), " slots[0].weekday"),
    ],
)
def test_a_fault_of_the_programme_is_told_with_its_place(
    folder: Path, programme: str | bytes, where: str
) -> None:
    """The third file is checked like the sheets, and as strictly."""
    write(folder, programme=programme)
    assert list(places(folder)) == [f"programme.toml{where}"]


def test_a_policy_for_missing_availability_holds_for_sheets(folder: Path) -> None:
    """Late answers may be left empty where the programme says what that means."""
    write(
        folder,
        programme='missing_availability = "leave_out"\n' + PROGRAMME,
        students="id,name\ns1,x\n",
    )
    assert read_round(folder).students[0].availability is None


def test_names_and_free_text_stay_out_of_faults(folder: Path) -> None:
    """A list of faults is mailed around; what people wrote is not for that."""
    secret = "Canary Seven"
    rows = STUDENTS.replace("Student 01", secret * 30).replace("Physics", secret * 30)
    write(folder, students=rows)
    with pytest.raises(InputError) as caught:
        read_round(folder)
    assert len(caught.value.faults) == 2
    assert secret not in str(caught.value)


@pytest.fixture(scope="module")
def example() -> Problem:
    """Return the example round of the documentation."""
    return read_round(EXAMPLES / "round")


def test_the_example_round_is_the_example_problem(example: Problem) -> None:
    """The two ways in show one and the same round."""
    text = (EXAMPLES / "problem.json").read_text(encoding="utf-8")
    assert Problem.from_json(text) == example
    assert text == example.to_json() + "\n"


def test_the_example_round_crosses_the_clock_change_and_skips_what_it_says(
    example: Problem,
) -> None:
    """It is there to be tried, so it must show what a term of autumn 2026 is like."""
    assert example.round.dropped_slots == {}
    assert (len(example.students), len(example.mentors)) == (18, 6)
    for plans in example.round.all_plans.values():
        plan = plans[0]
        offsets = {start.utcoffset() for start in plan.starts}
        assert len(plan.starts) == 6
        assert len(offsets) == 2, "summer and winter time"
        assert len({start.time() for start in plan.starts}) == 1
        assert not any(example.term.skips(day) for day in plan.days)


def test_the_example_round_places_everybody(example: Problem) -> None:
    """Three groups of six with two mentors each, proven and verified."""
    matching = match(example, time_limit=60)
    report = verify(example, matching)
    assert report.ok, str(report)
    assert matching.status == "OPTIMAL"
    assert (matching.placed, matching.left_out) == (18, ())
