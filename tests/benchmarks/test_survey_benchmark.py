"""The benchmark on a survey of busy hours: a small survey of that form goes the same way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.survey_unavailable_grid import MEETING_MINUTES, check_survey, import_survey, main
from mentormatch import match, verify

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
CLOCK = (*(f"{hour}AM" for hour in range(8, 12)), "noon", *(f"{hour}PM" for hour in range(1, 10)))
HEADINGS = ",".join(
    ["Name", *(f"Check the times that you will be UNAVAILABLE. [{day}]" for day in DAYS), "Notes"]
)


def survey(folder: Path, rows: list[str]) -> Path:
    """Write a survey with these rows and return its path."""
    path = folder / "survey.csv"
    path.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8-sig")
    return path


def row(name: str, free: Mapping[str, tuple[str, ...]]) -> str:
    """Return the row of somebody who is busy at all hours but these."""
    busy = (
        ";".join([*(hour for hour in CLOCK if hour not in free.get(day, ())), ""]) for day in DAYS
    )
    return ",".join([name, *busy, "x"])


def test_the_grid_is_read_as_hours_at_which_people_cannot_come(tmp_path: Path) -> None:
    """The polarity is the reverse of what most forms ask."""
    rows = [f"One,8AM;9AM;{',' * 6},,x", f"Two,,noon{',' * 5},9PM;,", row("Three", {})]
    imported = import_survey(survey(tmp_path, rows))
    assert imported.problem is not None
    first, second, _ = (one.availability or {} for one in imported.problem.students)
    assert [first[slot] for slot in ("sun-08", "sun-09", "sun-10")] == ["no", "no", "yes"]
    assert [second[f"mon-{hour}"] for hour in (10, 11, 12, 13)] == ["yes", "no", "no", "yes"]
    assert len(imported.problem.slots) == len(DAYS) * (len(CLOCK) - 1)
    assert {slot.minutes for slot in imported.problem.slots} == {MEETING_MINUTES}
    assert imported.problem.round.dropped_slots == {}


def test_people_who_share_only_one_slot_each_are_grouped_there(tmp_path: Path) -> None:
    """Two planted groups of four are found, and verified."""
    times = {"Tuesday": ("10AM", "11AM")}, {"Friday": ("8PM", "9PM")}
    rows = [row(f"Person {number}", times[number % 2]) for number in range(1, 9)]
    imported = import_survey(survey(tmp_path, rows))
    assert imported.problem is not None
    matching = match(imported.problem, time_limit=60)
    assert verify(imported.problem, matching).ok
    found = {group.slot: set(group.students) for group in matching.groups}
    assert found == {
        "tue-10": {f"Person {number}" for number in (2, 4, 6, 8)},
        "fri-20": {f"Person {number}" for number in (1, 3, 5, 7)},
    }


def test_the_benchmark_runs_on_another_survey(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It verifies what it finds, and names nobody."""
    rows = [row(f"Person {number}", {"Tuesday": ("10AM", "11AM")}) for number in range(1, 5)]
    main([str(survey(tmp_path, rows)), "--other"])
    shown = capsys.readouterr().out
    assert '"status": "OPTIMAL"' in shown
    assert "valid" in shown
    assert "Person" not in shown


def test_a_survey_that_is_not_the_sample_does_not_pass_for_it(tmp_path: Path) -> None:
    """The check of the sample's faults can fail."""
    imported = import_survey(survey(tmp_path, [row("Person 1", {"Tuesday": ("10AM", "11AM")})]))
    with pytest.raises(SystemExit, match=r"not told: .*\n(.*\n)*1 people instead of 32"):
        check_survey(imported)
