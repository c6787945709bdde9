"""The benchmark that reads a survey of busy hours: its reading, and a small round of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.survey_unavailable_grid import DAYS, HOURS, build, busy_hours, hour_of, read_busy
from mentormatch import match, verify

HEADINGS = ",".join(
    ["Name", *(f"Check the times that you will be UNAVAILABLE. [{day}]" for day in DAYS), "Notes"]
)


@pytest.mark.parametrize(
    ("word", "hour"),
    [("8AM", 8), ("noon", 12), ("12PM", 12), ("12AM", 0), ("1PM", 13), (" 9pm ", 21)],
)
def test_hours_of_the_twelve_hour_clock_are_read(word: str, hour: int) -> None:
    """Noon and midnight are where such clocks go wrong."""
    assert hour_of(word) == hour


@pytest.mark.parametrize("word", ["", "13PM", "0AM", "8", "eight", "8AM;9AM"])
def test_what_is_no_hour_is_refused(word: str) -> None:
    """An hour that is passed over would count as free."""
    with pytest.raises(ValueError, match="is not an hour"):
        hour_of(word)


def test_a_trailing_semicolon_and_an_empty_cell_mean_nothing() -> None:
    """Forms write both; an empty cell is somebody who is free all day."""
    assert busy_hours("8AM;noon;") == {8, 12}
    assert busy_hours("") == frozenset()


def test_the_grid_is_read_as_hours_at_which_people_cannot_come(tmp_path: Path) -> None:
    """The polarity is the reverse of what most forms ask."""
    path = tmp_path / "survey.csv"
    rows = [f"One,8AM;9AM;{',' * 6},,x", f"Two,,noon{',' * 5},,"]
    path.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8-sig")
    first, second = read_busy(path)
    assert first == {day: frozenset({8, 9} if day == "Sunday" else ()) for day in DAYS}
    assert second["Monday"] == {12}
    students = build([first, second]).students
    assert students[0].availability is not None
    assert students[0].availability["sun-08"] == "no"
    assert students[0].availability["sun-09"] == "no"
    assert students[0].availability["sun-10"] == "yes"
    assert students[1].availability is not None
    assert [students[1].availability[f"mon-{hour}"] for hour in (10, 11, 12, 13)] == [
        "yes",
        "no",
        "no",
        "yes",
    ]


def test_a_survey_without_a_day_is_refused(tmp_path: Path) -> None:
    """A missing column must not read as a day on which everybody is free."""
    path = tmp_path / "survey.csv"
    path.write_text(HEADINGS.replace("[Friday]", "[Freitag]") + "\n")
    with pytest.raises(ValueError, match="no column of unavailable hours for Friday"):
        read_busy(path)


def test_every_slot_is_two_hours_within_the_grid() -> None:
    """A meeting that starts with the last hour would end outside what was asked."""
    problem = build([{day: frozenset() for day in DAYS}])
    assert len(problem.slots) == len(DAYS) * (len(HOURS) - 1)
    assert {slot.minutes for slot in problem.slots} == {120}
    assert max(slot.start for slot in problem.slots if slot.start).hour == HOURS[-1] - 1
    assert problem.round.dropped_slots == {}


def test_people_who_share_only_one_slot_each_are_grouped_there() -> None:
    """Two planted groups of four are found, and verified."""
    everything = frozenset(HOURS)
    tuesday = {**dict.fromkeys(DAYS, everything), "Tuesday": everything - {10, 11}}
    friday = {**dict.fromkeys(DAYS, everything), "Friday": everything - {20, 21}}
    problem = build([tuesday, friday] * 4)
    matching = match(problem, time_limit=60)
    assert verify(problem, matching).ok
    found = {group.slot: set(group.students) for group in matching.groups}
    assert found == {
        "tue-10": {f"person-0{number}" for number in (1, 3, 5, 7)},
        "fri-20": {f"person-0{number}" for number in (2, 4, 6, 8)},
    }
