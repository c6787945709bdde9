from __future__ import annotations

import csv
import io
import re
import stat
import sys
import zipfile
from datetime import UTC
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.data.calendar import Slot
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError, MissingExtraError
from mentormatch.evaluate.verify import verify
from mentormatch.exporters import read_roster, roster_csv, roster_xlsx, write_roster
from mentormatch.exporters.spelling import guarded, unguarded
from tests.support.build import mentors, problem, slot, student, students
from tests.support.matched import grouped, judged, made_up_problem

HOSTILE = (
    "=1+1",
    "+358 40 123",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "'=1",
    "'+1",
    "\uff1d1",
    '=HYPERLINK("http://x","y")',
    "{=1}",
    "http://example.org",
    "007",
    "O'Brien",
    "'t Hooft",
)


def _hostile() -> tuple[Problem, Matching]:
    people = [
        student(f"{text.strip() or 'x'}{number}", name=text) for number, text in enumerate(HOSTILE)
    ]
    asked = problem(people, mentors("=m -n"), size=(2, 20))
    return asked, grouped(asked)


def _cases() -> list[tuple[Problem, Matching]]:
    """Return rounds with all that a roster has to carry."""
    plain = made_up_problem()
    sessions = [
        "2026-10-25T03:30:00+03:00",
        "2026-10-25T03:30:00+02:00",
        "2026-10-26T18:00:30+02:00",
    ]
    slots = (
        Slot(id="night", sessions=sessions, minutes=30),
        slot("tue-15", zone="Asia/Tokyo"),
        slot("wed-15", modes=("online",)),
    )
    people = students("ada bo cy di eve", "night tue-15 wed-15")
    asked = problem(
        people,
        mentors("mia noa", "night tue-15 wed-15", capacity=2),
        slots,
        size=(1, 8),
        languages=("en", "fi", "sv-FI"),
        topics=("Writing; rewriting", "=Rest"),
    )
    plans = asked.round.all_plans
    groups = tuple(
        Group(
            id=f"g{number}",
            students=(f"{name}",),
            mentors=("noa", "mia") if number == 1 else ("mia",),
            slot=at,
            meetings=plans[at][-1].starts,
            minutes=plans[at][0].minutes,
            zone=zone,
            language=language,
            mode=mode,
            topic=topic,
        )
        for number, (name, at, zone, language, mode, topic) in enumerate(
            (
                ("eve", "night", "Europe/Helsinki", "en", "campus", "=Rest"),
                ("ada", "tue-15", "Asia/Tokyo", "sv-FI", "online", "Writing; rewriting"),
                ("di", "wed-15", "Europe/Helsinki", "fi", "online", "=Rest"),
            ),
            1,
        )
    )
    return [
        (plain, grouped(plain)),
        _hostile(),
        (asked, judged(asked, groups).model_copy(update={"left_out": ("cy", "bo")})),
        (asked, Matching(status="UNKNOWN")),
    ]


def _same(one: Matching, other: Matching) -> None:
    """Hold two matchings equal in everything that a roster tells."""
    assert [group.model_dump(exclude={"meetings"}) for group in one.groups] == [
        group.model_dump(exclude={"meetings"}) for group in other.groups
    ]
    for group, twin in zip(one.groups, other.groups, strict=True):
        # Within one zone, times of the repeated hour compare equal though they are not.
        assert [start.astimezone(UTC) for start in group.meetings] == [
            start.astimezone(UTC) for start in twin.meetings
        ]
    assert one.left_out == other.left_out


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("kind", ["csv", "raw", "xlsx"])
def test_an_exported_roster_reads_back_to_the_same_matching(
    tmp_path: Path, number: int, kind: str
) -> None:
    """What a coordinator keeps is the roster; nothing of the matching may be lost in it."""
    asked, matching = _cases()[number]
    path = tmp_path / ("roster.xlsx" if kind == "xlsx" else "roster.csv")
    write_roster(asked, matching, path, raw=kind == "raw")
    found = read_roster(path, asked, raw=kind == "raw")
    _same(found, matching)
    assert found.status == "FEASIBLE"


def test_a_roster_read_back_passes_the_verifier(tmp_path: Path) -> None:
    """Exported, mailed and read again, a valid matching is still valid."""
    asked = made_up_problem()
    write_roster(asked, grouped(asked), tmp_path / "roster.xlsx")
    assert verify(asked, read_roster(tmp_path / "roster.xlsx", asked)).ok


def test_the_csv_is_long_and_names_everybody_once() -> None:
    """A row for each person in each group is what filters and pivot tables work on."""
    asked = made_up_problem()
    matching = grouped(asked)
    rows = list(csv.DictReader(io.StringIO(roster_csv(asked, matching))))
    assert list(rows[0]) == [
        *("group", "role", "id", "name", "slot", "dates", "language", "mode", "topic")
    ]
    as_solution = [row for row in rows if row["role"] == "student"]
    assert len(as_solution) == matching.placed
    left_out = [row["id"] for row in rows if row["role"] == "left out"]
    assert tuple(left_out) == matching.left_out
    first = matching.groups[0]
    assert {row["dates"] for row in rows if row["group"] == first.id} == {
        "2026-10-09 09:00+03:00; 2026-10-16 09:00+03:00; 2026-10-30 09:00+02:00; "
        "2026-11-06 09:00+02:00; 2026-11-13 09:00+02:00; 2026-11-20 09:00+02:00"
    }


def test_no_cell_of_the_csv_begins_like_a_formula() -> None:
    """Sign-up forms are open to anybody, and spreadsheets compute what they open."""
    asked, matching = _hostile()
    for row in csv.reader(io.StringIO(roster_csv(asked, matching), newline="")):
        for cell in row:
            assert not re.match(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell)
    cells = {cell for row in csv.reader(io.StringIO(roster_csv(asked, matching))) for cell in row}
    assert {"'=1+1", "'@SUM(A1)", "O'Brien", "'t Hooft", "007"} <= cells
    raw = roster_csv(asked, matching, raw=True)
    assert "=1+1" in {cell for row in csv.reader(io.StringIO(raw)) for cell in row}


@given(st.text())
def test_the_guard_is_undone_exactly(cell: str) -> None:
    """An id that begins with an apostrophe of its own is still found."""
    assert unguarded(guarded(cell)) == cell


@given(st.sampled_from("=+-@\t\r\n\uff1d"), st.text())
def test_the_guard_is_there_whatever_follows(sign: str, rest: str) -> None:
    """A formula does not get past by being long or strange."""
    assert guarded(sign + rest) == f"'{sign}{rest}"
    assert guarded(f"  {sign}{rest}").startswith("'")


def test_every_cell_of_the_workbook_is_text() -> None:
    """No formula, no link, no number that loses its zeros."""
    asked, matching = _hostile()
    data = roster_xlsx(asked, matching)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Groups", "Mail merge"]
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.value != ""
    ]
    # openpyxl calls a text a formula if it begins like one; the file itself tells what it is.
    assert {cell.data_type for cell in cells} <= {"s", "f"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                text = archive.read(name).decode()
                assert "<f" not in text
                assert "hyperlink" not in text
                assert set(re.findall(r' t="(\w+)"', text)) == {"s"}
    assert "=1+1" in {cell.value for cell in cells}


def test_the_sheet_to_read_has_a_row_for_each_group_and_one_for_those_left_out() -> None:
    """It is what a coordinator looks at and prints."""
    asked = made_up_problem()
    matching = grouped(asked)
    sheet = openpyxl.load_workbook(io.BytesIO(roster_xlsx(asked, matching)))["Groups"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [*(group.id for group in matching.groups), "Left out"]
    assert rows[0][1] == "Friday 09:00\u201311:00"
    assert str(rows[0][2]).startswith("Friday 9 October 2026\nFriday 16 October 2026")
    assert str(rows[0][7]).count("\n") == len(matching.groups[0].students) - 1
    assert rows[-1][8] == str(len(matching.left_out))


def test_the_sheet_for_mail_merge_says_all_that_a_letter_needs() -> None:
    """Word fills a letter from one row; it cannot look anything up."""
    asked = made_up_problem()
    sheet = openpyxl.load_workbook(io.BytesIO(roster_xlsx(asked, grouped(asked))))["Mail merge"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["first_meeting"] == "Friday 9 October 2026, 09:00\u201311:00"
    assert str(row["all_meetings"]).count(";") == 5
    assert row["language_name"] == "English"
    assert row["where"] == "On campus"
    assert row["mentors"] == "Mentor 1 and Mentor 2"


def test_the_same_matching_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two exports can be compared; there is no clock in them."""
    asked = made_up_problem()
    first = roster_xlsx(asked, grouped(asked))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert roster_xlsx(asked, grouped(asked)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        stamps = re.findall(r"\d{4}-\d\d-\d\dT", archive.read("docProps/core.xml").decode())
        assert set(stamps) == {"2000-01-01T"}
        assert {member.date_time[:3] for member in archive.infolist()} == {(1980, 1, 1)}
    assert roster_csv(asked, grouped(asked)) == roster_csv(asked, grouped(asked))


def test_a_roster_made_by_hand_needs_no_more_than_group_name_and_slot(tmp_path: Path) -> None:
    """Coordinators check what they have made themselves, in the form that they made it in."""
    asked = problem(
        (student("s1", name="Ada"), student("s2", name="Bo"), student("s3", name="Cy")),
        mentors("mia"),
        size=(1, 4),
    )
    path = tmp_path / "mine.csv"
    path.write_text(
        'Group;Name;id;Slot;Dates\nBlue;Ada;;tue-15;"2026-10-20; 2026-10-27"\n'
        "Blue;Bo;;;\nBlue;;mia;tue-15;\n;Cy;;;\n",
        encoding="utf-8",
    )
    found = read_roster(path, asked)
    (group,) = found.groups
    assert (group.id, group.students, group.mentors) == ("Blue", ("s1", "s2"), ("mia",))
    assert [f"{start:%d %H:%M %z}" for start in group.meetings] == [
        "20 15:00 +0300",
        "27 15:00 +0200",
    ]
    assert (group.language, group.mode) == (None, None)
    assert found.left_out == ("s3",)
    assert verify(asked, found).ok


def test_every_fault_of_a_roster_is_told_with_its_row(tmp_path: Path) -> None:
    """A roster is repaired once, not once for each fault."""
    asked = problem(students("ada bo cy"), mentors("mia"), size=(1, 4), topics=("Rest",))
    path = tmp_path / "bad.csv"
    path.write_text(
        "group,role,id,slot,dates,language,mode,topic\n"
        "g1,student,adda,tue-15,2026-10-06 15:00+03:00,en,campus,Rest\n"
        "g1,mentor,bo,tue-15,,en,campus,Rest\n"
        "g1,mentor,mia,wed-15,,en,campus,Rest\n"
        "g2,student,cy,tue-51,2026-10-07,klingon speak,camps,Ressst\n"
        "g3,student,ada,tue-15,2026-10-08,klingon speak,camps,Ressst\n"
        "g4,left out,ada,,,,,\n"
        "g5,student,,tue-15,,,,\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_roster(path, asked)
    text = str(caught.value)
    for words in (
        "row 2, column id",
        "(did you mean 'ada'?)",
        "row 3, column role",
        "row 4, column slot: differs from row 3",
        "row 5, column slot",
        "(did you mean 'tue-15'?)",
        "row 6, column dates: slot 'tue-15' has no meeting on 2026-10-08",
        "row 6, column language",
        "row 6, column mode",
        "(did you mean 'campus'?)",
        "row 6, column topic",
        "the group 'g4' has no slot",
        "row 8, column id",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"name,slot\nada,tue-15\n", "no_column"),
        (b"group,slot\ng1,tue-15\n", "no_column"),
        (b"group,id,slot\ng1,ada,\n", "no_slot"),
        (b"", "empty_file"),
        (b"PK\x03\x04 not a workbook", "damaged"),
    ],
)
def test_what_is_no_roster_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    """The wrong file is the likeliest slip."""
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    asked = problem(students("ada"), mentors("mia"))
    with pytest.raises(InputError) as caught:
        read_roster(path, asked)
    assert code in {fault.code for fault in caught.value.faults}


def test_a_file_is_for_its_owner_and_not_overwritten(tmp_path: Path) -> None:
    """A roster is personal data, and last term's must not vanish."""
    asked = problem(students("ada bo"), mentors("mia"), size=(2, 4))
    matching = grouped(asked)
    for name in ("roster.csv", "roster.XLSX"):
        target = tmp_path / name
        write_roster(asked, matching, target)
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        before = target.read_bytes()
        with pytest.raises(FileExistsError):
            write_roster(asked, matching, target)
        write_roster(asked, matching, target, overwrite=True)
        assert target.read_bytes() == before
    with pytest.raises(InputError, match=r"\.csv or \.xlsx"):
        write_roster(asked, matching, tmp_path / "roster.ods")


def test_without_its_package_the_workbook_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The CSV is there without it."""
    asked = problem(students("ada bo"), mentors("mia"), size=(2, 4))
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match="mentormatch\\[xlsx\\]"):
        roster_xlsx(asked, grouped(asked))
    assert "ada" in roster_csv(asked, grouped(asked))


def test_a_list_longer_than_a_cell_is_cut_and_not_lost() -> None:
    """Excel refuses longer cells, and a refused cell would be an empty one."""
    people = students(" ".join(f"s{number:03}" for number in range(300)))
    named = tuple(one.model_copy(update={"name": "N" * 180}) for one in people)
    asked = problem(named, mentors("mia"), size=(1, 300))
    sheet = openpyxl.load_workbook(io.BytesIO(roster_xlsx(asked, grouped(asked))))["Groups"]
    cell = sheet.cell(2, 8).value
    assert isinstance(cell, str)
    assert len(cell) == 32_767
    assert cell.endswith(" ...")
