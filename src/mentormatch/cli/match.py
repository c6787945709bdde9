"""Match a round."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.exit_codes import ExitCode, code_of
from mentormatch.cli.explaining import Language, coordinator_page, locale_of, page_beside
from mentormatch.cli.infeasible_view import infeasible_view
from mentormatch.cli.options import Force, ProblemSource, Seed, TimeLimit
from mentormatch.cli.round_folder import RoundFolder
from mentormatch.cli.solving import solve, why_infeasible
from mentormatch.cli.streams import (
    STANDARD,
    check_targets,
    is_standard,
    read_problem,
    write_result,
)
from mentormatch.cli.terminal import console_on
from mentormatch.cli.view import matching_view

Target = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Where the results go. Of a folder of tables: a folder for all of them, by default "
        "'out' inside it; or the matching alone to a file that ends in .json, or to - for "
        "standard output. Of a JSON problem: a file or -.",
        show_default=False,
    ),
]
ReportTarget = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write a report as a web page as well."),
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Write a page for the coordinator alone beside the report: who is left out and why, "
        "and what holds the round back. It is searched for after the match.",
    ),
]
Templates = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Own templates for the texts to groups and people.", show_default=False
    ),
]


def run(
    problem: ProblemSource,
    output: Target = None,
    report: ReportTarget = None,
    explain: Explain = False,
    language: Language = "en",
    templates: Templates = None,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    force: Force = False,
) -> ExitCode:
    """Form the groups of a round and prove how good they are.

    From a folder of tables, a folder of results is made: the matching, a report, rosters for
    spreadsheets, a calendar for each group, and a text for each group and person. From a JSON
    problem, the matching goes to standard output as JSON, unless a file is named.

    The words are those of explanations; reports are in English.
    """
    locale = locale_of(language)
    folder = None
    if _is_folder(problem) and not _names_a_document(output):
        folder = RoundFolder(Path(problem), output, templates, force=force)
        check_targets(report, force=force)
        beside = None
    else:
        beside = page_beside(report) if explain else None
        check_targets(STANDARD if is_standard(output) else output, report, beside, force=force)
    asked = read_problem(problem)
    if folder is not None:
        folder.check(asked)
    matching = solve(asked, time_limit=time_limit, seed=seed)
    if folder is not None:
        matching = folder.named(matching)
    if folder is None:
        write_result(matching.to_json() + "\n", output, force=force)
    page = None
    if explain and matching.groups:
        page = coordinator_page(asked, matching, locale, time_limit=time_limit, seed=seed)
    if folder is not None:
        folder.write(asked, matching, page)
    if report is not None:
        from mentormatch.exporters.report import render_report

        write_result(render_report(asked, matching), report, force=force)
    if page is not None and beside is not None:
        write_result(page, beside, force=force)
    taken = report == STANDARD or (folder is None and is_standard(output))
    console = console_on(sys.stderr if taken else sys.stdout)
    console.print(matching_view(asked, matching, width=console.width))
    if matching.status == "INFEASIBLE":
        found = why_infeasible(asked, time_limit=time_limit, seed=seed)
        if found is not None:
            console.print(infeasible_view(asked, found, locale))
    if folder is not None:
        folder.tell()
    return code_of(matching)


def _is_folder(source: str) -> bool:
    return source != STANDARD and Path(source).is_dir()


def _names_a_document(output: str | None) -> bool:
    return output is not None and (output == STANDARD or output.lower().endswith(".json"))
