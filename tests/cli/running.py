"""The command line, run inside the test or as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from mentormatch.cli.app import app
from mentormatch.data.problem import Problem
from mentormatch.rules import PlaceEveryone
from tests.support.build import mentors, problem, student, students

PROGRAM = (sys.executable, "-m", "mentormatch")


def small() -> Problem:
    """Return a problem that is solved at once: four students, two mentors, two slots."""
    return problem(students("ada bo cy di"), mentors("mia noa"), size=(2, 4))


def impossible() -> Problem:
    """Return a problem with no matching: everybody must have a place, and one cannot."""
    people = (*students("ada bo cy"), student("di", "wed-15"))
    rule = PlaceEveryone(tier="hard")
    return problem(people, mentors("mia"), "tue-15 wed-15", rule, size=(2, 4))


def written(folder: Path, asked: Problem) -> str:
    """Write a problem to a file of the folder and return the file's name."""
    path = folder / "problem.json"
    path.write_text(asked.to_json(), encoding="utf-8")
    return str(path)


def invoke(*arguments: str, given: bytes | None = None) -> Result:
    """Run the command line inside the test."""
    return CliRunner().invoke(app, arguments, input=given)


def environment(**variables: str) -> dict[str, str]:
    """Return the test's environment without what decides on colour, and with these variables."""
    deciding = {"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "TTY_COMPATIBLE"}
    kept = {name: value for name, value in os.environ.items() if name not in deciding}
    return {**kept, **variables}


def process(
    *arguments: str, given: bytes | None = None, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own."""
    return subprocess.run(
        (*PROGRAM, *arguments),
        input=given,
        capture_output=True,
        env=environment(**variables),
        check=False,
        timeout=120,
    )
