"""Rosters that a coordinator changed by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.verify import verify
from mentormatch.exporters import read_roster, write_roster
from tests.support.build import mentors, problem, student, students
from tests.support.matched import grouped, judged, made_up_problem

Rows = list[dict[str, str]]


def _two_groups() -> tuple[Problem, Matching]:
    """Return g1 on Tuesday and g2 on Wednesday, of four students each, and di without a group."""
    names = "ada bo cy eve fay gus hal ida di"
    people = tuple(student(name, "tue-15 wed-15", name=name.title()) for name in names.split())
    guides = mentors("mia noa", "tue-15 wed-15")
    asked = problem(people, guides, "tue-15 wed-15", size=(2, 5))
    plans = asked.round.all_plans
    from mentormatch.data.matching import Group

    groups = tuple(
        Group(
            id=name,
            students=tuple(seated.split()),
            mentors=(mentor,),
            slot=slot,
            meetings=plans[slot][0].starts,
            minutes=120,
            zone=asked.term.zone,
            language="en",
            mode="campus",
        )
        for name, seated, mentor, slot in (
            ("g1", "ada bo cy eve", "mia", "tue-15"),
            ("g2", "fay gus hal ida", "noa", "wed-15"),
        )
    )
    return asked, judged(asked, groups)


def _edited(path: Path, change: Callable[[Rows], None]) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _of(rows: Rows, person: str) -> dict[str, str]:
    return next(row for row in rows if row["id"] == person)


def _seated(matching: Matching) -> dict[str, tuple[str, set[str], set[str]]]:
    return {
        group.id: (group.slot, set(group.students), set(group.mentors)) for group in matching.groups
    }


@pytest.fixture(params=["alone", "with its matching"])
def reading(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Return a round, its roster's path, and how to read that, with and without the matching."""
    asked, matching = _two_groups()
    path = tmp_path / "roster.csv"
    write_roster(asked, matching, path)
    came_from = None if request.param == "alone" else matching
    return asked, path, lambda: read_roster(path, asked, came_from=came_from)


def test_who_is_moved_by_the_group_alone_meets_when_that_group_meets(reading: Any) -> None:
    """The other cells of the row are those of the old group; nobody retypes six dates."""
    asked, path, read = reading
    _edited(path, lambda rows: _of(rows, "ada").update(group="g2"))
    found = read()
    assert _seated(found) == {
        "g1": ("tue-15", {"bo", "cy", "eve"}, {"mia"}),
        "g2": ("wed-15", {"ada", "fay", "gus", "hal", "ida"}, {"noa"}),
    }
    assert verify(asked, found).ok


def test_who_was_left_out_and_is_given_a_group_has_it(reading: Any) -> None:
    """The role follows the group: a coordinator fills in one cell."""
    asked, path, read = reading
    _edited(path, lambda rows: _of(rows, "di").update(group="g1"))
    found = read()
    assert "di" in _seated(found)["g1"][1]
    assert found.left_out == ()
    assert verify(asked, found).ok


def test_who_loses_the_group_is_left_out(reading: Any) -> None:
    """An empty cell is enough, whatever the rest of the row says."""
    _asked, path, read = reading
    _edited(path, lambda rows: _of(rows, "ada").update(group=""))
    assert set(read().left_out) == {"ada", "di"}


@pytest.mark.parametrize("moved", ["ada fay", "mia noa"])
def test_two_who_change_places(reading: Any, moved: str) -> None:
    """Swaps are what rosters are edited for most, of students and of mentors."""
    _, path, read = reading
    one, other = moved.split()

    def swap(rows: Rows) -> None:
        _of(rows, one)["group"], _of(rows, other)["group"] = "g2", "g1"

    _edited(path, swap)
    found = _seated(read())
    assert [found[name][0] for name in ("g1", "g2")] == ["tue-15", "wed-15"]
    assert other in found["g1"][1] | found["g1"][2]
    assert one in found["g2"][1] | found["g2"][2]


def test_rows_under_a_new_name_meet_when_they_met(reading: Any) -> None:
    """A group is renamed, or split, by its name alone."""
    _asked, path, read = reading

    def rename(rows: Rows) -> None:
        for person in ("ada", "bo", "mia"):
            _of(rows, person)["group"] = "blue"

    _edited(path, rename)
    assert _seated(read()) == {
        "blue": ("tue-15", {"ada", "bo"}, {"mia"}),
        "g1": ("tue-15", {"cy", "eve"}, set()),
        "g2": ("wed-15", {"fay", "gus", "hal", "ida"}, {"noa"}),
    }


def test_most_of_a_group_can_come_from_another_where_the_matching_is_known(
    tmp_path: Path,
) -> None:
    """By counting rows the group would take the other's time."""
    asked, matching = _two_groups()
    path = tmp_path / "roster.csv"
    write_roster(asked, matching, path)

    def move(rows: Rows) -> None:
        for person in ("ada", "bo", "cy", "eve"):
            _of(rows, person)["group"] = "g2"
        for person in ("fay", "gus", "hal"):
            _of(rows, person)["group"] = "g1"

    _edited(path, move)
    assert _seated(read_roster(path, asked, came_from=matching)) == {
        "g1": ("tue-15", {"fay", "gus", "hal"}, {"mia"}),
        "g2": ("wed-15", {"ada", "bo", "cy", "eve", "ida"}, {"noa"}),
    }
    with pytest.raises(InputError, match=r"row \d+, column group: it cannot be told"):
        read_roster(path, asked)


def test_a_slot_changed_in_all_rows_counts_and_the_dates_follow(tmp_path: Path) -> None:
    """A group that meets on another day meets on that day's dates."""
    asked, matching = _two_groups()
    path = tmp_path / "roster.csv"
    write_roster(asked, matching, path)

    def retime(rows: Rows) -> None:
        for row in rows:
            if row["group"] == "g1":
                row["slot"] = "wed-15"

    _edited(path, retime)
    found = read_roster(path, asked, came_from=matching)
    assert found.groups[0].slot == "wed-15"
    assert found.groups[0].meetings == ()
    assert verify(asked, found).ok
    with pytest.raises(InputError, match=r"row 2, column dates: are none of slot 'wed-15'"):
        read_roster(path, asked)


@pytest.mark.parametrize(
    ("column", "value"),
    [("slot", "wed-15"), ("dates", "2026-10-13"), ("language", "fi"), ("mode", "online")],
)
def test_what_a_group_shares_is_not_changed_for_one(reading: Any, column: str, value: str) -> None:
    """A changed cell counts or is refused by name; it is never passed over."""
    _asked, path, read = reading
    _edited(path, lambda rows: _of(rows, "bo").update({column: value}))
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert fault.where == f"roster.csv row 4, column {column}"
    assert "changed in all its rows" in fault.message


def test_a_name_is_not_changed_in_a_roster(reading: Any) -> None:
    """Texts would go on calling people what they signed up as."""
    _asked, path, read = reading
    _edited(path, lambda rows: _of(rows, "bo").update(name="Robert"))
    with pytest.raises(InputError, match="row 4, column name: is not the name of 'bo'"):
        read()


# Workbooks


def _workbook(
    tmp_path: Path, change: Callable[[Any], None], *, came_from: bool = False
) -> Callable[[], Matching]:
    asked, matching = _two_groups()
    path = tmp_path / "roster.xlsx"
    write_roster(asked, matching, path)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return lambda: read_roster(path, asked, came_from=matching if came_from else None)


def _cell(sheet: Any, column: str, row: int) -> Any:
    headings = [cell.value for cell in sheet[1]]
    return sheet.cell(row, headings.index(column) + 1)


@pytest.mark.parametrize("came_from", [True, False])
def test_a_move_in_the_sheet_for_mail_merge_counts(tmp_path: Path, came_from: bool) -> None:
    """The sheet to read and the columns put for people are then out of date, and known to be."""

    def change(book: Any) -> None:
        _cell(book["Mail merge"], "group", 3).value = "g2"

    found = _workbook(tmp_path, change, came_from=came_from)()
    assert _seated(found)["g2"] == ("wed-15", {"ada", "fay", "gus", "hal", "ida"}, {"noa"})


def test_a_change_in_the_sheet_to_read_alone_is_refused_by_name(tmp_path: Path) -> None:
    """It was ignored and called valid."""

    def change(book: Any) -> None:
        sheet = book["Groups"]
        _cell(sheet, "Students", 2).value = "Bo\nCy\nEve"
        _cell(sheet, "Time", 3).value = "Thursday 15:00"

    with pytest.raises(InputError) as caught:
        _workbook(tmp_path, change)()
    assert [fault.where for fault in caught.value.faults] == [
        "roster.xlsx, sheet 'Groups' row 2, column Students",
        "roster.xlsx, sheet 'Groups' row 3, column Time",
    ]


def test_the_same_change_in_both_sheets_counts(tmp_path: Path) -> None:
    """Who keeps both sheets right is not stopped by the order of names."""

    def change(book: Any) -> None:
        _cell(book["Mail merge"], "group", 3).value = "g2"
        sheet = book["Groups"]
        _cell(sheet, "Students", 2).value = "Bo\nCy\nEve"
        _cell(sheet, "Number of students", 2).value = "3"
        _cell(sheet, "Students", 3).value = "Fay\nGus\nHal\nIda\nAda"
        _cell(sheet, "Number of students", 3).value = 5

    assert "ada" in _seated(_workbook(tmp_path, change)())["g2"][1]


def test_two_sheets_that_were_changed_and_disagree_are_a_fault(tmp_path: Path) -> None:
    """Neither can be preferred without losing the other."""

    def change(book: Any) -> None:
        _cell(book["Mail merge"], "group", 3).value = "g2"
        _cell(book["Groups"], "Students", 2).value = "Ada\nCy\nEve"

    with pytest.raises(InputError, match="sheet 'Groups' row 2, column Students: disagrees"):
        _workbook(tmp_path, change)()


@pytest.mark.parametrize("came_from", [True, False])
def test_a_column_put_for_people_is_not_where_a_date_is_changed(
    tmp_path: Path, came_from: bool
) -> None:
    """It would be in no calendar."""

    def change(book: Any) -> None:
        _cell(book["Mail merge"], "first_meeting", 4).value = "Friday 9 October 2026"

    with pytest.raises(InputError) as caught:
        _workbook(tmp_path, change, came_from=came_from)()
    (fault,) = caught.value.faults
    assert fault.where == "roster.xlsx, sheet 'Mail merge' row 4, column first_meeting"


def test_a_workbook_that_another_program_saved_without_its_properties_still_reads(
    tmp_path: Path,
) -> None:
    """Not every program keeps what it does not show."""

    def change(book: Any) -> None:
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]

    assert len(_workbook(tmp_path, change)().groups) == 2


def test_a_larger_round_survives_many_moves(tmp_path: Path) -> None:
    """Every move that leaves most of each group in place reads back as it was made."""
    asked = made_up_problem()
    matching = grouped(asked)
    path = tmp_path / "roster.csv"
    write_roster(asked, matching, path)
    names = [group.id for group in matching.groups]
    moved = {
        group.students[0]: names[(place + 1) % len(names)]
        for place, group in enumerate(matching.groups)
    }

    def move(rows: Rows) -> None:
        for row in rows:
            row["group"] = moved.get(row["id"], row["group"])

    _edited(path, move)
    for came_from in (None, matching):
        found = read_roster(path, asked, came_from=came_from)
        assert [group.slot for group in found.groups] == [group.slot for group in matching.groups]
        assert {one: group.id for group in found.groups for one in group.students} == {
            one: moved.get(one, group.id) for group in matching.groups for one in group.students
        }


def test_a_roster_of_people_who_left_still_reads(tmp_path: Path) -> None:
    """The matching that it came from may name somebody who has withdrawn since."""
    asked = problem(students("ada bo"), mentors("mia"), size=(1, 4))
    matching = grouped(asked)
    path = tmp_path / "roster.csv"
    write_roster(asked, matching, path)
    _edited(path, lambda rows: rows.remove(_of(rows, "bo")))
    left = problem(students("ada"), mentors("mia"), size=(1, 4))
    (group,) = read_roster(path, left, came_from=matching).groups
    assert group.students == ("ada",)
