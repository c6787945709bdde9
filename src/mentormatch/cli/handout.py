"""Hand out a matching, found or changed by hand."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.text import Text

from mentormatch.cli.answering import answer_with, current
from mentormatch.cli.guard import UsageError
from mentormatch.cli.handing_out import complete
from mentormatch.cli.options import Force, ProblemSource, Quiet
from mentormatch.cli.results_folder import (
    GroupList,
    Organizer,
    ResultsFolder,
    Templates,
    Wishes,
    results_folder,
)
from mentormatch.cli.streams import STANDARD, matching_beside, read_matching, read_problem
from mentormatch.cli.terminal import console_on, say
from mentormatch.cli.verify import MatchingSource
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode
from mentormatch.text import visible

Target = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder of the results; by default 'out' inside a folder of tables.",
        show_default=False,
    ),
]
Broken = Annotated[
    bool, typer.Option("--even-if-broken", help="Hand out although hard rules are broken.")
]


def run(
    source: ProblemSource,
    matching: MatchingSource,
    output: Target = None,
    templates: Templates = None,
    groups: GroupList = None,
    organizer: Organizer = None,
    broken: Broken = False,
    quiet: Quiet = False,
    force: Force = False,
) -> ExitCode:
    """Make the folder of results of a matching, such as a roster that was changed by hand.

    It is checked first; no solver is used. Calendars that were handed out before are updated.
    """
    if source == STANDARD and matching == STANDARD:
        raise UsageError("Only one of the two can come from standard input.")
    place = results_folder(source, output)
    if place is None:
        raise UsageError("The results are a folder; name it with --output.")
    wishes = Wishes(templates, groups, organizer)
    folder = ResultsFolder(place, source, wishes, force=force, read_back=matching)
    problem = read_problem(source)
    folder.check(problem)
    before = matching_beside(matching)
    found = read_matching(matching, problem, came_from=before, details=folder.details)
    report = verify(problem, found)
    if not report.ok and not (broken and report.tiers):
        if current().wanted:
            from mentormatch.operations.documents import Verification

            answer_with(Verification.of(report), problem=problem.fingerprint)
        console_on(sys.stdout).print(Text(visible(str(report)), style="red"), soft_wrap=True)
        way = ", or give --even-if-broken" if report.tiers else ""
        say(f"Nothing was handed out: mend the matching{way}.", style="yellow")
        return ExitCode.BREACHES_FOUND
    folder.write(problem, complete(problem, found, report, before), why="handed out by hand")
    if current().wanted:
        from mentormatch.cli.documents import HandedOut

        answer_with(HandedOut(folder=place), problem=problem.fingerprint)
    if not quiet:
        folder.tell()
    return ExitCode.DONE
