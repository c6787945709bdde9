"""Show what it does, on a made-up round."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with
from mentormatch.cli.options import Force, Mentors, Seed, Students, TimeLimit
from mentormatch.cli.solving import solve
from mentormatch.cli.streams import check_targets, write_result
from mentormatch.cli.terminal import console_on, say
from mentormatch.cli.view import matching_view
from mentormatch.exit_codes import ExitCode, code_of

REPORT = "mentormatch-demo.html"
"""The demo's own report, which the next demo replaces."""

ReportTarget = Annotated[
    str, typer.Option("--report", metavar="FILE", help="Where the report goes.")
]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Show the report in a browser.")]


def run(
    students: Students = 40,
    mentors: Mentors = None,
    seed: Seed = 0,
    report: ReportTarget = REPORT,
    time_limit: TimeLimit = 60.0,
    show: Open = False,
    force: Force = False,
) -> ExitCode:
    """Make up a round, match it, show the groups and write a report as a web page."""
    replace = force or report == REPORT
    check_targets(report, force=replace)
    from mentormatch.exporters.report import render_report
    from mentormatch.synthetic import generate

    problem = generate(students=students, mentors=mentors, seed=seed)
    matching = solve(problem, time_limit=time_limit, seed=seed)
    answer_with(matching, problem=problem.fingerprint)
    write_result(render_report(problem, matching), report, force=replace)
    console = console_on(sys.stderr if report == "-" else sys.stdout)
    console.print(matching_view(problem, matching, width=console.width))
    if report != "-":
        say(f"\nThe report is in {report}")
        if show:
            webbrowser.open(Path(report).resolve().as_uri())
    return code_of(matching)
