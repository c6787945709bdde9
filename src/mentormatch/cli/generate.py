"""Make up a round to try things on."""

from __future__ import annotations

from typing import Annotated

import typer

from mentormatch.cli.answering import answer_with
from mentormatch.cli.options import Force, Mentors, Output, Seed, Students
from mentormatch.cli.streams import check_targets, write_result
from mentormatch.exit_codes import ExitCode
from mentormatch.synthetic import PRESETS, Difficulty

Hardness = Annotated[
    Difficulty,
    typer.Option("--difficulty", help="How hard it is to place everybody."),
]


def run(
    students: Students = 40,
    mentors: Mentors = None,
    seed: Seed = 0,
    difficulty: Hardness = "standard",
    output: Output = None,
    force: Force = False,
) -> ExitCode:
    """Make up a round with no real people in it, as a problem in JSON."""
    check_targets(output, force=force)
    from mentormatch.synthetic import generate

    problem = generate(students=students, mentors=mentors, seed=seed, recipe=PRESETS[difficulty])
    answer_with(problem, problem=problem.fingerprint)
    write_result(problem.to_json() + "\n", output, force=force)
    return ExitCode.DONE
