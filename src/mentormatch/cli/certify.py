"""Write the proof of a matching's bounds, which a program of its own can check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.text import Text

from mentormatch.cli.answering import answer_with
from mentormatch.cli.guard import UsageError
from mentormatch.cli.options import Force, Output, ProblemSource, TimeLimit
from mentormatch.cli.streams import (
    STANDARD,
    check_targets,
    is_standard,
    read_matching,
    read_problem,
    write_result,
)
from mentormatch.cli.terminal import console_on, others_silenced
from mentormatch.cli.verify import MatchingSource
from mentormatch.exit_codes import ExitCode

WORDS = {
    "certified": "certified",
    "solver": "rests on the solver's word",
    "open": "open",
}


def run(
    source: ProblemSource,
    matching: MatchingSource,
    output: Output = None,
    time_limit: TimeLimit = 60.0,
    force: Force = False,
) -> ExitCode:
    """Prove a matching's bounds in a document that mentormatch-check checks by itself."""
    if [source, matching].count(STANDARD) > 1:
        raise UsageError("Only one of them can come from standard input.")
    check_targets(output, force=force)
    problem = read_problem(source)
    found = read_matching(matching, problem)
    with others_silenced():
        from mentormatch.certificates.proving import certify

        certificate = certify(problem, found, time_limit=time_limit, document=_document(source))
    answer_with(certificate, problem=problem.fingerprint)
    write_result(certificate.to_json() + "\n", output, force=force)
    console = console_on(sys.stderr if is_standard(output) else sys.stdout)
    if found.status == "INFEASIBLE":
        proven = "certified" if certificate.infeasible else "rests on the solver's word"
        console.print(Text(f"no matching keeps the hard rules: {proven}"))
    for tier in certificate.tiers:
        line = f"tier {tier.tier}: value {tier.value}, bound {tier.bound}, {WORDS[tier.standing]}"
        console.print(Text(line), soft_wrap=True)
    return ExitCode.DONE


def _document(source: str) -> Any:
    """Return the problem's document as it was stated, where there is a file of it."""
    if source == STANDARD or Path(source).is_dir():
        return None
    return json.loads(Path(source).read_bytes())
