"""Open the page on which a coordinator works."""

from __future__ import annotations

import secrets
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Annotated

import typer

from mentormatch.cli.guard import UsageError
from mentormatch.cli.results_folder import DEFAULT, ResultsFolder, Wishes
from mentormatch.cli.streams import read_matching, read_problem
from mentormatch.cli.terminal import say
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import MissingExtraError
from mentormatch.exit_codes import ExitCode

if TYPE_CHECKING:
    from mentormatch.desk import Session

INSTALL = 'the desk needs packages: pip install "mentormatch[cli,serve]"'
OPEN_AFTER = 0.8
"""Seconds until the browser is opened, when the desk listens."""


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="ROUND_DIR", help="Folder of sign-ups with their results.")
    ],
    matching: Annotated[
        str | None,
        typer.Option(
            metavar="MATCHING",
            help="The groups to begin with; by default the latest version, or those in 'out'.",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen on this machine; 0: any.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")
    ] = True,
) -> ExitCode:
    """Work on the groups of a round by hand, in the browser, on this machine alone.

    Shows where everybody fits and what each move costs, has the rest solved, and hands out.
    Every change is kept in 'desk' beside the sign-ups, which are never written to.
    """
    try:
        from mentormatch.desk.http import Desk
        from mentormatch.desk.running import free_port, serve_desk
    except ModuleNotFoundError as error:
        raise MissingExtraError(INSTALL) from error
    from mentormatch.desk import Session

    if not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is no folder of sign-ups.")
    problem = read_problem(str(folder))
    results = ResultsFolder(str(folder / DEFAULT), str(folder), Wishes(), force=False)
    begun = _begun(folder, problem, matching)
    session = Session(folder, problem, begun, results.details)
    token = secrets.token_urlsafe(24)
    chosen = port or free_port()
    address = f"http://127.0.0.1:{chosen}/desk/enter?token={token}"
    say(f"The desk is open at {address}")
    say("Press Ctrl-C to close it; everything is saved.")
    if browser:
        Timer(OPEN_AFTER, webbrowser.open, [address]).start()
    try:
        desk = Desk(session, lambda one: _hand_out(folder, one))
        serve_desk(desk, folder, chosen, token)
    finally:
        session.close()
    return ExitCode.DONE


def _begun(folder: Path, problem: Problem, stated: str | None) -> Matching:
    from mentormatch.replan.history import History

    if stated is not None:
        return read_matching(stated, problem)
    latest = History(folder).latest()
    if latest is not None:
        return latest.matching
    known = folder / DEFAULT / "matching.json"
    if known.is_file():
        return read_matching(str(known), problem)
    raise UsageError(
        f"There are no groups yet; make them with `mentormatch match {folder}`, or name some "
        "with --matching."
    )


def _hand_out(folder: Path, session: Session) -> Sequence[str]:
    """Write the folder of results of what is on the desk, with texts for those concerned."""
    from mentormatch.cli.handing_out import complete
    from mentormatch.evaluate.verify import verify
    from mentormatch.exporters.change_texts import change_texts
    from mentormatch.replan.changes import changes_between

    state = session.state
    place = str(folder / DEFAULT)
    results = ResultsFolder(place, str(folder), Wishes(), force=True)
    results.details = {**results.details, **state.details}
    report = verify(state.problem, state.matching)
    found = complete(state.problem, state.matching, report, session.begun)
    changes = changes_between(state.problem, session.start.matching, found)
    texts = change_texts(state.problem, found, changes, templates=None, details=results.details)
    extra = {f"changes/{name}": text.encode() for name, text in texts.items()}
    results.write(state.problem, found, extra=extra, why="handed out from the desk")
    told = list(results.news)
    if state.events:
        told.append("The sign-ups do not say this yet; write it into the sheets as well:")
        told += [f"  {event}" for event in state.events]
    return told
