"""Match a round."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with, current
from mentormatch.cli.explaining import Language, coordinator_page, locale_of, page_beside
from mentormatch.cli.guard import UsageError
from mentormatch.cli.infeasible_view import infeasible_view
from mentormatch.cli.options import Force, ProblemSource, Quiet, Seed, TimeLimit, finite
from mentormatch.cli.results_folder import (
    GroupList,
    Organizer,
    ResultsFolder,
    Templates,
    Wishes,
    results_folder,
)
from mentormatch.cli.solving import solve, why_infeasible
from mentormatch.cli.streams import (
    STANDARD,
    check_targets,
    is_standard,
    read_problem,
    write_result,
)
from mentormatch.cli.terminal import console_beside, console_on
from mentormatch.cli.view import matching_view
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode, code_of
from mentormatch.messages.catalogue import Locale

Target = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Where the results go: a folder for all of them, or the matching alone to a file that "
        "ends in .json (or is there already), or to - for standard output. By default 'out' inside "
        "a folder of tables, and standard output for a JSON problem.",
        show_default=False,
    ),
]
ReportTarget = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write a report as a web page as well."),
]
Why = Annotated[
    bool,
    typer.Option(
        "--why", help="With --format json: of a round without any matching, find out why as well."
    ),
]
WhyLimit = Annotated[
    float,
    typer.Option(
        min=0.1, callback=finite, metavar="SECONDS", help="How long to look for that at most."
    ),
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Write a page for the coordinator alone beside the report: who is left out and why, "
        "and what holds the round back. It is searched for after the match.",
    ),
]


def run(
    source: ProblemSource,
    output: Target = None,
    report: ReportTarget = None,
    explain: Explain = False,
    language: Language = "en",
    templates: Templates = None,
    groups: GroupList = None,
    organizer: Organizer = None,
    quiet: Quiet = False,
    why: Why = False,
    why_limit: WhyLimit = 20.0,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    force: Force = False,
) -> ExitCode:
    """Form the groups of a round and prove how good they are.

    A folder of results holds the matching, a report, rosters for spreadsheets, a calendar for
    each group, and a text for each group and person. It is made from a folder of tables, and from
    a JSON problem where one is named with --output.

    The words are those of explanations; reports are in English.
    """
    locale = locale_of(language)
    folder = None
    wishes = Wishes(templates, groups, organizer)
    place = results_folder(source, output)
    if place is not None:
        folder = ResultsFolder(place, source, wishes, force=force)
        if report is not None and report != STANDARD and _lies_in(report, place):
            raise UsageError("The report lies in the folder of the results, which has its own.")
        check_targets(report, force=force)
        beside = None
    else:
        wishes.refuse()
        beside = page_beside(report) if explain else None
        check_targets(STANDARD if is_standard(output) else output, report, beside, force=force)
    problem = read_problem(source, tell_leavers=not quiet)
    if folder is not None:
        folder.check(problem)
    matching = solve(problem, time_limit=time_limit, seed=seed)
    if folder is not None:
        matching = folder.named(matching)
    if current().wanted:
        found = None
        if why and matching.status == "INFEASIBLE":
            found = why_infeasible(problem, time_limit=why_limit, seed=seed)
        answer_with(matching, problem=problem.fingerprint, why=found)
    if folder is None:
        write_result(matching.to_json() + "\n", output, force=force)
    page = None
    if explain and matching.groups:
        page = coordinator_page(problem, matching, locale, time_limit=time_limit, seed=seed)
    if folder is not None:
        folder.write(problem, matching, page)
    if report is not None:
        from mentormatch.exporters.report import render_report

        details = folder.details if folder is not None else {}
        write_result(render_report(problem, matching, details), report, force=force)
    if page is not None and beside is not None:
        write_result(page, beside, force=force)
    taken = report == STANDARD or (folder is None and is_standard(output))
    if not quiet and not current().wanted:
        _show(problem, matching, locale, taken=taken, time_limit=time_limit, seed=seed)
    if not quiet and folder is not None:
        folder.tell()
    return code_of(matching)


def _lies_in(file: str, folder: str) -> bool:
    path, around = Path(file).resolve(), Path(folder).resolve()
    return path == around or around in path.parents


def _show(
    problem: Problem,
    matching: Matching,
    locale: Locale,
    *,
    taken: bool,
    time_limit: float,
    seed: int,
) -> None:
    """Show the matching where it is watched; an error stream that is not says no names."""
    console = console_beside(taken=taken)
    if console is None:
        console = console_on(sys.stderr)
        console.print(matching_view(problem, matching, width=console.width, people=False))
        return
    console.print(matching_view(problem, matching, width=console.width))
    if matching.status == "INFEASIBLE":
        found = why_infeasible(problem, time_limit=time_limit, seed=seed)
        if found is not None:
            console.print(infeasible_view(problem, found, locale))
