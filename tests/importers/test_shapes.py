"""The ugly variants of each shape of availability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mentormatch.errors import InputError
from mentormatch.importers import (
    Export,
    Imported,
    import_round,
    mapping_of,
    read_grid,
    suggest_mapping,
)
from mentormatch.importers.availability.time_words import asks_when_not
from tests.importers.same_round import PROGRAMME, text, write

DAYS = ("Monday", "Tuesday", "Wednesday")


def read(
    folder: Path,
    rows: Sequence[Sequence[str]],
    mapping: Mapping[str, Any] | None = None,
    **programme: Any,
) -> Imported:
    """Import rows, by the proposed mapping if none is stated."""
    grid = write(folder, text(rows).encode())
    chosen = suggest_mapping(grid).mapping if mapping is None else mapping_of(mapping)
    return import_round({**PROGRAMME, **programme}, Export(grid, chosen))


def answers(found: Imported) -> list[str]:
    """Return each person's answers to the slots as letters: y, i, n."""
    assert found.problem is not None
    return [
        "".join(said[0] for said in (one.availability or {}).values())
        for one in found.problem.students
    ]


def codes(found: Imported) -> list[str]:
    """Return the codes of the findings."""
    return [one.code for one in found.report.findings]


@pytest.mark.parametrize(
    ("yes", "if_need_be", "no"),
    [
        ("Yes", "If need be", "No"),
        ("yes", "(Yes)", ""),
        ("OK", "(OK)", ""),
        ("Kyllä", "Tarvittaessa", "Ei"),
        ("SOPII", "jos on pakko", "ei sovi"),
        ("Ja", "Vid behov", "Nej"),
        ("✔", "?", "✘"),
    ],
)
def test_three_answers_are_read_in_three_languages(
    tmp_path: Path, yes: str, if_need_be: str, no: str
) -> None:
    """Polls say them in the language of whoever made the poll."""
    slots = ["Mon 13-15", "Mon 15-17", "Tue 13-15", "Tue 15-17", "Wed 9-11"]
    found = read(tmp_path, [["Name", *slots], ["Aa", yes, if_need_be, no, if_need_be, yes]])
    assert answers(found) == ["yiniy"]
    assert codes(found) == []


def test_codes_without_a_meaning_are_told_until_the_mapping_gives_them_one(
    tmp_path: Path,
) -> None:
    """Webropol writes 1, 2, 3 by choice, and 1 may be the first answer, which may be no."""
    slots = ["Mon 13-15", "Mon 15-17", "Tue 13-15", "Tue 15-17", "Wed 9-11"]
    rows = [["Name", *slots], ["Aa", "3", "2", "1", "2", "3"]]
    with pytest.raises(InputError, match=r"'Mon 13-15' to 'Wed 9-11' \(5\) hold the codes 1, 2, 3"):
        read(tmp_path, rows)
    mapping = suggest_mapping(write(tmp_path, text(rows).encode())).mapping
    data = mapping.model_dump(mode="json")
    data["availability"]["answers"] = {"1": "no", "2": "if_need_be", "3": "yes"}
    found = read(tmp_path, rows, data)
    assert (answers(found), codes(found)) == (["yiniy"], [])


def test_a_repeated_time_counts_by_the_lesser_answer_and_is_told(tmp_path: Path) -> None:
    """A poll about two weeks asks twice about each time of the week."""
    rows = [["Name", "Mon 5 October 2026 13-15", "Mon 12 October 2026 13-15"], ["Aa", "yes", "no"]]
    found = read(tmp_path, rows)
    assert answers(found) == ["nnnnn"]
    assert sorted(codes(found)) == ["no_slot_possible", "nobody_placeable", "repeated_slot"]


def hour_rows(*cells: str, heading: str = "Hours when you are free [{}]") -> list[list[str]]:
    """Return one person's hours of three days, below somebody who is free all the time."""
    days = [heading.format(day) for day in DAYS]
    return [["Name", *days], ["Zz", *["9-11;13-17"] * 3], ["Aa", *cells]]


@pytest.mark.parametrize(
    ("monday", "expected"),
    [
        ("13;14;15;16", "yynn"),
        ("1PM;2PM;", "ynnn"),
        ("13-17", "yynn"),
        ("klo 13.00-15.00", "ynnn"),
        ("13;14;16", "ynnn"),
        ("14;15", "nnnn"),
        ("all day", "yynn"),
        ("-", "nnnn"),
        ("13:30-17:00", "nynn"),
        ("Monday 13-15", "ynnn"),
    ],
)
def test_consecutive_hours_make_a_slot(tmp_path: Path, monday: str, expected: str) -> None:
    """Half of a slot is none."""
    found = read(tmp_path, hour_rows(monday, "", "9-11"))
    assert answers(found)[1] == f"{expected}y"


@pytest.mark.parametrize("cell", ["sometimes", "Tuesday 13-15", "2026-10-08", "25-26"])
def test_nonsense_among_free_hours_does_not_count_and_is_told(tmp_path: Path, cell: str) -> None:
    """Hours that are not sure are not offered."""
    found = read(tmp_path, hour_rows(f"13-15;{cell}", "", ""))
    assert answers(found)[1] == "ynnnn"
    assert codes(found) == ["wrong_time"]


@pytest.mark.parametrize("cell", ["sometimes", "Tuesday 13-15", "2026-10-08", "25-26"])
def test_nonsense_among_busy_hours_makes_the_whole_day_busy_and_is_told(
    tmp_path: Path, cell: str
) -> None:
    """What is not read as busy would count as free."""
    rows = hour_rows(f"15-17;{cell}", "13-15", "", heading="When are you UNAVAILABLE? [{}]")
    found = read(tmp_path, rows)
    assert answers(found)[1] == "nnnyy"
    assert codes(found) == ["no_slot_possible", "wrong_time"]


def test_somebody_who_is_never_busy_is_free_always_and_told(tmp_path: Path) -> None:
    """Nothing says whether they forgot the question."""
    found = read(tmp_path, hour_rows("", "", "", heading="When are you UNAVAILABLE? [{}]"))
    assert answers(found)[1] == "yyyyy"
    assert "always_free" in codes(found)


def test_hours_become_candidate_slots_where_the_programme_states_none(tmp_path: Path) -> None:
    """The programme says how long a meeting is, and nothing more."""
    rows = hour_rows("13;14;15", "", "")
    grid = write(tmp_path, text(rows).encode())
    programme = {key: value for key, value in PROGRAMME.items() if key != "slots"}
    mapping = suggest_mapping(grid).mapping
    found = import_round({**programme, "candidates": {"minutes": 180}}, Export(grid, mapping))
    assert found.problem is not None
    offered = found.problem.students[1].availability
    assert offered is not None
    assert [slot for slot, said in offered.items() if said == "yes"] == ["mon-13"]
    assert {slot.minutes for slot in found.problem.slots} == {180}
    with pytest.raises(InputError, match="leave room for none of 1000 minutes"):
        import_round({**programme, "candidates": {"minutes": 1000}}, Export(grid, mapping))
    with pytest.raises(InputError, match=r"candidates\.minuts"):
        import_round({**programme, "candidates": {"minuts": 60}}, Export(grid, mapping))


def test_options_that_say_no_time_are_told_with_the_slots_or_mapped(tmp_path: Path) -> None:
    """Forms ask for 'Monday afternoon', and only their maker knows when that is."""
    rows = [["Name", "Times"], ["Aa", "Monday afternoon, early;wed-09;"]]
    mapping: dict[str, Any] = {
        "columns": {"name": "Name"},
        "availability": {"shape": "multi_select", "column": "Times"},
    }
    found = read(tmp_path, rows, mapping)
    assert (answers(found), codes(found)) == (["nnnny"], ["unknown_option"])
    options = {"Monday afternoon, early": "mon-13"}
    known = {**mapping, "availability": {**mapping["availability"], "options": options}}
    found = read(tmp_path, rows, known)
    assert (answers(found), codes(found)) == (["ynnny"], [])


def test_known_options_are_found_longest_first_where_a_comma_parts_them(tmp_path: Path) -> None:
    """Options hold the comma that joins them, and one may be the start of another."""
    rows = [["Name", "Times"], ["Aa", "Afternoon, late, Afternoon, wed-09"]]
    options = {"Afternoon": "mon-13", "Afternoon, late": "mon-15"}
    availability = {
        "shape": "multi_select",
        "column": "Times",
        "separator": ",",
        "options": options,
    }
    found = read(tmp_path, rows, {"columns": {"name": "Name"}, "availability": availability})
    assert (answers(found), codes(found)) == (["yynny"], [])


def test_chosen_options_can_be_those_that_do_not_suit(tmp_path: Path) -> None:
    """Some forms ask when people can not come."""
    rows = [
        ["Name", "When can you not come?"],
        ["Aa", "Mon 13-15;Tue 14-16;"],
        ["Bb", "Mon 13-15;perhaps;"],
    ]
    found = read(tmp_path, rows)
    assert answers(found) == ["nynny", "nnnnn"]
    assert codes(found) == ["no_slot_possible", "unknown_option"]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Check the times that you will be UNAVAILABLE", True),
        ("When can you not come?", True),
        ("Times that do not suit", True),
        ("Milloin et pääse?", True),
        ("När kan du inte?", True),
        ("When are you available?", False),
        ("Which times suit you?", False),
        ("Milloin sopii?", False),
    ],
)
def test_a_question_tells_whether_it_asks_when_people_cannot_come(
    question: str, asks: bool
) -> None:
    """The wrong polarity would put everybody where they cannot come."""
    assert asks_when_not(question) == asks


def test_people_elsewhere_are_given_hours_in_their_own_zone(tmp_path: Path) -> None:
    """The grid's times are those of whoever made it, whose zone the mapping states."""
    rows = [["Name", "Mon 11-13", "Mon 13-15"], ["Aa", "yes", "no"], ["Bb", "yes", "yes"]]
    grid = write(tmp_path, text(rows).encode())
    data = suggest_mapping(grid).mapping.model_dump(mode="json")
    data["availability"]["zone"] = "Europe/London"
    found = read(tmp_path, rows, data)
    assert found.problem is not None
    one, other = found.problem.students
    assert (one.zone, len(one.hours), one.availability) == ("Europe/London", 1, None)
    round_ = found.problem.round
    free = {
        person.id: [
            slot.id for slot in round_.slots
            if round_.answers[round_.position[person.id], number(round_, slot.id)] == 2
        ]
        for person in (one, other)
    }  # fmt: skip
    assert free == {"Aa": ["mon-13"], "Bb": ["mon-13", "mon-15"]}


def test_people_who_state_no_zone_are_in_the_terms_zone_at_slots_elsewhere(tmp_path: Path) -> None:
    """Bug: who offered 13 to 15 in Helsinki was taken to come at 13 in New York."""
    rows = [["Name", "Mon 11-13", "Mon 13-15"], ["Aa", "yes", "no"], ["Bb", "no", "yes"]]
    slots = [
        {"id": "early", "weekday": "mon", "start": "04:00", "zone": "America/New_York"},
        {"id": "late", "weekday": "mon", "start": "13:00", "zone": "America/New_York"},
    ]
    term = {**PROGRAMME["term"], "last_day": "2026-10-18", "meetings": 1}
    found = read(tmp_path, rows, slots=slots, term=term)
    assert found.problem is not None
    round_ = found.problem.round
    free = {
        person.id: [
            slot
            for slot, plans in round_.all_plans.items()
            if round_.answer(person, plans[0]) == "yes"
        ]
        for person in found.problem.students
    }
    assert free == {"Aa": ["early"], "Bb": []}


def number(round_: Any, slot: str) -> int:
    """Return the place of the template of a slot."""
    return next(
        place for place, template in enumerate(round_.templates) if template.plan.slot == slot
    )


def test_a_grid_with_a_row_that_names_no_time_is_refused(tmp_path: Path) -> None:
    """A row that is passed over would move nobody's answers but lose some."""
    rows = [["Day", "Time", "Aa"], ["Monday", "13:00", "1"], ["Monday", "later", "1"]]
    availability = {"shape": "people_columns", "day": "Day", "time": "Time", "unit": 60}
    with pytest.raises(InputError, match=r"export\.csv row 3: names no weekday and time"):
        read(tmp_path, rows, {"columns": {"name": "Name"}, "availability": availability})


def test_a_mark_of_a_grid_is_found_where_it_stands_in_the_file(tmp_path: Path) -> None:
    """People are columns there, so row and column change places."""
    rows = [["Day", "Time", "Aa", "Bb"]]
    rows += [["Monday" if hour == 13 else "", f"{hour}:00", "1", "1"] for hour in range(13, 17)]
    rows[2][3] = "perhaps"
    found = read(tmp_path, rows)
    assert answers(found) == ["yynnn", "nynnn"]
    assert [one.place() for one in found.report.findings] == ["export.csv row 3, column D"]


def day_rows(*cells: str, heading: str = "When can you meet? [{}]") -> list[list[str]]:
    """Return one person's weekdays at three times, below somebody who can come at all of them."""
    times = [heading.format(time) for time in ("9-11", "13-15", "15-17")]
    return [["Name", *times], ["Zz", *["Monday, Tuesday, Wednesday"] * 3], ["Aa", *cells]]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("", "Monday", "Monday, Tuesday"), "yynyn"),
        (("Wednesday", "Tuesday;", ""), "nnyny"),
        (("Wed", "mon / tue", "none"), "ynyny"),
        (("", "", "Tuesday and Monday"), "nynyn"),
    ],
)
def test_weekdays_under_times_are_read(
    tmp_path: Path, cells: tuple[str, ...], expected: str
) -> None:
    """A grid of check boxes may have the times in its rows and the days in its columns."""
    rows = day_rows(*cells)
    mapping = suggest_mapping(write(tmp_path, text(rows).encode())).mapping
    assert mapping.availability is not None
    assert mapping.availability.shape == "hour_columns"
    found = read(tmp_path, rows)
    assert answers(found) == ["yyyyy", expected]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("When can you meet? [{}]", "nnyny"), ("When are you UNAVAILABLE? [{}]", "ynnnn")],
)
def test_what_is_no_weekday_under_a_time_never_counts_as_free(
    tmp_path: Path, heading: str, expected: str
) -> None:
    """Under a time at which somebody is busy it may mean any day."""
    rows = day_rows("Wednesday", "Tuesday", "perhaps", heading=heading)
    rows[1] = ["Zz", "", "", "Monday, Tuesday, Wednesday"]
    found = read(tmp_path, rows)
    assert codes(found).count("wrong_time") == 1
    assert answers(found)[1] == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Which times suit you? [{day}][{hours}]",
        "Which times suit you? [{hours}] [{day}]",
        "Which times suit you? - {day} - {hours}",
        "Which times suit you?: {day}: {hours}",
    ],
)
@pytest.mark.parametrize("chosen", ["1", "Yes", "{hours}"])
def test_a_matrix_names_day_and_hours_in_one_heading(
    tmp_path: Path, heading: str, chosen: str
) -> None:
    """Each box of the matrix is a column."""
    boxes = [(day, hours) for day in DAYS for hours in ("9-11", "13-15", "15-17")]
    rows = [["Name", *(heading.format(day=day, hours=hours) for day, hours in boxes)]]
    free = {("Monday", "15-17"), ("Wednesday", "9-11")}
    marks = [chosen.format(hours=box[1]) if box in free else "" for box in boxes]
    rows.append(["Aa", *marks])
    found = read(tmp_path, rows)
    assert (answers(found), codes(found)) == (["nynny"], [])


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("Monday afternoon (13-15)", "ynnnn"),
        ("Monday afternoon (1-3)", "ynnnn"),
        ("Mon afternoon 1-3 pm", "ynnnn"),
        ("Wednesday morning 9-11", "nnnny"),
        ("Wed late morning (9:00-11:00)", "nnnny"),
        ("Tue afternoon 3:00-5:00", "nnnyn"),
    ],
)
def test_parts_of_the_day_beside_hours_say_which_half_is_meant(
    tmp_path: Path, option: str, expected: str
) -> None:
    """Nobody meets from one to three at night."""
    found = read(tmp_path, [["Name", "Times"], ["Aa", f"{option};"], ["Bb", f"{option};"]])
    assert (answers(found), codes(found)) == ([expected, expected], [])


def test_a_stray_cell_beside_the_first_answers_loses_nobody(tmp_path: Path) -> None:
    """One cell too many in a row is no reason to take the row for a second row of headings."""
    days = ",".join(f"Free on [{day}]" for day in ("Monday", "Tuesday", "Wednesday"))
    path = tmp_path / "survey.csv"
    rows = ["Ana,9AM;10AM,,9AM,stray", "Bo,,9AM,10AM", "Cai,9AM,10AM,"]
    path.write_text("\n".join([f"Name,{days}", *rows, ""]), encoding="utf-8")
    grid = read_grid(path)
    assert suggest_mapping(grid).mapping.file.heading_rows == (1,)
