"""Form groups of four from a survey of the hours at which people can NOT come.

The survey is the public sample of the project gruepr: 32 people, and for each weekday a
column of hours joined by ``;``. It is not part of this project; its path is an argument:

    python benchmarks/survey_unavailable_grid.py testdata.csv

Groups have no mentors, and everybody in one is free for the same two consecutive hours. The
matching found is verified, and the outcome printed. Names and other answers are not read.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Sequence
from pathlib import Path

from mentormatch import Problem, match, verify

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
HOURS = tuple(range(8, 22))
"""Start of each hour that the survey asks about: 8AM to 9PM."""

GROUP_SIZE = 4
MEETING_HOURS = 2

_DAY_COLUMN = re.compile(r"UNAVAILABLE.*\[(\w+)\]")
_HOUR = re.compile(r"(\d{1,2})\s*(AM|PM)", re.IGNORECASE)


def hour_of(word: str) -> int:
    """Return the hour, from 0 to 23, that a word such as ``8AM`` or ``noon`` names.

    Raises
    ------
    ValueError
        If the word names no hour.
    """
    if word.strip().casefold() == "noon":
        return 12
    found = _HOUR.fullmatch(word.strip())
    if not found or not 1 <= int(found[1]) <= 12:
        raise ValueError(f"{word!r} is not an hour such as 8AM or noon")
    return int(found[1]) % 12 + (12 if found[2].upper() == "PM" else 0)


def busy_hours(cell: str) -> frozenset[int]:
    """Return the hours that a cell such as ``8AM;noon;`` holds; empty for somebody free."""
    return frozenset(hour_of(word) for word in cell.split(";") if word.strip())


def read_busy(path: Path) -> list[dict[str, frozenset[int]]]:
    """Return for each person the hours of each day at which they can not come.

    Raises
    ------
    ValueError
        If a day has no column, or a cell holds something else than hours.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        columns = {}
        for place, heading in enumerate(next(rows)):
            found = _DAY_COLUMN.search(heading)
            if found:
                columns[found[1]] = place
        missing = [day for day in DAYS if day not in columns]
        if missing:
            raise ValueError(f"no column of unavailable hours for {', '.join(missing)}")
        return [{day: busy_hours(row[columns[day]]) for day in DAYS} for row in rows if any(row)]


def slot_id(day: str, hour: int) -> str:
    """Return the id of the slot that starts at an hour of a day."""
    return f"{day[:3].lower()}-{hour:02d}"


def build(people: Sequence[dict[str, frozenset[int]]]) -> Problem:
    """Return the problem of grouping these people by the hours at which they are free."""
    starts = [(day, hour) for day in DAYS for hour in HOURS if hour + MEETING_HOURS - 1 in HOURS]
    students = []
    for number, busy in enumerate(people, 1):
        answers = {
            slot_id(day, hour): "no"
            if busy[day] & set(range(hour, hour + MEETING_HOURS))
            else "yes"
            for day, hour in starts
        }
        students.append({"id": f"person-{number:02d}", "availability": answers})
    slots = [
        {
            "id": slot_id(day, hour),
            "weekday": day,
            "start": f"{hour:02d}:00",
            "minutes": 60 * MEETING_HOURS,
            "modes": ["campus"],
        }
        for day, hour in starts
    ]
    return Problem.model_validate(
        {
            "students": students,
            "slots": slots,
            # One week without holidays or clock change stands for every week.
            "term": {
                "first_day": "2026-09-06",
                "last_day": "2026-09-12",
                "meetings": 1,
                "zone": "America/New_York",
            },
            "shape": {"min_students": GROUP_SIZE, "max_students": GROUP_SIZE, "mentors": 0},
            # The survey asks for no language.
            "rules": [{"kind": "common_language", "tier": "off"}],
        }
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the survey, match, verify and print."""
    parser = argparse.ArgumentParser(description="Groups of four from a survey of busy hours.")
    parser.add_argument("survey", type=Path, help="CSV file of the survey")
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    problem = build(read_busy(options.survey))
    matching = match(problem, time_limit=options.time_limit, seed=options.seed)
    print(matching)
    report = verify(problem, matching)
    print(report)
    if not report.ok:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
