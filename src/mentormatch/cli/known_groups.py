"""The groups that people know, and how a change of them is handed out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mentormatch.cli.guard import UsageError
from mentormatch.cli.results_folder import DEFAULT, ResultsFolder
from mentormatch.cli.streams import read_matching
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem

if TYPE_CHECKING:
    from mentormatch.replan import Changes, History

Previous = Annotated[
    str | None,
    typer.Option(
        metavar="MATCHING",
        help="The matching that people know, as JSON or a roster; by default the latest version "
        "of the round's folder.",
        show_default=False,
    ),
]


def history_of(source: str) -> History | None:
    """Return the versions of a folder of tables; None of anything else."""
    from mentormatch.replan import History

    return History(source) if Path(source).is_dir() else None


def known_groups(stated: str | None, source: str, problem: Problem) -> Matching:
    """Return the matching that people know: the one stated, or the latest that was handed out.

    Raises
    ------
    UsageError
        If there is none.
    """
    if stated is not None:
        return read_matching(stated, problem)
    history = history_of(source)
    latest = history.latest() if history else None
    if latest is not None:
        return latest.matching
    handed_out = Path(source) / DEFAULT / "matching.json"
    if handed_out.is_file():
        return read_matching(str(handed_out), problem)
    raise UsageError("There is no earlier matching; name one with --previous.")


def hand_out_change(
    results: ResultsFolder,
    problem: Problem,
    matching: Matching,
    changes: Changes,
    why: str,
    *,
    earlier: Problem | None = None,
    templates: Path | None = None,
) -> None:
    """Put results in place, with a text for each person whom the change concerns.

    Those who have left since are named as in the earlier problem, if there is one.
    """
    from mentormatch.exporters.change_texts import change_texts

    texts = change_texts(
        problem, matching, changes, earlier=earlier, templates=templates, details=results.details
    )
    extra = {f"changes/{name}": text.encode() for name, text in texts.items()}
    results.write(problem, matching, extra=extra, why=why)
    results.tell()
