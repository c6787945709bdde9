"""Make up a round to try things on."""

from __future__ import annotations

from mentormatch.cli.exit_codes import ExitCode
from mentormatch.cli.options import Force, Mentors, Output, Seed, Students
from mentormatch.cli.streams import check_targets, write_result


def run(
    students: Students = 40,
    mentors: Mentors = 12,
    seed: Seed = 0,
    output: Output = None,
    force: Force = False,
) -> ExitCode:
    """Make up a round with no real people in it, as a problem in JSON."""
    check_targets(output, force=force)
    from mentormatch.synthetic import generate

    problem = generate(students=students, mentors=mentors, seed=seed)
    write_result(problem.to_json() + "\n", output, force=force)
    return ExitCode.SOLVED
