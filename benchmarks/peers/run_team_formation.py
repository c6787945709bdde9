"""Run with the Python of team-formation's own environment: a task in, its groups out, as JSON.

Availability is what teams are to share (`cluster`), departments what is to differ
(`different`); a member who misses the shared slot weighs as much as ten repeated departments.
"""

from __future__ import annotations

import contextlib
import json
import sys
from importlib import import_module
from importlib.metadata import version
from time import perf_counter

SHARE_WEIGHT, DIFFER_WEIGHT = 10, 1


def main() -> None:
    """Read a task from standard input and write groups and seconds to standard output."""
    asked = json.load(sys.stdin)
    pandas = import_module("pandas")
    teams = import_module("team_formation.team_assignment")
    people = pandas.DataFrame(
        {
            "free": [[f"t{slot:02d}" for slot in free] for free in asked["free"]],
            "department": [f"d{number:02d}" for number in asked["departments"]],
        }
    )
    wishes = pandas.DataFrame(
        columns=["attribute", "type", "weight"],
        data=[["free", "cluster", SHARE_WEIGHT], ["department", "different", DIFFER_WEIGHT]],
    )
    began = perf_counter()
    # Whatever the package prints is not part of the answer.
    with contextlib.redirect_stdout(sys.stderr):
        assignment = teams.TeamAssignment(people, wishes, asked["size"])
        built = perf_counter() - began
        assignment.solve(max_time_in_seconds=asked["time_limit"])
    seconds = perf_counter() - began
    groups: dict[int, list[int]] = {}
    if assignment.solution_found:
        for person, team in enumerate(assignment.participants["team_num"].tolist()):
            groups.setdefault(int(team), []).append(person)
    answer = {
        "groups": list(groups.values()),
        "seconds": seconds,
        "building": built,
        "version": version("team-formation"),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
