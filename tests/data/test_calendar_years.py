"""Days and instants at the ends of the calendar are refused where they are read."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.exporters import read_roster
from mentormatch.importers.cleaning.instants import read_instant
from tests.fuzz import documents

FAR = ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"]
PLACES: list[tuple[Any, ...]] = [
    ("term", "first_day"),
    ("term", "last_day"),
    ("term", "skipped", 0),
    ("term", "skipped", 1, "last"),
    ("slots", 2, "sessions", 0),
    ("students", 0, "absences", 0),
    ("students", 0, "signed_up"),
]


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_a_problem_lies_in_years_in_which_people_plan(path: tuple[Any, ...], day: str) -> None:
    """Sessions at the end of the year 9999 left the calendar in another zone, with a traceback."""
    document = copy.deepcopy(documents.PROBLEM)
    holder = document
    for part in path[:-1]:
        holder = holder[part]
    instant = path[-2:] == ("sessions", 0) or path[-1] == "signed_up"
    holder[path[-1]] = f"{day}T23:30:00-12:00" if instant else day
    with pytest.raises(InputError, match="is not between 1900 and 2200"):
        Problem.from_json(json.dumps(document))


@pytest.mark.parametrize("day", FAR)
def test_a_matching_lies_in_them_as_well(day: str) -> None:
    """Its meetings are compared with those of the problem in one zone."""
    document = copy.deepcopy(documents.MATCHING)
    document["groups"][0]["meetings"] = [f"{day}T00:30:00+14:00"]
    with pytest.raises(InputError, match="is not between 1900 and 2200"):
        Matching.from_json(json.dumps(document))


@pytest.mark.parametrize("day", FAR)
def test_a_roster_lies_in_them_as_well(tmp_path: Path, day: str) -> None:
    """A date that was typed wrong is a fault of its cell."""
    path = tmp_path / "roster.csv"
    path.write_text(f"group,id,slot,dates\ng1,ben,tue-15,{day} 00:30\n", encoding="utf-8")
    with pytest.raises(InputError, match="is not a date such as"):
        read_roster(path, documents.problem())


@pytest.mark.parametrize("zone", ["+24:00", "-99:99", "+2400"])
def test_the_zone_of_a_sign_up_is_less_than_a_day_off(zone: str) -> None:
    """Such an offset raised an error of Python's own."""
    assert read_instant(f"2026-09-01 12:00{zone}", None) is None
    assert read_instant("2026-09-01 12:00+0545", None) is not None
