"""Match a round again after something happened, changing the least."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args
from zoneinfo import ZoneInfo

import typer

from mentormatch.cli.answering import answer_with, listener
from mentormatch.cli.guard import UsageError
from mentormatch.cli.known_groups import Previous, hand_out_change, history_of, known_groups
from mentormatch.cli.options import Force, ProblemSource, Seed, TimeLimit
from mentormatch.cli.results_folder import DEFAULT, ResultsFolder, Templates, Wishes
from mentormatch.cli.stated_events import File as EventsFile
from mentormatch.cli.stated_events import Stated, stated_events
from mentormatch.cli.streams import (
    check_targets,
    read_problem,
    write_result,
)
from mentormatch.cli.terminal import console_on, others_silenced, say
from mentormatch.data.documents import JsonDocument, as_json
from mentormatch.errors import nearest
from mentormatch.exit_codes import ExitCode, code_of

if TYPE_CHECKING:
    from mentormatch.data.problem import Problem
    from mentormatch.replan import AnyEvent, Frontier, FrontierRow, Policy, Replan

DEFAULT_MEASURES = "places,times,mentors,newcomers,companions"

Target = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Of a folder of tables: the folder of results, by default 'out' inside it. Of a JSON "
        "problem: a file for the new matching, or -.",
        show_default=False,
    ),
]
Order = Annotated[
    str,
    typer.Option(
        metavar="MEASURES",
        help="What is avoided before what, with commas: places, times, moves, mentors, newcomers, "
        "companions.",
    ),
]
Freeze = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="Somebody who must not be moved; may be repeated."),
]
MayMove = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="Only these may be moved; may be repeated."),
]
MostMoved = Annotated[int | None, typer.Option(min=0, help="Most students moved to another group.")]
Now = Annotated[
    datetime | None,
    typer.Option(
        help="The present moment, by the term's clock; meetings before it are past and stay "
        "they were."
    ),
]
Choices = Annotated[
    bool,
    typer.Option(
        "--frontier", help="Show what moving 0, 1, 2, ... people would gain, and change nothing."
    ),
]
Plot = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw the frontier here, as SVG.", show_default=False),
]
Row = Annotated[
    int | None, typer.Option(min=0, help="Take the row of the frontier with this many moved.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def run(
    source: ProblemSource,
    previous: Previous = None,
    event: Stated = None,
    events: EventsFile = None,
    output: Target = None,
    order: Order = DEFAULT_MEASURES,
    freeze: Freeze = None,
    may_move: MayMove = None,
    most_moved: MostMoved = None,
    now: Now = None,
    frontier: Choices = False,
    row: Row = None,
    plot: Plot = None,
    dry_run: DryRun = False,
    json: AsJson = False,
    templates: Templates = None,
    time_limit: TimeLimit = 60.0,
    seed: Seed = 0,
    force: Force = False,
) -> ExitCode:
    """Match a round again after something happened, so that the least changes.

    What happened is worked out from the sign-ups as they were when the round was published, and
    what is not in the sign-ups can be stated as events. Of a folder of tables the results are
    replaced, only those concerned get a text in 'changes', and the version is kept.
    """
    from mentormatch.exporters import frontier_plot
    from mentormatch.replan import apply_events, events_between
    from mentormatch.replan import frontier as frontier_of
    from mentormatch.replan import replan as replan_

    path = Path(source)
    folder = path if path.is_dir() else None
    history = history_of(source)
    happened = stated_events(event, events)
    if plot is not None and not (frontier or row is not None):
        raise UsageError("--plot draws the frontier; it goes with --frontier.")
    results = None
    if folder is not None and not (dry_run or frontier):
        place = str(folder / DEFAULT) if output is None else output
        results = ResultsFolder(place, source, Wishes(templates), force=force)
    elif folder is None and not (dry_run or frontier):
        check_targets(output, force=force)
    problem = read_problem(source)
    latest = history.latest() if history else None
    before = known_groups(previous, source, problem)
    if latest is not None and not json:
        told = events_between(latest.problem, problem, before)
        _tell(f"What happened since version {latest.number}:", told)
    if happened is not None and not json:
        _tell("What was stated besides:", happened)
    moment = _moment(now, problem)
    used = history.used_ids() if history else ()
    changed = problem if happened is None else apply_events(problem, before, happened).problem
    found: Replan | FrontierRow
    if frontier or row is not None:
        with others_silenced():
            rows = frontier_of(
                problem,
                before,
                events=happened,
                now=moment,
                used_ids=used,
                frozen=tuple(freeze or ()),
                time_limit=time_limit,
                seed=seed,
                progress=listener(),
            )
        if plot is not None:
            write_result(frontier_plot(rows), str(plot), force=force)
        if frontier:
            answer_with(rows, problem=changed.fingerprint)
            write_result((rows.to_json() if json else str(rows)) + "\n", None, force=False)
            return ExitCode.DONE
        found = _chosen(rows, row)
    else:
        with others_silenced():
            found = replan_(
                problem,
                before,
                events=happened,
                policy=_policy(order, freeze, may_move, most_moved),
                now=moment,
                used_ids=used,
                time_limit=time_limit,
                seed=seed,
                progress=listener(),
            )
    answer_with(_document_of(found), problem=changed.fingerprint)
    if json:
        write_result(as_json(found.model_dump(mode="json"), 2) + "\n", None, force=False)
    else:
        console_on(sys.stdout).print(str(found), highlight=False, markup=False, soft_wrap=True)
    if found.matching.groups and not dry_run:
        if results is not None:
            why = _why(found)
            hand_out_change(
                results,
                changed,
                found.matching,
                found.changes,
                why,
                earlier=problem if latest is None else latest.problem,
                templates=templates,
            )
        elif output is not None:
            write_result(found.matching.to_json() + "\n", output, force=force)
        if folder is not None and happened:
            _tell(
                "The tables do not say this yet; change them, or state it again next time:",
                happened,
            )
    return code_of(found.matching)


def _moment(now: datetime | None, problem: Problem) -> datetime | None:
    """Return a moment that states no zone by the term's clock."""
    if now is None or now.tzinfo is not None:
        return now
    return now.replace(tzinfo=ZoneInfo(problem.term.zone))


def _document_of(found: Replan | FrontierRow) -> JsonDocument:
    """Return what is answered to other programs: of a row of the frontier its matching."""
    return found if isinstance(found, JsonDocument) else found.matching


def _tell(heading: str, events: Sequence[AnyEvent]) -> None:
    say(heading)
    say("\n".join(f"  {event}" for event in events) or "  nothing")


def _chosen(rows: Frontier, row: int | None) -> FrontierRow:
    """Return the row of the frontier in which so many are moved."""
    known = {len(each.moved): each for each in rows.rows}
    if row not in known:
        listed = ", ".join(map(str, known)) or "none"
        raise UsageError(f"The frontier has no row {row}; it has {listed}.")
    return known[row]


def _why(found: Replan | FrontierRow) -> str:
    concerned = len(found.changes.concerned)
    return f"matched again: {concerned} people concerned, {len(found.changes.moved)} moved"


def _policy(
    order: str, freeze: list[str] | None, may_move: list[str] | None, most_moved: int | None
) -> Policy:
    from mentormatch.replan.policy import Measure, Policy

    measures: tuple[Measure, ...] = get_args(Measure)
    chosen: list[Measure] = []
    for name in filter(None, (each.strip() for each in order.split(","))):
        found = next((measure for measure in measures if measure == name), None)
        if found is None:
            near = nearest(name, measures)
            hint = f" (did you mean {near}?)" if near else ""
            raise UsageError(f"--order has {name!r}, which is no measure{hint}.")
        chosen.append(found)
    return Policy(
        order=tuple(chosen),
        frozen=tuple(freeze or ()),
        may_move=None if may_move is None else tuple(may_move),
        most_moved=most_moved,
    )
