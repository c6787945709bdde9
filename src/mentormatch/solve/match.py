"""The one call that solves a problem."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from threading import Event, Thread
from typing import TYPE_CHECKING

from mentormatch.data.matching import Limit, Matching, Provenance, Status, TierResult
from mentormatch.data.problem import Problem
from mentormatch.errors import InternalError
from mentormatch.evaluate.verify import as_group, solution_of, verify
from mentormatch.progress import Progress, ProgressListener

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from mentormatch.solve.backend.clock import Clock
    from mentormatch.solve.search import Search

DEFAULT_TIME_LIMIT = 60.0
Trouble = tuple[Limit, str]
"""What ended a search before its time, and a sentence about it."""
POLL = 0.05
"""Seconds between two looks at whether the run has ended or was interrupted."""


def match(
    problem: Problem,
    *,
    time_limit: float | None = DEFAULT_TIME_LIMIT,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
    start: Matching | None = None,
    ceilings: Mapping[int, int] | None = None,
    executor: Executor | None = None,
) -> Matching:
    """Form groups and prove how good they are.

    The same problem, seed and versions give the same matching, whatever the order of the rows,
    as long as no limit is reached. A time limit, an interrupt (Ctrl-C in the main thread) or
    `cancel` ends the search early; the best matching so far comes back with a true bound for
    every tier, and `provenance.limits_reached` says so. So it does where the memory is used up
    or the search fails after groups were found; after a failure nothing is called proven.

    Parameters
    ----------
    problem
        What is to be solved.
    time_limit
        Seconds at most, or None for as long as it takes.
    seed
        Breaks ties between people, and seeds the solver.
    workers
        Searches side by side, by default one for each processor and no more than three. They
        change how soon the answer comes, and not the answer.
    progress
        Called now and then with how far it is, in the thread that searches.
    cancel
        Set it from another thread to stop.
    start
        A matching to improve on; the result is never worse, if the start is valid.
    ceilings
        Most that tiers may cost, by their number. What costs more counts as not valid, and
        what is proven is proven among the matchings that cost no more.
    executor
        Where the parts of a round run that share nobody, and of other rounds the searches of
        whole plans and the dealing of templates: processes, or a cluster such as that of
        `dask.distributed.Client.get_executor()`. By default they run in threads of this
        process, which the solver does not hold up. It changes how soon the answer comes, and
        not the answer; what an executor loses is searched here. A time limit is shared out
        between parts as if `workers` of them ran side by side.

    Returns
    -------
    Matching
        With status `OPTIMAL` (every tier proven), `FEASIBLE`, `INFEASIBLE` (the hard rules
        contradict each other), or `UNKNOWN` (a limit was reached without any valid matching).

    Raises
    ------
    InternalError
        If the library contradicts itself, and no groups pass verification.
    """
    from mentormatch.solve.backend.clock import Clock

    clock = Clock(time_limit, cancel)
    found: list[Search] = []
    failed: list[BaseException] = []
    unheard: list[BaseException] = []
    done = Event()
    priced = Event()

    def tell(event: Progress) -> None:
        if event.phase == "price":
            priced.set()
        try:
            if progress is not None:
                progress(event)
        except BaseException as error:
            unheard.append(error)
            raise

    def work() -> None:
        try:
            _search(
                problem,
                clock,
                seed,
                workers or _processors(),
                tell,
                start,
                ceilings,
                executor,
                found,
            )
        except BaseException as error:  # noqa: BLE001  # It is raised again in the caller's thread.
            failed.append(error)
        finally:
            done.set()

    # The search runs beside the caller's thread, because Python delivers Ctrl-C to the main
    # thread only between its own instructions, and a solver's call is one long instruction.
    # An event is awaited and not the thread: an interrupt while Python 3.11 joins a thread marks
    # the thread as ended though it runs on.
    Thread(target=work, name="mentormatch-search", daemon=True).start()
    _wait(problem, clock, done, priced)
    search = found[0] if found else None
    # What the caller's own listener raises is the caller's to deal with.
    trouble = _survived(search, failed[0]) if failed and not unheard else None
    if failed and trouble is None:
        raise failed[0]
    matching = _answer(problem, clock, seed, search, trouble)
    if matching.status in ("INFEASIBLE", "UNKNOWN"):
        return matching
    report = verify(problem, matching)
    if report.ok:
        return matching
    trouble = _survived(search, InternalError("what was proven contradicts what was found"))
    if search is not None and trouble is not None:
        # The groups may be sound though a proof is not: they are then worth more than nothing.
        matching = _answer(problem, clock, seed, search, trouble)
        if verify(problem, matching).ok:
            return matching
    raise InternalError(f"the answer did not pass verification: {report.findings[0].rule}")


def _wait(problem: Problem, clock: Clock, done: Event, priced: Event) -> None:
    """Wait for a search; an interrupt stops it, and a second one does not wait for its end."""
    while not done.is_set():
        try:
            done.wait(POLL)
            if priced.is_set():
                # The answer will state it; while prices are learnt, Python has nothing else to do.
                _ = problem.fingerprint
        except KeyboardInterrupt:
            if clock.interrupted:
                raise
            clock.stop()


def _survived(search: Search | None, error: BaseException) -> Trouble | None:
    """Return what to tell of an error after which there still are groups; None without any."""
    if search is None or search.best is None or not search.best.openings:
        return None
    if isinstance(error, MemoryError):
        return "memory", "The memory was used up; these are the best groups found until then."
    if not isinstance(error, Exception):
        return None
    told = str(error) if isinstance(error, InternalError) else type(error).__name__
    return "failure", (
        f"The search failed ({told}), which is a fault of mentormatch; these are the best groups "
        "found until then, and nothing that it proved is stated."
    )


def _processors() -> int:
    """Return the processors that this process may use, no more than three."""
    available = getattr(os, "sched_getaffinity", None)
    return min(3, len(available(0)) if available else os.cpu_count() or 1)


def _search(
    problem: Problem,
    clock: Clock,
    seed: int,
    workers: int,
    progress: ProgressListener | None,
    start: Matching | None,
    ceilings: Mapping[int, int] | None,
    executor: Executor | None,
    found: list[Search],
) -> None:
    from mentormatch.solve.assign.groups import openings_of
    from mentormatch.solve.component_search import search_round
    from mentormatch.solve.instance.compiled import compile_problem
    from mentormatch.solve.search import Search

    compiled = compile_problem(problem, seed, ceilings)
    search = Search(compiled, clock, seed, workers, progress, executor=executor)
    found.append(search)
    known = openings_of(compiled, solution_of(problem, start)) if start is not None else ()
    search_round(search, known)


def _answer(
    problem: Problem, clock: Clock, seed: int, search: Search | None, trouble: Trouble | None
) -> Matching:
    limits: tuple[Limit, ...] = () if trouble is None else (trouble[0],)
    if clock.interrupted:
        limits = (*limits, "interrupt")
    elif clock.timed_out:
        limits = (*limits, "time")
    dropped = tuple(problem.round.dropped_slots.values())
    provenance = Provenance(
        problem=problem.fingerprint,
        seed=seed,
        versions={
            "mentormatch": version("mentormatch"),
            "ortools": version("ortools"),
            "python": platform.python_version(),
        },
        rules=problem.rule_uses,
        limits_reached=limits,
        seconds=round(clock.elapsed, 3),
    )
    if search is None or search.best is None:
        infeasible = search is not None and search.infeasible
        return Matching(
            status="INFEASIBLE" if infeasible else "UNKNOWN",
            left_out=tuple(sorted(student.id for student in problem.students)),
            messages=("The hard rules contradict each other.", *dropped)
            if infeasible
            else ("A limit was reached before any valid matching was found.", *dropped),
            provenance=provenance,
        )
    from mentormatch.solve.assign.groups import as_solution

    best = search.best
    solution = as_solution(search.compiled, best.openings)
    bounds = search.bounds.of(best.values)
    if trouble is not None and trouble[0] == "failure":
        # Nothing that a broken search says of what others cannot reach is passed on.
        bounds = (0,) * len(bounds)
    tiers = tuple(
        TierResult(
            tier=number,
            name=problem.tier_name(number),
            value=best.values[place],
            bound=bounds[place],
            seconds=round(search.seconds.get(place, 0.0), 3),
        )
        for place, number in enumerate(problem.tiers)
    )
    status: Status = "OPTIMAL" if all(tier.proven for tier in tiers) else "FEASIBLE"
    return Matching(
        status=status,
        groups=tuple(as_group(problem, group) for group in solution.groups),
        left_out=tuple(student.id for student in solution.left_out),
        tiers=tiers,
        messages=dropped if trouble is None else (trouble[1], *dropped),
        provenance=provenance,
    )
