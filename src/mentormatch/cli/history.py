"""The versions of a round: list them, compare two, go back to one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with, current
from mentormatch.cli.guard import UsageError
from mentormatch.cli.known_groups import hand_out_change
from mentormatch.cli.options import Force
from mentormatch.cli.results_folder import DEFAULT, ResultsFolder, Wishes
from mentormatch.cli.terminal import console_on
from mentormatch.exit_codes import ExitCode

RoundDir = Annotated[
    Path, typer.Argument(metavar="ROUND", help="Folder of a round's tables.", exists=True)
]
Number = Annotated[int, typer.Argument(min=1, help="Number of a version.")]


def history(folder: RoundDir) -> ExitCode:
    """List the versions of a round that were published."""
    from mentormatch.replan import History

    console = console_on(sys.stdout)
    versions = History(folder).versions()
    if current().wanted:
        from mentormatch.cli.documents import PublishedVersion, Versions

        answer_with(
            Versions(
                versions=tuple(
                    PublishedVersion(
                        number=one.number,
                        published=one.published,
                        why=one.why,
                        placed=one.matching.placed,
                    )
                    for one in versions
                )
            )
        )
    for version in versions:
        when = version.published.strftime("%Y-%m-%d %H:%M UTC")
        placed = version.matching.placed
        console.print(
            f"{version.number:>4}  {when}  {placed} students with a group  {version.why}",
            highlight=False,
            markup=False,
        )
    if not versions:
        console.print("No version has been published yet.")
    return ExitCode.DONE


def diff(folder: RoundDir, before: Number, after: Number) -> ExitCode:
    """Say who was moved from where to where between two versions, and what had happened."""
    from mentormatch.replan import History, changes_between, events_between

    kept = History(folder)
    old, new = kept.version(before), kept.version(after)
    console = console_on(sys.stdout)
    events = events_between(old.problem, new.problem, old.matching)
    lines = [f"Version {old.number} to {new.number}: {new.why}", "What happened:"]
    lines += [f"  {event}" for event in events] or ["  nothing"]
    lines += ["What changed:"]
    changes = changes_between(new.problem, old.matching, new.matching)
    if current().wanted:
        from mentormatch.cli.documents import VersionDifference

        answer_with(
            VersionDifference(
                before=old.number,
                after=new.number,
                happened=tuple(map(str, events)),
                changes=changes,
            )
        )
    lines += [f"  {line}" for line in str(changes).splitlines()]
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)
    return ExitCode.DONE


def undo(
    folder: RoundDir,
    to: Annotated[
        int | None,
        typer.Option(min=1, help="Version to go back to; by default the one before the latest."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the results."),
    ] = None,
    force: Force = False,
) -> ExitCode:
    """Publish an earlier version again: its groups are handed out, as a new version.

    The sign-ups stay as they are; the problem is that of the earlier version.
    """
    from mentormatch.replan import History, changes_between

    kept = History(folder)
    versions = kept.versions()
    if to is None and len(versions) < 2:
        raise UsageError("There is no version before the latest.")
    back = kept.version(versions[-2].number if to is None else to)
    place = str(folder / DEFAULT) if output is None else output
    results = ResultsFolder(place, str(folder), Wishes(), force=force)
    problem, matching = back.problem, back.matching
    changes = changes_between(problem, versions[-1].matching, matching)
    hand_out_change(
        results,
        problem,
        matching,
        changes,
        f"went back to version {back.number}",
        earlier=versions[-1].problem,
    )
    if current().wanted:
        from mentormatch.cli.documents import HandedOut

        answer_with(HandedOut(folder=place), problem=problem.fingerprint)
    return ExitCode.DONE
