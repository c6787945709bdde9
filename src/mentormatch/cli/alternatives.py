"""Find matchings as good as one at hand that differ from it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with, listener
from mentormatch.cli.comparison_view import alternatives_view
from mentormatch.cli.explaining import AsJson, Language, locale_of, read_both
from mentormatch.cli.options import Force, ProblemSource, Seed, TimeLimit
from mentormatch.cli.streams import check_targets, write_result
from mentormatch.cli.terminal import console_on, others_silenced
from mentormatch.cli.verify import MatchingSource
from mentormatch.exit_codes import ExitCode

Count = Annotated[int, typer.Option(min=1, max=20, help="How many to look for.")]
Held = Annotated[
    int | None,
    typer.Option(
        metavar="TIER",
        help="The last tier in which none may be worse; by default all tiers are held, or none "
        "with --give.",
        show_default=False,
    ),
]
Give = Annotated[
    int | None,
    typer.Option(
        min=0,
        metavar="COST",
        help="Most by which a tier that is not held may cost more than now.",
        show_default=False,
    ),
]

Folder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for the matchings, one file each, so that one can be chosen and used.",
        show_default=False,
    ),
]


def run(
    source: ProblemSource,
    matching: MatchingSource,
    count: Count = 3,
    held: Held = None,
    give: Give = None,
    output: Folder = None,
    language: Language = "en",
    json: AsJson = False,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    force: Force = False,
) -> ExitCode:
    """Find matchings as good as this one that seat people with as many others as possible."""
    from mentormatch.whatif import alternatives

    locale = locale_of(language)
    targets = (
        [str(output / f"alternative-{at}.json") for at in range(1, count + 1)] if output else []
    )
    if output is not None and output.exists():
        if not output.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(output))
        check_targets(*targets, force=force)
    problem, first = read_both(source, matching)
    with others_silenced():
        found = alternatives(
            problem,
            first,
            count=count,
            held=held,
            give=give,
            time_limit=time_limit,
            seed=seed,
            progress=listener(),
        )
    answer_with(found, problem=problem.fingerprint)
    if output is not None and found.alternatives:
        output.mkdir(parents=True, exist_ok=True)
        for each, target in zip(found.alternatives, targets, strict=False):
            write_result(each.matching.to_json() + "\n", target, force=force)
    if json:
        write_result(found.to_json() + "\n", None, force=False)
    else:
        console_on(sys.stdout).print(alternatives_view(problem, found, locale))
    return ExitCode.DONE
