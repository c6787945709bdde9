"""Which tasks there are: what each takes and returns, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from threading import Event
from typing import Any, Literal, NamedTuple

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.nouns import Noun
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode, code_of
from mentormatch.explain import (
    Bottlenecks,
    Infeasible,
    LeftOutReport,
    Placement,
    PrecheckReport,
    bottlenecks,
    explain_infeasible,
    explain_left_out,
    explain_placement,
    precheck,
)
from mentormatch.operations import options as opt
from mentormatch.operations.documents import Verification
from mentormatch.progress import ProgressListener
from mentormatch.replan import (
    Frontier,
    Recommendations,
    Replan,
    SmallGroups,
    WaitingList,
    frontier,
    recommend,
    replan,
    small_groups,
    waiting_list,
)
from mentormatch.solve.match import match
from mentormatch.whatif import (
    Alternatives,
    Comparison,
    Priorities,
    alternatives,
    compare,
    priorities,
    read_variant,
)


class Ended(NamedTuple):
    """A result, how the task ended, and whether nothing cut it short and all is proven."""

    result: JsonDocument | None
    code: ExitCode
    final: bool
    why: JsonDocument | None = None


PROVEN = ("OPTIMAL", "INFEASIBLE")
"""Statuses of matchings of which nothing is left to be shown."""


class Run(NamedTuple):
    """What goes with a run and is no part of the task."""

    progress: ProgressListener | None = None
    cancel: Event | None = None
    executor: Executor | None = None


@dataclass(frozen=True)
class Operation:
    """A kind of task.

    Attributes
    ----------
    kind
        Its name, which never changes its meaning.
    summary
        What it does, in one sentence.
    options
        The model of its options.
    result
        The model of its result.
    matching
        Whether it takes a matching besides the problem.
    searches
        Whether a solver is used, so that it may take as long as its time limit.
    run
        Does it, with problem, matching, options, and what goes with the run.
    """

    kind: str
    summary: str
    options: type[Noun]
    result: type[JsonDocument]
    matching: Literal["none", "optional", "needed"]
    searches: bool
    run: Callable[[Problem, Any, Any, Run], Ended]


def _match(problem: Problem, start: Matching | None, given: opt.MatchOptions, run: Run) -> Ended:
    keywords = _keywords(given)
    wanted, seconds = keywords.pop("why"), keywords.pop("why_time_limit")
    found = match(
        problem,
        start=start,
        **keywords,
        progress=run.progress,
        cancel=run.cancel,
        executor=run.executor,
    )
    why = None
    if wanted and found.status == "INFEASIBLE":
        why = explain_infeasible(
            problem, time_limit=seconds, seed=given.seed, progress=run.progress, cancel=run.cancel
        )
    proven = found.status in PROVEN and not (wanted and found.status == "INFEASIBLE")
    return Ended(found, code_of(found), proven, why)


def _replan(problem: Problem, previous: Matching, given: opt.ReplanOptions, run: Run) -> Ended:
    found = replan(
        problem,
        previous,
        **_keywords(given),
        progress=run.progress,
        cancel=run.cancel,
        executor=run.executor,
    )
    proven = found.proven and all(tier.proven for tier in found.tiers)
    return Ended(found, code_of(found.matching), proven)


def _compare(
    problem: Problem, start: Matching | None, given: opt.CompareOptions, run: Run
) -> Ended:
    variants = [
        read_variant(problem, one) if isinstance(one, str) else one for one in given.variants
    ]
    keywords = {**_keywords(given), "variants": variants}
    found = compare(
        problem,
        start=start,
        **keywords,
        executor=run.executor,
        progress=run.progress,
        cancel=run.cancel,
    )
    return Ended(found, ExitCode.DONE, all(row.status in PROVEN for row in found.rows))


def _verify(problem: Problem, matching: Matching, _given: opt.NoOptions, _run: Run) -> Ended:
    report = verify(problem, matching)
    code = ExitCode.DONE if report.ok else ExitCode.BREACHES_FOUND
    return Ended(Verification.of(report), code, final=True)


def _infeasible(problem: Problem, _none: None, given: opt.InfeasibleOptions, run: Run) -> Ended:
    found = explain_infeasible(
        problem, **_keywords(given), progress=run.progress, cancel=run.cancel
    )
    return Ended(found, ExitCode.DONE, final=False)


def _precheck(problem: Problem, _none: None, _given: opt.NoOptions, _run: Run) -> Ended:
    return Ended(precheck(problem), ExitCode.DONE, final=True)


def _looking(function: Callable[..., JsonDocument]) -> Callable[[Problem, Any, Any, Run], Ended]:
    """Return a run of a function that looks at a matching and searches for nothing."""

    def run(problem: Problem, matching: Matching, given: Noun, _run: Run) -> Ended:
        return Ended(function(problem, matching, **_keywords(given)), ExitCode.DONE, final=True)

    return run


def _searching(function: Callable[..., JsonDocument]) -> Callable[[Problem, Any, Any, Run], Ended]:
    """Return a run of a function that starts from a matching and searches."""

    def run(problem: Problem, matching: Matching, given: Noun, run: Run) -> Ended:
        found = function(
            problem, matching, **_keywords(given), progress=run.progress, cancel=run.cancel
        )
        return Ended(found, ExitCode.DONE, final=False)

    return run


def _keywords(given: Noun) -> dict[str, Any]:
    return {name: getattr(given, name) for name in type(given).model_fields}


_ALL = (
    Operation(
        kind="match",
        summary="Form the groups of a round and prove how good they are; a matching is where the "
        "search starts.",
        options=opt.MatchOptions,
        result=Matching,
        matching="optional",
        searches=True,
        run=_match,
    ),
    Operation(
        kind="replan",
        summary="Match a round again after something happened, so that the least changes of the "
        "matching that people know.",
        options=opt.ReplanOptions,
        result=Replan,
        matching="needed",
        searches=True,
        run=_replan,
    ),
    Operation(
        kind="frontier",
        summary="Say what moving 0, 1, 2, ... people of a published matching would gain.",
        options=opt.FrontierOptions,
        result=Frontier,
        matching="needed",
        searches=True,
        run=_searching(frontier),
    ),
    Operation(
        kind="compare",
        summary="Match a round as it is and in variants, and set the results side by side.",
        options=opt.CompareOptions,
        result=Comparison,
        matching="optional",
        searches=True,
        run=_compare,
    ),
    Operation(
        kind="alternatives",
        summary="Find matchings as good as this one that seat people with as many others as "
        "possible.",
        options=opt.AlternativesOptions,
        result=Alternatives,
        matching="needed",
        searches=True,
        run=_searching(alternatives),
    ),
    Operation(
        kind="explain",
        summary="Say why each student without a group has none, and the smallest change that "
        "helps.",
        options=opt.ExplainOptions,
        result=LeftOutReport,
        matching="needed",
        searches=True,
        run=_searching(explain_left_out),
    ),
    Operation(
        kind="placement",
        summary="Say why somebody is in their group, and what each other group would have cost.",
        options=opt.PersonOptions,
        result=Placement,
        matching="needed",
        searches=False,
        run=_looking(explain_placement),
    ),
    Operation(
        kind="bottlenecks",
        summary="Find the changes that would give the whole round most.",
        options=opt.BottlenecksOptions,
        result=Bottlenecks,
        matching="needed",
        searches=True,
        run=_searching(bottlenecks),
    ),
    Operation(
        kind="priorities",
        summary="Say what the importance of each tier costs those behind it.",
        options=opt.PrioritiesOptions,
        result=Priorities,
        matching="needed",
        searches=True,
        run=_searching(priorities),
    ),
    Operation(
        kind="infeasible",
        summary="Name hard rules that contradict each other, and the cheapest ways out; without "
        "a result if no contradiction was proven.",
        options=opt.InfeasibleOptions,
        result=Infeasible,
        matching="none",
        searches=True,
        run=_infeasible,
    ),
    Operation(
        kind="precheck",
        summary="Tell before matching what cannot be and what looks odd.",
        options=opt.NoOptions,
        result=PrecheckReport,
        matching="none",
        searches=False,
        run=_precheck,
    ),
    Operation(
        kind="verify",
        summary="Check a matching against every hard rule and recompute what it costs.",
        options=opt.NoOptions,
        result=Verification,
        matching="needed",
        searches=False,
        run=_verify,
    ),
    Operation(
        kind="recommend",
        summary="Name every group in which somebody could sit now, with what it would cost.",
        options=opt.RecommendOptions,
        result=Recommendations,
        matching="needed",
        searches=False,
        run=_looking(recommend),
    ),
    Operation(
        kind="waiting_list",
        summary="Name who waits for a place, in order, and which groups each could join.",
        options=opt.NoOptions,
        result=WaitingList,
        matching="needed",
        searches=False,
        run=_looking(waiting_list),
    ),
    Operation(
        kind="small_groups",
        summary="Name the groups that have become too small, and what can be done about each.",
        options=opt.NoOptions,
        result=SmallGroups,
        matching="needed",
        searches=False,
        run=_looking(small_groups),
    ),
)

OPERATIONS: Mapping[str, Operation] = {operation.kind: operation for operation in _ALL}
"""Every kind of task by its name."""
