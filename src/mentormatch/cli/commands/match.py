"""Match a round."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mentormatch.cli.exit_codes import ExitCode, code_of
from mentormatch.cli.options import Force, Output, ProblemSource, Seed, TimeLimit
from mentormatch.cli.solving import solve
from mentormatch.cli.streams import check_targets, is_standard, read_problem, write_result
from mentormatch.cli.terminal import console_on
from mentormatch.cli.view import matching_view

ReportTarget = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write a report as a web page as well."),
]


def run(
    problem: ProblemSource,
    output: Output = None,
    report: ReportTarget = None,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    force: Force = False,
) -> ExitCode:
    """Form the groups of a round and prove how good they are.

    The matching goes to standard output as JSON, unless a file is named.
    """
    data_target = "-" if is_standard(output) else output
    check_targets(data_target, report, force=force)
    asked = read_problem(problem)
    matching = solve(asked, time_limit=time_limit, seed=seed)
    write_result(matching.to_json() + "\n", output, force=force)
    if report is not None:
        from mentormatch.report import render_report

        write_result(render_report(asked, matching), report, force=force)
    taken = is_standard(output) or report == "-"
    console = console_on(sys.stderr if taken else sys.stdout)
    console.print(matching_view(asked, matching, width=console.width))
    return code_of(matching)
