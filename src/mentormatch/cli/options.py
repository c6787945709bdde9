"""Options that several commands share."""

from __future__ import annotations

import math
from typing import Annotated

import typer

MAX_SEED = 2**31 - 1
"""Largest seed that every solver takes."""


def finite(seconds: float) -> float:
    """Refuse the numbers that no clock shows."""
    if not math.isfinite(seconds):
        raise typer.BadParameter("is not a number of seconds")
    return seconds


Force = Annotated[bool, typer.Option("--force", help="Replace files that are there already.")]
Mentors = Annotated[
    int | None,
    typer.Option(
        min=0,
        help="How many mentors to make up; by default as many as so many students usually have.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where to write it; - is standard output."),
]
ProblemSource = Annotated[
    str,
    typer.Argument(
        metavar="PROBLEM",
        help="A JSON file, a folder with students.csv, mentors.csv and programme.toml, or - for "
        "standard input.",
        show_default=False,
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Show nothing but the result; errors are shown.")
]
Seed = Annotated[
    int, typer.Option(min=0, max=MAX_SEED, help="The same seed gives the same result.")
]
Students = Annotated[int, typer.Option(min=1, help="How many students to make up.")]
TimeLimit = Annotated[
    float,
    typer.Option(
        min=0.1, callback=finite, metavar="SECONDS", help="When to stop with the best so far."
    ),
]
