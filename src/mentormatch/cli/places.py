"""Places in groups as they are: who could sit where, who is next, which groups are too small."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with, current
from mentormatch.cli.guard import UsageError
from mentormatch.cli.known_groups import Previous, hand_out_change, known_groups
from mentormatch.cli.options import Force, ProblemSource
from mentormatch.cli.results_folder import DEFAULT, ResultsFolder, Templates, Wishes
from mentormatch.cli.streams import check_targets, read_problem, write_result
from mentormatch.cli.terminal import console_on, say
from mentormatch.data.documents import JsonDocument, as_json
from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def recommend(
    source: ProblemSource,
    person: Annotated[
        str, typer.Argument(metavar="ID", help="A student or mentor, with or without a group.")
    ],
    previous: Previous = None,
    instead_of: Annotated[
        str | None,
        typer.Option(metavar="ID", help="A mentor whom the person is to replace."),
    ] = None,
    displace: Annotated[
        bool,
        typer.Option("--displace", help="Also where one student of the group goes to another."),
    ] = False,
    json: AsJson = False,
) -> ExitCode:
    """Show every group in which somebody could sit now, best first, with what it would cost."""
    from mentormatch.replan import recommend as recommend_

    problem = read_problem(source)
    groups = known_groups(previous, source, problem)
    found = recommend_(problem, groups, person, instead_of=instead_of, displace=displace)
    _show(problem, found, as_json=json)
    return ExitCode.DONE


def waiting_list(
    source: ProblemSource,
    previous: Previous = None,
    promote: Annotated[
        bool,
        typer.Option("--promote", help="Give the next place to whoever is first in line for it."),
    ] = False,
    group: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The group with the place; by default what suits best."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="With --promote: as for replan.",
            show_default=False,
        ),
    ] = None,
    json: AsJson = False,
    templates: Templates = None,
    force: Force = False,
) -> ExitCode:
    """Show who waits for a place in the stated order, and give the next place to the first."""
    from mentormatch.replan import changes_between, waiting_list
    from mentormatch.replan import promote as promote_

    if not promote and (group is not None or output is not None):
        raise UsageError("--group and --output go with --promote.")
    results = None
    if promote and Path(source).is_dir():
        place = str(Path(source) / DEFAULT) if output is None else output
        results = ResultsFolder(place, source, Wishes(templates), force=force)
    elif promote:
        check_targets(output, force=force)
    problem = read_problem(source)
    groups = known_groups(previous, source, problem)
    if not promote:
        _show(problem, waiting_list(problem, groups), as_json=json)
        return ExitCode.DONE
    found = promote_(problem, groups, group)
    if found is None:
        say("Nobody who waits fits a group as it is; `replan` may find more.")
        return ExitCode.NOTHING_FOUND
    if current().wanted:
        from mentormatch.cli.documents import PlaceGiven

        given = {name: getattr(found, name) for name in type(found).model_fields}
        answer_with(PlaceGiven(**given), problem=problem.fingerprint)
    said = f"{found.person} gets a place in {found.group}: {found.why}"
    if json:
        write_result(as_json(found.model_dump(mode="json"), 2) + "\n", None, force=False)
    else:
        console_on(sys.stdout).print(said, highlight=False, markup=False, soft_wrap=True)
    if results is not None:
        changes = changes_between(problem, groups, found.matching)
        hand_out_change(results, problem, found.matching, changes, said, templates=templates)
    elif output is not None:
        write_result(found.matching.to_json() + "\n", output, force=force)
    return ExitCode.DONE


def small_groups(
    source: ProblemSource, previous: Previous = None, json: AsJson = False
) -> ExitCode:
    """Show the groups that have become too small, with the choices and who is moved by each."""
    from mentormatch.replan import small_groups as small_groups_

    problem = read_problem(source)
    found = small_groups_(problem, known_groups(previous, source, problem))
    _show(problem, found, as_json=json)
    return ExitCode.DONE


def _show(problem: Problem, found: JsonDocument, *, as_json: bool) -> None:
    answer_with(found, problem=problem.fingerprint)
    if as_json:
        write_result(found.to_json() + "\n", None, force=False)
    else:
        console_on(sys.stdout).print(str(found), highlight=False, markup=False, soft_wrap=True)
