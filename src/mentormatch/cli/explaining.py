"""What the commands that explain have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.guard import UsageError
from mentormatch.cli.streams import STANDARD, read_matching, read_problem
from mentormatch.cli.terminal import others_silenced, say
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InternalError
from mentormatch.explain import (
    Locale,
)
from mentormatch.messages.catalogue import LOCALES

AsJson = Annotated[bool, typer.Option("--json", help="Write a JSON document instead of a table.")]
PageTarget = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write it as a page for the coordinator too."),
]
Language = Annotated[
    str, typer.Option(metavar="LANGUAGE", help="Language of the words: en, fi or sv.")
]


NOT_FOR_HANDING_OUT = "coordinator-only.html"
"""File of the coordinator's page; its name says that it is not for handing out."""

EXPLAINING = 20.0
"""Seconds at most for each explanation that comes with a matching."""


def locale_of(language: str) -> Locale:
    """Return the language of the words, or refuse one that there is not."""
    for locale in LOCALES:
        if language == locale:
            return locale
    raise UsageError(f"There are no words in {language!r}; choose one of {', '.join(LOCALES)}.")


def read_both(source: str, matching: str) -> tuple[Problem, Matching]:
    """Read a problem and a matching of it, one of them perhaps from standard input."""
    if source == STANDARD and matching == STANDARD:
        raise UsageError("Only one of the two can come from standard input.")
    problem = read_problem(source)
    return problem, read_matching(matching, problem)


def page_beside(report: str | None) -> str:
    """Return the file of the coordinator's page that goes with a report's file."""
    if report is None or report == STANDARD:
        raise UsageError(
            "--explain writes a page beside the report; name the report's file with --report."
        )
    path = Path(report)
    return str(path.with_name(f"{path.stem}-{NOT_FOR_HANDING_OUT}"))


def coordinator_page(
    problem: Problem, matching: Matching, locale: Locale, *, time_limit: float, seed: int
) -> str | None:
    """Return the page of a matching's explanations: who is left out, and what holds it back.

    None if the search for them was interrupted or failed, which is said: the matching is worth
    more than the page, and must not be lost with it.
    """
    from mentormatch.explain import (
        bottlenecks,
        explain_left_out,
    )
    from mentormatch.exporters.report.explanation import render_explanation

    seconds = min(time_limit, EXPLAINING)
    try:
        with others_silenced():
            left_out = explain_left_out(problem, matching, time_limit=seconds, seed=seed)
            held = bottlenecks(problem, matching, time_limit=seconds, seed=seed)
    except (KeyboardInterrupt, MemoryError, InternalError) as error:
        say(f"The page of explanations was not written ({type(error).__name__}).")
        return None
    return render_explanation(problem, left_out, held, locale=locale)
