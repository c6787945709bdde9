"""Check a matching against its problem, and against the matching that it came from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Group as Stack
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mentormatch.cli.answering import answer_with, current
from mentormatch.cli.guard import UsageError
from mentormatch.cli.options import ProblemSource
from mentormatch.cli.streams import STANDARD, matching_beside, read_matching, read_problem
from mentormatch.cli.terminal import console_on
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.findings import Report
from mentormatch.evaluate.unknown_names import gone, without_gone
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode
from mentormatch.text import counted, visible

MOST_MOVES = 40
"""Most people whose move is listed; the rest are counted."""

MatchingSource = Annotated[
    str,
    typer.Argument(
        metavar="MATCHING",
        help="A JSON file, a roster (.csv or .xlsx), or - for standard input.",
        show_default=False,
    ),
]
CameFrom = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="MATCHING",
        help="The matching in JSON that it came from, to tell what was changed and what got "
        "worse. Of a roster, by default the matching.json beside it.",
        show_default=False,
    ),
]


def run(source: ProblemSource, matching: MatchingSource, came_from: CameFrom = None) -> ExitCode:
    """Check a matching, found or made by hand, against every hard rule; no solver is used."""
    if [source, matching, came_from].count(STANDARD) > 1:
        raise UsageError("Only one of them can come from standard input.")
    problem = read_problem(source)
    before = matching_beside(matching) if came_from is None else read_matching(came_from, problem)
    found = read_matching(matching, problem, came_from=before)
    report = verify(problem, found)
    if current().wanted:
        from mentormatch.operations.documents import Verification

        answer_with(Verification.of(report), problem=problem.fingerprint)
    style = "green" if report.ok else "red"
    console = console_on(sys.stdout)
    console.print(Text(visible(str(report)), style=style), soft_wrap=True)
    if before is not None:
        console.print(_compared(problem, before, found, report), soft_wrap=True)
    elif report.tiers:
        console.print(_costs(problem, report), soft_wrap=True)
    return ExitCode.DONE if report.ok else ExitCode.BREACHES_FOUND


def _compared(problem: Problem, before: Matching, now: Matching, report: Report) -> RenderableType:
    """Return what was changed since a matching, and what each tier costs before and now."""
    left = gone(problem, before)
    before = without_gone(problem, before)
    earlier = verify(problem, before)
    if not earlier.tiers:
        return Text("The matching that it came from is of other people or times: not compared.")
    if not report.tiers:
        return Text("What each tier costs can be said when these are put right.")
    lines: list[RenderableType] = [Text("")]
    if left:
        names = ", ".join(sorted(left))
        lines.append(Text(visible(f"No longer among the people, so not compared: {names}")))
    moves = list(_moves(problem, before, now))
    if not moves:
        lines.append(Text("Nobody is in another group than in the matching that it came from."))
    else:
        lines.append(Text(f"{counted(len(moves), 'person is', 'people are')} in other groups:"))
        lines += [Text(f"  {visible(move)}") for move in moves[:MOST_MOVES]]
        if len(moves) > MOST_MOVES:
            lines.append(Text(f"  and {len(moves) - MOST_MOVES} more"))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("tier", justify="right")
    table.add_column("goal")
    for heading in ("before", "now"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for tier, cost in report.tiers.items():
        change = cost - earlier.tiers[tier]
        word = f"worse by {change}" if change > 0 else f"better by {-change}" if change else "same"
        style = "yellow" if change > 0 else "green" if change else "dim"
        name = visible(problem.tier_name(tier))
        cells = (str(tier), name, str(earlier.tiers[tier]), str(cost))
        table.add_row(*cells, Text(word, style=style))
    return Stack(*lines, Text(""), table)


def _costs(problem: Problem, report: Report) -> RenderableType:
    """Return what each tier costs, by its name."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("tier", justify="right")
    table.add_column("goal")
    table.add_column("value", justify="right")
    for tier, cost in report.tiers.items():
        table.add_row(str(tier), visible(problem.tier_name(tier)), str(cost))
    return Stack(Text(""), table)


def _moves(problem: Problem, before: Matching, now: Matching) -> Iterator[str]:
    earlier, later = _groups(before), _groups(now)
    for person in problem.round.people:
        old, new = earlier.get(person.id, ()), later.get(person.id, ())
        if sorted(old) != sorted(new):
            yield f"{person.label}: {_named(old)} -> {_named(new)}"


def _groups(matching: Matching) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in matching.groups:
        for person in (*group.students, *group.mentors):
            found[person] = (*found.get(person, ()), group.id)
    return found


def _named(groups: tuple[str, ...]) -> str:
    return ", ".join(groups) or "no group"
