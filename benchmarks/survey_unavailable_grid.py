"""Form groups of four from a survey of the hours at which people can NOT come.

The survey is the public sample of the project gruepr: 32 people, and for each weekday a
column of hours joined by ``;``. It is not part of this project; its path is an argument:

    python benchmarks/survey_unavailable_grid.py testdata.csv

The file is imported as anybody would import it, with the proposed mapping unedited. Groups have
no mentors, and everybody in one is free for the same two consecutive hours. The import's report
is printed; every fault that a person sees in the file has to be in it. Then the matching found
is verified, and the outcome printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mentormatch import match, verify
from mentormatch.importers import (
    Export,
    Imported,
    ImportReport,
    import_round,
    mapping_toml,
    read_grid,
    suggest_mapping,
)

GROUP_SIZE = 4
MEETING_MINUTES = 120
PEOPLE = 32

PROGRAMME: Mapping[str, Any] = {
    # One week without holidays or clock change stands for every week.
    "term": {
        "first_day": "2026-09-06",
        "last_day": "2026-09-12",
        "meetings": 1,
        "zone": "America/New_York",
    },
    "shape": {"min_students": GROUP_SIZE, "max_students": GROUP_SIZE, "mentors": 0},
    "candidates": {"minutes": MEETING_MINUTES, "modes": ["campus"]},
    # The survey asks for no language.
    "rules": [{"kind": "common_language", "tier": "off"}],
}

SEEN: Sequence[tuple[str, int, str]] = (
    ("unknown_name", 3, "U"),
    ("untidy", 30, "B"),
    ("unknown_name", 32, "V"),
)
"""Faults that a person sees in the file: two misspelt names, and a space too many in a third."""


def import_survey(path: Path) -> Imported:
    """Import a survey with the mapping that is proposed for it."""
    grid = read_grid(path)
    mapping = suggest_mapping(grid).mapping
    print(mapping_toml(mapping))
    return import_round(PROGRAMME, Export(grid, mapping))


def check_survey(imported: Imported) -> None:
    """Check that the sample was understood and that each of its faults was told.

    Raises
    ------
    SystemExit
        If something was not.
    """
    told = _told(imported.report)
    wrong = [f"not told: {seen}" for seen in SEEN if seen not in told]
    wrong += [f"told without cause: {one}" for one in told if one not in SEEN]
    people = 0 if imported.problem is None else len(imported.problem.students)
    if people != PEOPLE:
        wrong.append(f"{people} people instead of {PEOPLE}")
    if wrong:
        raise SystemExit("\n".join(wrong))


def _told(report: ImportReport) -> list[tuple[str, int, str]]:
    data = report.as_data(private=True)["findings"]
    return [(one["code"], one["row"], one["column"]) for one in data]


def main(arguments: Sequence[str] | None = None) -> None:
    """Import the survey, check the report, match, verify and print."""
    parser = argparse.ArgumentParser(description="Groups of four from a survey of busy hours.")
    parser.add_argument("survey", type=Path, help="CSV file of the survey")
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--other", action="store_true", help="another survey than the sample: no known faults"
    )
    options = parser.parse_args(arguments)
    imported = import_survey(options.survey)
    print(imported.report.text(private=True))
    if not options.other:
        check_survey(imported)
    if imported.problem is None:
        raise SystemExit(2)
    matching = match(imported.problem, time_limit=options.time_limit, seed=options.seed)
    print(matching.model_dump_json(include={"status", "tiers"}, indent=2))
    report = verify(imported.problem, matching)
    print(report)
    if not report.ok:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
