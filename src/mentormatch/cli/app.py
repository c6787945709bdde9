"""All commands of the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from mentormatch import __version__
from mentormatch.cli import (
    alternatives,
    compare,
    demo,
    explain,
    generate,
    handout,
    history,
    import_,
    match,
    precheck,
    purge,
    replan,
    schema,
    verify,
)
from mentormatch.cli.exit_codes import MEANINGS
from mentormatch.cli.guard import guarded

EPILOG = "\n".join(
    ["Exit codes:", *(f"{int(code):>3}  {meaning}" for code, meaning in MEANINGS.items())]
)

app = typer.Typer(
    epilog=EPILOG,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
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


for name, command in (
    ("demo", demo.run),
    ("import", import_.run),
    ("precheck", precheck.run),
    ("match", match.run),
    ("verify", verify.run),
    ("handout", handout.run),
    ("explain", explain.run),
    ("compare", compare.run),
    ("alternatives", alternatives.run),
    ("replan", replan.run),
    ("history", history.history),
    ("diff", history.diff),
    ("undo", history.undo),
    ("purge", purge.purge),
    ("met-before", purge.met_before),
    ("schema", schema.run),
    ("generate", generate.run),
):
    app.command(name, epilog=EPILOG)(guarded(command))
