"""What if: the same round with other sizes, mentors or times, side by side with proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from threading import Event
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching, Status, TierResult
from mentormatch.data.people import Noun, Text
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
    as_start,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.messages.catalogue import Locale
from mentormatch.messages.wording import words
from mentormatch.progress import ProgressListener
from mentormatch.reporting import Reporting
from mentormatch.solve.match import match
from mentormatch.whatif.changes import AnyChange, changed

COMPARISON_FORMAT: Literal["mentormatch/comparison/1"] = "mentormatch/comparison/1"


class Variant(Noun):
    """A problem with some changes, under a name."""

    name: Text
    changes: tuple[AnyChange, ...] = ()


AS_IT_IS = Variant(name="as it is")

Task = tuple[Problem, Variant, Matching | None, float, int]
"""A problem, the variant that it is, where to start, the seconds, and the seed."""


class Row(Noun):
    """What can be reached in one variant, with bounds."""

    variant: Variant
    status: Status
    students: int
    placed: int
    groups: int
    mentors: int = Field(description="Mentors who lead a group.")
    same_department: int = Field(description="Pairs of students of one department in a group.")
    tiers: tuple[TierResult, ...]
    seconds: float = 0.0


class Comparison(JsonDocument):
    """Variants side by side, the first of them the problem as it is."""

    format: Literal["mentormatch/comparison/1"] = COMPARISON_FORMAT
    rows: tuple[Row, ...]


def compare(
    problem: Problem,
    variants: Sequence[Variant],
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    executor: Executor | None = None,
    start: Matching | None = None,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
) -> Comparison:
    """Match a problem as it is and in variants, and set the results side by side.

    Parameters
    ----------
    problem
        The problem as it is.
    variants
        What could be otherwise.
    time_limit
        Seconds for each variant at most.
    seed
        Breaks ties and seeds the solver, the same in all.
    executor
        Where the variants are solved beside each other; by default one after the other, here,
        as are those that the executor refuses or loses.
    start
        A matching of the problem as it is, to start from.
    progress
        Called with progress reports of all solves that run here, at least once a second.
    cancel
        Set it from another thread to stop; variants that were not begun have no row then.

    Returns
    -------
    Comparison
        The first row is the problem as it is. Its matching is where each variant in which it
        is valid starts, so that such a variant is never worse.

    Raises
    ------
    InputError
        If a variant names what the problem does not have, or cannot be; before any solve.
    """
    changed_problems = _all_changed(problem, variants)
    with Reporting(progress, cancel, steps=1 + len(variants)) as reporting:
        first = (problem, AS_IT_IS, start, time_limit, seed)
        base, row = _solved(first, reporting)
        before = EvaluatedSolution(problem, solution_of(problem, base))
        starts = [_start(before, each) if base.groups else None for each in changed_problems]
        limits, seeds = [time_limit] * len(variants), [seed] * len(variants)
        tasks = list(zip(changed_problems, variants, starts, limits, seeds, strict=True))
        return Comparison(rows=(row, *_rows(tasks, executor, reporting)))


def _rows(tasks: Sequence[Task], executor: Executor | None, reporting: Reporting) -> Iterator[Row]:
    """Yield a row of each task that is begun.

    A task that the executor refuses, or loses with one of its processes, is done in this process.
    Done one after the other, such tasks need no more memory than the first problem did.
    """
    if executor is None:
        for task in tasks:
            if reporting.cancelled:
                return
            yield _solved(task, reporting)[1]
        return
    # Loaded late: it brings in the solver.
    from mentormatch.solve.backend.clock import Clock
    from mentormatch.solve.backend.remote import awaited, forget, submitted

    futures = submitted(executor, _row, tasks)
    for task, future in zip(tasks, futures, strict=True):
        row = awaited(future, Clock(None, reporting.cancel))
        if row is None and reporting.cancelled:
            break
        yield _solved(task, reporting)[1] if row is None else row
    forget(futures)


def _all_changed(problem: Problem, variants: Sequence[Variant]) -> list[Problem]:
    """Return the problem in every variant; with the faults of all of them at once."""
    found, faults = [], []
    for variant in variants:
        try:
            found.append(changed(problem, variant.changes))
        except InputError as error:
            faults += list(error.faults)
    if faults:
        raise InputError(faults)
    return found


def _start(before: EvaluatedSolution, problem: Problem) -> Matching | None:
    there = before.under(problem)
    return as_start(there) if there.valid else None


def _row(task: Task) -> Row:
    # At the top level of the module, so that other processes can call it.
    with Reporting(None) as reporting:
        return _solved(task, reporting)[1]


def _solved(task: Task, reporting: Reporting) -> tuple[Matching, Row]:
    problem, variant, start, time_limit, seed = task
    found = match(
        problem,
        time_limit=time_limit,
        seed=seed,
        start=start,
        progress=reporting.next_step(),
        cancel=reporting.cancel,
    )
    return found, row_of(problem, variant, found)


def row_name(row: Row, locale: Locale = "en") -> str:
    """Return what a row is called: as its variant, and the first one in the language's words."""
    return words("table.as_it_is", {}, locale) if row.variant == AS_IT_IS else row.variant.name


def row_of(problem: Problem, variant: Variant, matching: Matching) -> Row:
    """Return the row of a matching."""
    solution = solution_of(problem, matching)
    pairs = 0
    for group in solution.groups:
        departments = Counter(one.department for one in group.students if one.department)
        pairs += sum(count * (count - 1) // 2 for count in departments.values())
    return Row(
        variant=variant,
        status=matching.status,
        students=len(problem.students),
        placed=matching.placed,
        groups=len(matching.groups),
        mentors=len({mentor for group in matching.groups for mentor in group.mentors}),
        same_department=pairs,
        tiers=matching.tiers,
        seconds=0.0 if matching.provenance is None else matching.provenance.seconds,
    )
