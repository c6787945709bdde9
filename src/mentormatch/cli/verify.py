"""Check a matching against its problem."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.text import Text

from mentormatch.cli.exit_codes import ExitCode
from mentormatch.cli.guard import UsageError
from mentormatch.cli.options import ProblemSource
from mentormatch.cli.streams import STANDARD, read_matching, read_problem
from mentormatch.cli.terminal import console_on
from mentormatch.evaluate.verify import verify
from mentormatch.exporters.report.wording import visible

MatchingSource = Annotated[
    str,
    typer.Argument(
        metavar="MATCHING",
        help="A JSON file, a roster (.csv or .xlsx), or - for standard input.",
        show_default=False,
    ),
]


def run(problem: ProblemSource, matching: MatchingSource) -> ExitCode:
    """Check a matching, found or made by hand, against every hard rule; no solver is used."""
    if problem == STANDARD and matching == STANDARD:
        raise UsageError("Only one of the two can come from standard input.")
    asked = read_problem(problem)
    report = verify(asked, read_matching(matching, asked))
    style = "green" if report.ok else "red"
    console_on(sys.stdout).print(Text(visible(str(report)), style=style), soft_wrap=True)
    return ExitCode.SOLVED if report.ok else ExitCode.BREACHES_FOUND
