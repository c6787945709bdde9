"""Say why a matching is as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType

from mentormatch.cli.answering import answer_with, listener
from mentormatch.cli.comparison_view import priorities_view
from mentormatch.cli.explain_view import (
    bottlenecks_view,
    broken_rules,
    broken_rules_view,
    left_out_view,
    placement_view,
)
from mentormatch.cli.explaining import AsJson, Language, PageTarget, locale_of, read_both
from mentormatch.cli.guard import UsageError
from mentormatch.cli.infeasible_view import infeasible_view
from mentormatch.cli.options import Force, ProblemSource, Seed, TimeLimit
from mentormatch.cli.streams import STANDARD, check_targets, write_result
from mentormatch.cli.terminal import console_beside, others_silenced, say
from mentormatch.cli.verify import MatchingSource
from mentormatch.exit_codes import ExitCode

if TYPE_CHECKING:
    from mentormatch.exporters.report.explanation import Explanation

Person = Annotated[
    str | None,
    typer.Option(
        metavar="WHO",
        help="Why this student or mentor, by id or name, is in their group.",
        show_default=False,
    ),
]
WholeRound = Annotated[
    bool, typer.Option("--bottlenecks", help="Which changes would give the whole round most.")
]

Order = Annotated[
    bool, typer.Option("--priorities", help="What each tier's importance costs those behind it.")
]


def run(
    source: ProblemSource,
    matching: MatchingSource,
    person: Person = None,
    bottlenecks: WholeRound = False,
    priorities: Order = False,
    report: PageTarget = None,
    language: Language = "en",
    json: AsJson = False,
    time_limit: TimeLimit = 20.0,
    seed: Seed = 0,
    force: Force = False,
) -> ExitCode:
    """Say why each student without a group has none, and the smallest change that helps.

    Where the hard rules contradict each other: which of them, and the cheapest ways out.
    Every change that is named was tried and checked. Of groups that break hard rules, these are
    named first.
    """
    from mentormatch.explain import (
        bottlenecks as find_bottlenecks,
    )
    from mentormatch.explain import (
        explain_infeasible,
        explain_left_out,
        explain_placement,
    )
    from mentormatch.whatif import priorities as price_priorities

    locale = locale_of(language)
    check_targets(STANDARD if json else None, report, force=force)
    page: Explanation | None = None
    problem, found = read_both(source, matching)
    broken = broken_rules(problem, found)
    told = listener()
    with others_silenced():
        if found.status == "INFEASIBLE":
            why = explain_infeasible(problem, time_limit=time_limit, seed=seed, progress=told)
            if why is None:
                raise UsageError(
                    "That no matching keeps the hard rules was not shown again; it may have one, "
                    "or need a longer --time-limit."
                )
            page, document = why, why.to_json()
            view: RenderableType = infeasible_view(problem, why, locale)
        elif person is not None:
            placement = explain_placement(problem, found, person)
            page, document = placement, placement.to_json()
            view = placement_view(problem, placement, locale)
        elif bottlenecks:
            held = find_bottlenecks(problem, found, time_limit=time_limit, seed=seed, progress=told)
            page, document = held, held.to_json()
            view = bottlenecks_view(problem, held, locale)
        elif priorities:
            prices = price_priorities(
                problem, found, time_limit=time_limit, seed=seed, progress=told
            )
            page, document = prices, prices.to_json()
            view = priorities_view(problem, prices, locale)
        else:
            left_out = explain_left_out(
                problem, found, time_limit=time_limit, seed=seed, progress=told
            )
            page, document = left_out, left_out.to_json()
            view = left_out_view(problem, left_out, locale)
    answer_with(page, problem=problem.fingerprint)
    if report is not None and page is not None:
        from mentormatch.exporters.report.explanation import render_explanation

        text = render_explanation(problem, page, locale=locale, broken=broken)
        write_result(text, report, force=force)
    if broken:
        console = console_beside(taken=json or report == STANDARD)
        if console is not None:
            console.print(broken_rules_view(broken))
        else:
            say("Hard rules are broken; mentormatch verify says which, and for whom.")
    if json:
        write_result(document + "\n", None, force=False)
    else:
        console = console_beside(taken=report == STANDARD)
        if console is not None:
            console.print(view)
    return ExitCode.BREACHES_FOUND if broken else ExitCode.DONE
