"""Look at a round before it is matched."""

from __future__ import annotations

from mentormatch.cli.answering import answer_with
from mentormatch.cli.explain_view import precheck_view
from mentormatch.cli.explaining import AsJson, Language, PageTarget, locale_of
from mentormatch.cli.options import Force, ProblemSource
from mentormatch.cli.streams import STANDARD, check_targets, read_problem, write_result
from mentormatch.cli.terminal import console_beside
from mentormatch.exit_codes import ExitCode


def run(
    source: ProblemSource,
    report: PageTarget = None,
    language: Language = "en",
    json: AsJson = False,
    force: Force = False,
) -> ExitCode:
    """Tell before matching what cannot be and what looks odd; no solver is used.

    People with no slot or one, slots in which no group can meet, students who must stay without
    a group, rules that cannot be kept, values that look misspelt.
    """
    from mentormatch.explain import (
        precheck,
    )

    locale = locale_of(language)
    check_targets(STANDARD if json else None, report, force=force)
    problem = read_problem(source)
    found = precheck(problem)
    answer_with(found, problem=problem.fingerprint)
    if report is not None:
        from mentormatch.exporters.report.explanation import render_explanation

        write_result(render_explanation(problem, found, locale=locale), report, force=force)
    if json:
        write_result(found.to_json() + "\n", None, force=False)
    else:
        console = console_beside(taken=report == STANDARD)
        if console is not None:
            console.print(precheck_view(problem, found, locale))
    return ExitCode.DONE
