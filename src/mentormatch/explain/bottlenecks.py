"""What holds a round back: the changes that would give the whole round most."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from threading import Event
from time import monotonic
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.languages import reaches
from mentormatch.data.matching import Matching
from mentormatch.data.people import Noun
from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
    kinds_of,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.move_evaluator import MoveEvaluator
from mentormatch.explain.pricing import PriceList, price_list
from mentormatch.messages.wording import Message
from mentormatch.progress import ProgressListener
from mentormatch.reporting import Reporting
from mentormatch.whatif.changes import (
    AddLanguage,
    AddMentors,
    AnyChange,
    Change,
    MaxStudents,
    MinStudents,
    OfferSlot,
)
from mentormatch.whatif.compare import Row, Variant, compare
from mentormatch.whatif.effect import (
    Effect,
    TierChange,
)

BOTTLENECKS_FORMAT: Literal["mentormatch/bottlenecks/1"] = "mentormatch/bottlenecks/1"

TRIED = 3
"""Changes solved for each one that is asked for."""

PRICING = 0.1
"""Share of the time that the prices may take at most."""

MEETING_LEVEL: Literal["B2"] = "B2"
"""Level at which somebody is taken to be able to meet in a language not offered yet."""


class TierGain(Noun):
    """The cost of a tier as it is and after a change, and the least it could be after it."""

    tier: int
    name: str
    rules: tuple[str, ...] = Field(default=(), description="Kinds of the rules of the tier.")
    before: int
    after: int
    bound: int


class Bottleneck(Noun):
    """A change and what solving the changed problem gave."""

    change: AnyChange
    price: float | None = Field(
        default=None,
        description="What the relaxation's prices let expect of it, in the cost of the priced "
        "tier; null where no price speaks of it. An estimate: the tiers are the proof.",
    )
    placed: int = Field(description="Students with a group, more than before.")
    groups: int = Field(description="Groups, more than before.")
    tiers: tuple[TierGain, ...]

    def messages(self) -> tuple[Message, ...]:
        """Return what it gives in codes and facts: students, groups, and each tier that changes."""
        return Effect(
            placed=self.placed,
            groups=self.groups,
            tiers=tuple(
                TierChange(
                    tier=tier.tier,
                    name=tier.name,
                    rules=tier.rules,
                    before=tier.before,
                    after=tier.after,
                )
                for tier in self.tiers
            ),
        ).messages()

    @property
    def proven(self) -> bool:
        """Whether no matching of the changed problem is better."""
        return all(tier.after <= tier.bound for tier in self.tiers)


class Bottlenecks(JsonDocument):
    """The most valuable changes, the best first; only those that gain something are there."""

    format: Literal["mentormatch/bottlenecks/1"] = BOTTLENECKS_FORMAT
    base: Row = Field(description="The round as it is, solved again for as long as the changes.")
    changes: tuple[Bottleneck, ...]
    tried: int = Field(description="Changes that were solved.")
    priced: int | None = Field(
        default=None, description="Tier in whose cost the prices are; null if there are none."
    )


def bottlenecks(
    problem: Problem,
    matching: Matching,
    *,
    count: int = 5,
    time_limit: float = 60.0,
    seed: int = 0,
    executor: Executor | None = None,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
) -> Bottlenecks:
    """Find the changes that would give the whole round most, each solved anew.

    Tried are one more group's mentors in a slot, one more slot from a mentor without a group,
    a larger and a smaller size of groups, and a further language. Which of them are solved, is
    decided by their dual prices in the relaxation of the first tier that costs something, with
    the tiers before it held; at equal prices by how many of those without a group they could
    serve, and so from the start in rounds of 400 students or more.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, from which every solve starts.
    count
        Most changes to return.
    time_limit
        Seconds for all solves together at most, where they run one after the other.
    seed
        Seeds the solver.
    executor
        Where the solves run beside each other; by default one after the other, here.
    progress
        Called with progress reports of all solves that run here, at least once a second.
    cancel
        Set it from another thread to stop; what was found by then is returned.
    """
    with Reporting(progress, cancel) as reporting:
        evaluator = MoveEvaluator(EvaluatedSolution(problem, solution_of(problem, matching)))
        began = monotonic()
        prices = price_list(evaluator, time_limit=PRICING * time_limit, seed=seed)
        chosen = ranked(evaluator, prices)[: TRIED * count]
        left = max(time_limit - (monotonic() - began), 0.0)
        variants = [
            Variant.model_validate({"name": change.kind, "changes": [change.model_dump()]})
            for change in chosen
        ]
        table = compare(
            problem,
            variants,
            time_limit=left / (len(variants) + 1),
            seed=seed,
            executor=executor,
            start=matching,
            progress=reporting.listener,
            cancel=reporting.cancel,
        )
    base, *rows = table.rows
    before = tuple(tier.value for tier in base.tiers)
    better = [row for row in rows if row.tiers and _values(row) < before]
    better.sort(key=_values)
    return Bottlenecks(
        base=base,
        changes=tuple(_bottleneck(problem, base, row, prices) for row in better[:count]),
        tried=len(rows),
        priced=prices.tier,
    )


def _values(row: Row) -> tuple[int, ...]:
    return tuple(tier.value for tier in row.tiers)


def _bottleneck(problem: Problem, base: Row, row: Row, prices: PriceList) -> Bottleneck:
    [change] = row.variant.changes
    return Bottleneck(
        change=change,
        price=prices.of(change),
        placed=row.placed - base.placed,
        groups=row.groups - base.groups,
        tiers=tuple(
            TierGain(
                tier=old.tier,
                name=old.name,
                rules=kinds_of(problem, old.tier),
                before=old.value,
                after=new.value,
                bound=new.bound,
            )
            for old, new in zip(base.tiers, row.tiers, strict=True)
        ),
    )


def ranked(evaluator: MoveEvaluator, prices: PriceList) -> list[Change]:
    """Return the changes that could be worth a solve, the most promising first.

    The two sizes come first: their prices do not see that groups are whole. What has no price
    counts as if each of those whom it could serve were worth 1.
    """

    def rank(found: tuple[float, Change]) -> tuple[bool, float, float]:
        served, change = found
        price = prices.of(change)
        size = isinstance(change, MaxStudents | MinStudents)
        return not size, -(served if price is None else price), -served

    return [change for _, change in sorted(_candidates(evaluator), key=rank)]


def _candidates(evaluator: MoveEvaluator) -> Iterator[tuple[float, Change]]:
    """Yield changes with a guess of how many they could serve."""
    problem, shape = evaluator.problem, evaluator.problem.shape
    always = float(len(problem.students))
    if shape.max_students < 1_000:
        yield always, MaxStudents(to=shape.max_students + 1)
    if shape.min_students > 1:
        yield always, MinStudents(to=shape.min_students - 1)
    waiting = evaluator.before.solution.left_out
    for language in sorted({tag for one in waiting for tag in one.languages}):
        if language not in problem.languages:
            served = sum(reaches(one.languages, language, MEETING_LEVEL) for one in waiting)
            yield float(served), AddLanguage(language=language)
    yield from _hours(evaluator)


def _hours(evaluator: MoveEvaluator) -> Iterator[tuple[float, Change]]:
    """Yield more mentors, and more slots of those mentors who have no group."""
    round_, shape = evaluator.problem.round, evaluator.problem.shape
    if shape.mentors == 0:
        return
    allowed = evaluator.eligibility.allowed
    rows = [round_.position[one.id] for one in evaluator.before.solution.left_out]
    slots: dict[str, list[int]] = {}
    for number, template in enumerate(round_.templates):
        slots.setdefault(template.plan.slot, []).append(number)
    leading = {mentor.id for group in evaluator.groups for mentor in group.mentors}
    idle = [mentor for mentor in round_.mentors if mentor.capacity and mentor.id not in leading]
    for slot, templates in slots.items():
        waiting = max(int(allowed[rows, t].sum()) for t in templates)
        students = max(int(allowed[: len(round_.students), t].sum()) for t in templates)
        # Among equals the slot that suits more people, placed or not.
        guess = min(waiting, shape.max_students) + students / (len(round_.students) + 1)
        yield guess, AddMentors(slot=slot, count=shape.mentors)
        free = max(len(evaluator.free_mentors(t)) for t in templates)
        if free == shape.mentors - 1:
            for mentor in idle:
                row = round_.position[mentor.id]
                if not np.any(allowed[row, templates]):
                    # One person's hour is easier to have than new mentors.
                    yield guess + 0.5, OfferSlot(person=mentor.id, slot=slot)
