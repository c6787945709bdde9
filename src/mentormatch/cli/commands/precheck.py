"""Look at a round before it is matched."""

from __future__ import annotations

import sys

from mentormatch.cli.exit_codes import ExitCode
from mentormatch.cli.explain_view import precheck_view
from mentormatch.cli.explaining import AsJson, Words, tongue_of
from mentormatch.cli.options import ProblemSource
from mentormatch.cli.streams import read_problem, write_result
from mentormatch.cli.terminal import console_on


def run(problem: ProblemSource, words: Words = "en", json: AsJson = False) -> ExitCode:
    """Tell before matching what cannot be and what looks odd; no solver is used.

    People with no slot or one, slots in which no group can meet, students who must stay without
    a group, rules that cannot be kept, values that look misspelt.
    """
    from mentormatch.explain import precheck

    tongue = tongue_of(words)
    asked = read_problem(problem)
    report = precheck(asked)
    if json:
        write_result(report.to_json() + "\n", None, force=False)
    else:
        console_on(sys.stdout).print(precheck_view(asked, report, tongue))
    return ExitCode.SOLVED
