"""All commands of the command line, each loaded when it is called."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from mentormatch import __version__
from mentormatch.cli.answering import Answer, wants_json
from mentormatch.errors import Fault
from mentormatch.exit_codes import MEANINGS, ExitCode


class Listed(NamedTuple):
    """A command: where it is, and the first line of its help, so that the list loads none."""

    module: str
    function: str
    help: str


COMMANDS = {
    "demo": Listed(
        "demo",
        "run",
        "Make up a round, match it, show the groups and write a report as a web page.",
    ),
    "import": Listed(
        "import_",
        "run",
        "Read the sign-ups that a form exported, and report everything that is wrong with them.",
    ),
    "precheck": Listed(
        "precheck",
        "run",
        "Tell before matching what cannot be and what looks odd; no solver is used.",
    ),
    "match": Listed("match", "run", "Form the groups of a round and prove how good they are."),
    "verify": Listed(
        "verify",
        "run",
        "Check a matching, found or made by hand, against every hard rule; no solver is used.",
    ),
    "certify": Listed(
        "certify",
        "run",
        "Prove a matching's bounds in a document that mentormatch-check checks by itself.",
    ),
    "handout": Listed(
        "handout",
        "run",
        "Make the folder of results of a matching, such as a roster that was changed by hand.",
    ),
    "explain": Listed(
        "explain",
        "run",
        "Say why each student without a group has none, and the smallest change that helps.",
    ),
    "compare": Listed(
        "compare",
        "run",
        "Match a round as it is and in variants, and compare what can be reached.",
    ),
    "alternatives": Listed(
        "alternatives",
        "run",
        "Find matchings as good as this one that seat people with as many others as possible.",
    ),
    "replan": Listed(
        "replan",
        "run",
        "Match a round again after something happened, so that the least changes.",
    ),
    "recommend": Listed(
        "places",
        "recommend",
        "Show every group in which somebody could sit now, best first, with what it would cost.",
    ),
    "waiting-list": Listed(
        "places",
        "waiting_list",
        "Show who waits for a place in the stated order, and give the next place to the first.",
    ),
    "small-groups": Listed(
        "places",
        "small_groups",
        "Show the groups that have become too small, with the choices and who is moved by each.",
    ),
    "desk": Listed(
        "desk",
        "run",
        "Work on the groups of a round by hand, in the browser, on this machine alone.",
    ),
    "history": Listed("history", "history", "List the versions of a round that were published."),
    "diff": Listed(
        "history",
        "diff",
        "Say who was moved from where to where between two versions, and what had happened.",
    ),
    "undo": Listed(
        "history",
        "undo",
        "Publish an earlier version again: its groups are handed out, as a new version.",
    ),
    "purge": Listed(
        "purge",
        "purge",
        "Keep of a matching only counts and who met whom, by keyed hashes, with no names.",
    ),
    "met-before": Listed(
        "purge",
        "met_before",
        "Print the rule that keeps people from those they met in rounds that were purged.",
    ),
    "serve": Listed(
        "serve",
        "run",
        "Answer other programs over HTTP: jobs, their events and results, and a page for each.",
    ),
    "mcp": Listed(
        "mcp",
        "run",
        "Offer precheck, matching, explanations and replanning to an agent, as tools of MCP.",
    ),
    "work": Listed(
        "work", "run", "Do jobs of a service; several workers, on several machines, share them."
    ),
    "schema": Listed("schema", "run", "Print the JSON schema of a document, or list them."),
    "generate": Listed(
        "generate", "run", "Make up a round with no real people in it, as a problem in JSON."
    ),
}
"""Every command by its name, in the order of the help."""

EPILOG = "\n".join(
    ["Exit codes:", *(f"{int(code):>3}  {meaning}" for code, meaning in MEANINGS.items())]
)

SETTINGS = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """The commands; a command's module is imported when the command is called, not listed.

    Contexts and commands have no types here: typer has them from click, or brings its own.
    """

    listing = False

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run a command line; one that asks for JSON and is wrong is told in an envelope."""
        given = list(sys.argv[1:] if args is None else args)
        if not wants_json(given):
            return super().main(args, *more, **extra)
        try:
            code = super().main(given, *more, **{**extra, "standalone_mode": False})
        except Exception as error:
            told = getattr(error, "format_message", None)
            if told is None:
                raise
            named = getattr(error, "param", None)
            answer = Answer(faults=[Fault("usage", getattr(named, "name", "command"), told())])
            code = int(ExitCode.BAD_INPUT)
            command = given[0] if given[0] in COMMANDS else "mentormatch"
            typer.echo(answer.text(command, ExitCode.BAD_INPUT), nl=False)
        sys.exit(code or 0)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # The base passes it.
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # The base passes it.
        """Return a command, or of one that is only listed its name and first line."""
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            return None
        if self.listing:
            return TyperCommand(cmd_name, help=listed.help)
        from mentormatch.cli.guard import guarded

        module = import_module(f"mentormatch.cli.{listed.module}")
        one = typer.Typer(add_completion=False, rich_markup_mode="rich", context_settings=SETTINGS)
        function = getattr(module, listed.function)
        one.command(cmd_name, epilog=EPILOG, help=_in_paragraphs(function))(
            guarded(cmd_name, function)
        )
        return typer.main.get_command(one)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of all commands, none of which is loaded for it."""
        self.listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self.listing = False


def _in_paragraphs(function: Callable[..., Any]) -> str:
    """Return a docstring with each paragraph in one line, for the terminal to wrap."""
    paragraphs = inspect.cleandoc(function.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(one.split()) for one in paragraphs)


app = typer.Typer(
    cls=Commands,
    epilog=EPILOG,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings=SETTINGS,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Forms mentoring groups and proves how good they are."""
