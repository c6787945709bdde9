"""The price of priority: what each tier costs the tiers behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching, Status, TierResult
from mentormatch.data.people import Noun
from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.progress import ProgressListener
from mentormatch.reporting import Reporting
from mentormatch.solve.match import match

PRIORITIES_FORMAT: Literal["mentormatch/priorities/1"] = "mentormatch/priorities/1"


class PriorityPrice(Noun):
    """What would be if one tier came last instead of where it stands."""

    tier: int = Field(description="The tier that is put last.")
    status: Status = Field(description="Of the round solved in that order.")
    tiers: tuple[TierResult, ...] = Field(
        description="Every tier's value then, in the problem's own order and numbers; bounds "
        "hold for the other order."
    )


class Priorities(JsonDocument):
    """For each tier but the last, the round with that tier put last."""

    format: Literal["mentormatch/priorities/1"] = PRIORITIES_FORMAT
    now: tuple[TierResult, ...] = Field(description="The tiers of the matching at hand.")
    prices: tuple[PriorityPrice, ...]


def priorities(
    problem: Problem,
    matching: Matching,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
) -> Priorities:
    """Return what the rank of each tier costs the tiers behind it.

    Each tier in turn is put last, and the round is solved again. What the other tiers gain by that
    is the price of its rank; what it loses itself is the worth of its rank.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, with tiers.
    time_limit
        Seconds for all solves together at most.
    seed
        Seeds the solver.
    progress
        Called with progress reports of all solves, at least once a second.
    cancel
        Set it from another thread to stop; what was found by then is returned.
    """
    demoted = problem.tiers[:-1]
    with Reporting(progress, cancel, steps=len(demoted)) as reporting:
        prices = list(_prices(problem, demoted, time_limit, seed, reporting))
    return Priorities(now=matching.tiers, prices=tuple(prices))


def _prices(
    problem: Problem, demoted: Sequence[int], time_limit: float, seed: int, reporting: Reporting
) -> Iterator[PriorityPrice]:
    """Yield what would be with each tier put last, until somebody cancels."""
    for tier in demoted:
        if reporting.cancelled:
            return
        order = [*(other for other in problem.tiers if other != tier), tier]
        variant = problem.with_tiers({number: place for place, number in enumerate(order, 1)})
        found = match(
            variant,
            time_limit=time_limit / len(demoted),
            seed=seed,
            progress=reporting.next_step(),
            cancel=reporting.cancel,
        )
        bounds = dict(zip(order, found.tiers, strict=False))
        values = (
            EvaluatedSolution(problem, solution_of(problem, found)).score.tiers
            if found.tiers
            else {}
        )
        yield PriorityPrice(
            tier=tier,
            status=found.status,
            tiers=tuple(
                bounds[number].model_copy(update={"tier": number, "value": value})
                for number, value in values.items()
            ),
        )
