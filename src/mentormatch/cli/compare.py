"""Set variants of a round side by side."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with, listener
from mentormatch.cli.comparison_view import comparison_view
from mentormatch.cli.explaining import AsJson, Language, locale_of
from mentormatch.cli.options import Force, ProblemSource, Seed, TimeLimit
from mentormatch.cli.streams import STANDARD, check_targets, read_problem, write_result
from mentormatch.cli.terminal import console_beside, others_silenced
from mentormatch.exit_codes import ExitCode
from mentormatch.whatif.read_variant import GRAMMAR

Variants = Annotated[
    list[str],
    typer.Argument(
        metavar="VARIANT...",
        help="What could be otherwise, with commas between changes made together: "
        + "; ".join(f"{example} ({meaning})" for example, meaning in GRAMMAR),
        show_default=False,
    ),
]
Jobs = Annotated[int, typer.Option(min=1, max=64, help="Variants solved beside each other.")]
ReportTarget = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write table and plot as a web page as well."),
]


def run(
    source: ProblemSource,
    variants: Variants,
    report: ReportTarget = None,
    jobs: Jobs = 1,
    language: Language = "en",
    json: AsJson = False,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    force: Force = False,
) -> ExitCode:
    """Match a round as it is and in variants, and compare what can be reached.

    The time limit holds for each of them.
    """
    from mentormatch.whatif import (
        compare,
        read_variant,
    )

    locale = locale_of(language)
    check_targets(STANDARD if json else None, report, force=force)
    problem = read_problem(source)
    read = [read_variant(problem, text) for text in variants]
    with others_silenced():
        if jobs > 1:
            with ProcessPoolExecutor(jobs) as executor:
                table = compare(
                    problem,
                    read,
                    time_limit=time_limit,
                    seed=seed,
                    executor=executor,
                    progress=listener(),
                )
        else:
            table = compare(problem, read, time_limit=time_limit, seed=seed, progress=listener())
    answer_with(table, problem=problem.fingerprint)
    if report is not None:
        from mentormatch.exporters.report.comparison import render_comparison

        write_result(render_comparison(table, problem, locale), report, force=force)
    if json:
        write_result(table.to_json() + "\n", None, force=False)
    else:
        console = console_beside(taken=report == STANDARD)
        if console is not None:
            console.print(comparison_view(problem, table, locale))
    return ExitCode.DONE
