"""What the commands that explain have in common."""

from __future__ import annotations

from typing import Annotated

import typer

from mentormatch.cli.guard import UsageError
from mentormatch.cli.streams import STANDARD, read_matching, read_problem
from mentormatch.explain import Tongue
from mentormatch.explain.messages import TONGUES
from mentormatch.matching import Matching
from mentormatch.problem import Problem

AsJson = Annotated[bool, typer.Option("--json", help="Write a JSON document instead of a table.")]
PageTarget = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Write it as a page for the coordinator too."),
]
Words = Annotated[
    str, typer.Option(metavar="LANGUAGE", help="Language of the words: en, fi or sv.")
]


def tongue_of(words: str) -> Tongue:
    """Return the language of the words, or refuse one that there is not."""
    for tongue in TONGUES:
        if words == tongue:
            return tongue
    raise UsageError(f"There are no words in {words!r}; choose one of {', '.join(TONGUES)}.")


def read_both(problem: str, matching: str) -> tuple[Problem, Matching]:
    """Read a problem and a matching of it, one of them perhaps from standard input."""
    if problem == STANDARD and matching == STANDARD:
        raise UsageError("Only one of the two can come from standard input.")
    asked = read_problem(problem)
    return asked, read_matching(matching, asked)
