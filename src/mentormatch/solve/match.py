"""The one call that solves a problem."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InternalError
from mentormatch.evaluate.verify import solution_of, verify
from mentormatch.progress import Progress, ProgressListener
from mentormatch.reporting import Reporting
from mentormatch.solve.arguments import FOREVER, check_arguments
from mentormatch.solve.params import DEFAULTS, SolveParams
from mentormatch.solve.stop_when import StopWhen

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from mentormatch.solve.answer import Trouble
    from mentormatch.solve.backend.clock import Clock
    from mentormatch.solve.search import Search

DEFAULT_TIME_LIMIT = 60.0
"""Seconds."""
POLL = 0.05
"""Seconds between two checks of whether the search has ended."""


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
    stop: StopWhen | None = None,
    params: SolveParams = DEFAULTS,
) -> Matching:
    """Form groups and prove how good they are.

    The same problem, seed, parameters and versions give the same matching, whatever the order of
    the rows, where there is no time limit or no phase of the search uses up its share of it.
    A time limit, an interrupt (Ctrl-C in the main thread) or `cancel` ends the search early; the
    best matching so far comes back with a true bound for every tier, and
    `provenance.limits_reached` says what ended the search. So it does where the memory is used
    up, where the search fails after groups were found (nothing is called proven then), and where
    the search has made all its attempts and tiers are left unproven (``effort``). An answer that
    is proven optimal has reached no limit of time, whatever its phases used.

    Parameters
    ----------
    problem
        What is to be solved.
    time_limit
        Seconds at most, or None for as long as it takes.
    seed
        Breaks ties between people, and seeds the solvers.
    workers
        Searches side by side, by default one for each processor and no more than three. They
        change how soon the answer comes, and not the answer.
    progress
        Called with progress reports, at least once a second, one at a time, in threads of the
        search.
    cancel
        Set it from another thread to stop.
    start
        A matching to improve on (a warm start); the result is never worse, if it is valid.
    ceilings
        The most that tiers may cost, by their number. What costs more counts as not valid, and
        what is proven is proven among the matchings that cost no more.
    executor
        Where the components of a round run that share nobody, and of other rounds the searches
        of whole plans and the assignment of people to groups: processes, or a cluster such as
        that of `dask.distributed.Client.get_executor()`. By default they run in threads of this
        process. It changes how soon the answer comes, and not the answer; what an executor loses
        is searched here. A time limit is shared out between components as if `workers` of them
        ran side by side.
    stop
        When a matching is good enough, so that the search ends before its time.
    params
        The constants that steer the search.

    Returns
    -------
    Matching
        With status `OPTIMAL` (every tier proven), `FEASIBLE`, `INFEASIBLE` (the hard rules
        contradict each other, or no matching that keeps them is within the ceilings), or
        `UNKNOWN` (a limit was reached without any valid matching).

    Raises
    ------
    InputError
        If an argument cannot be used, with every fault, or the problem is larger than memory.
    InternalError
        If the library contradicts itself, and no groups pass verification.
    """
    check_arguments(
        problem,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        start=start,
        ceilings=ceilings,
        stop=stop,
        params=params,
    )
    from mentormatch.solve.backend.clock import Clock

    clock = Clock(None if time_limit is None or time_limit >= FOREVER else time_limit, cancel)
    run = SolveRun(
        problem,
        clock,
        seed=seed,
        workers=workers or _processors(),
        listener=progress,
        start=start,
        ceilings=ceilings or {},
        executor=executor,
        stop=stop,
        params=params,
    )
    with run.reporting:
        run.wait()
        return _answered(problem, clock, seed, run)


def _answered(problem: Problem, clock: Clock, seed: int, run: SolveRun) -> Matching:
    """Return what came of a search, verified."""
    trouble = run.trouble()
    # Not before: an interrupt would break off the import of the solver in this thread.
    from mentormatch.solve.answer import answer

    matching = answer(problem, clock, seed, run.search, trouble)
    if matching.status in ("INFEASIBLE", "UNKNOWN"):
        return matching
    report = verify(problem, matching)
    if report.ok:
        return matching
    trouble = _survived(run.search, InternalError("what was proven contradicts what was found"))
    if trouble is not None:
        # The groups may be valid though a bound is not; they are worth more than nothing.
        matching = answer(problem, clock, seed, run.search, trouble)
        if verify(problem, matching).ok:
            return matching
    raise InternalError(f"the answer did not pass verification: {report.findings[0].rule}")


class SolveRun:
    """A search that begins at once in a thread of its own, and what comes of it.

    The caller's thread stays free, because Python delivers Ctrl-C to the main thread only between
    its own instructions, and a solver's call is one long instruction.

    Attributes
    ----------
    search
        The search; None until the problem has been compiled.
    """

    def __init__(
        self,
        problem: Problem,
        clock: Clock,
        *,
        seed: int,
        workers: int,
        listener: ProgressListener | None,
        start: Matching | None,
        ceilings: Mapping[int, int],
        executor: Executor | None,
        stop: StopWhen | None,
        params: SolveParams,
    ) -> None:
        self.search: Search | None = None
        self._problem, self._clock, self._stop = problem, clock, stop
        self.reporting = Reporting(
            listener,
            now=self._now,
            tick=None if stop is None else self._look,
            failed=clock.stop,
        )
        self._seed, self._workers, self._params = seed, workers, params
        self._start, self._ceilings, self._executor = start, ceilings, executor
        self._error: BaseException | None = None
        self._best: tuple[tuple[int, ...] | None, float] = (None, clock.elapsed)
        self._pricing = Event()
        # An event is awaited and not the thread: an interrupt while Python 3.11 joins a thread
        # marks the thread as ended though it runs on.
        self._ended = Event()
        Thread(target=self._work, name="mentormatch-search", daemon=True).start()

    def wait(self) -> None:
        """Wait for the end; an interrupt ends the search, and a second one does not wait."""
        while not self._ended.is_set():
            try:
                self._ended.wait(POLL)
                if self._pricing.is_set():
                    # The answer states it; while an LP is solved, Python has nothing else to do.
                    _ = self._problem.fingerprint
            except KeyboardInterrupt:
                if self._clock.interrupted:
                    raise
                self._clock.stop()

    def trouble(self) -> Trouble | None:
        """Return what the search failed of though it has groups; raise it if it has none.

        What the caller's own listener raises is always raised again.
        """
        if self.reporting.error is not None:
            raise self.reporting.error
        if self._error is None:
            return None
        trouble = _survived(self.search, self._error)
        if trouble is None:
            raise self._error
        return trouble

    def _work(self) -> None:
        try:
            self._solve()
        except BaseException as error:  # noqa: BLE001  # It is raised again in the caller's thread.
            self._error = error
        finally:
            self._ended.set()

    def _solve(self) -> None:
        from mentormatch.solve.assign.groups import openings_of
        from mentormatch.solve.component_search import search_round
        from mentormatch.solve.instance.compiled import compile_problem
        from mentormatch.solve.instance.foresee import check_size
        from mentormatch.solve.search import Search

        check_size(self._problem, self._params.most_templates)
        compiled = compile_problem(self._problem, self._seed, self._ceilings)
        self.search = Search(
            compiled,
            self._clock,
            self._seed,
            self._workers,
            self._report,
            executor=self._executor,
            params=self._params,
        )
        openings = (
            openings_of(compiled, solution_of(self._problem, self._start)) if self._start else ()
        )
        search_round(self.search, openings)

    def _report(self, event: Progress) -> None:
        if event.phase == "pricing":
            self._pricing.set()
        self.reporting.report(self._with_best(event))

    def _now(self, last: Progress) -> Progress:
        """Return how the search stands in what it is doing."""
        search = self.search
        if search is None or last.tier is None:
            return last
        tier = search.compiled.problem.tiers.index(last.tier)
        return self._with_best(search.progress(last.phase, tier))

    def _with_best(self, event: Progress) -> Progress:
        search = self.search
        if search is None:
            return event
        standing = search.standing()

        def best() -> Matching | None:
            from mentormatch.solve.answer import answer_so_far

            found = standing()
            if found is None:
                return None
            matching = answer_so_far(self._problem, search, found)
            return matching if verify(self._problem, matching).ok else None

        return replace(event, best=best)

    def _look(self) -> None:
        """End the search if a stopping criterion is met."""
        search = self.search
        if search is None or self._stop is None:
            return
        values, bounds = search.reached()
        if not values:
            return
        if self._best[0] != values:
            self._best = values, self._clock.elapsed
        gaps = {
            number: value - bound
            for number, value, bound in zip(
                search.compiled.problem.tiers, values, bounds, strict=True
            )
        }
        met = self._stop.met(gaps, self._clock.elapsed - self._best[1])
        if met is not None:
            self._clock.enough(met)


def _survived(search: Search | None, error: BaseException) -> Trouble | None:
    """Return what to say of an error after which there still are groups; None without any."""
    if search is None or search.best is None or not search.best.openings:
        return None
    if isinstance(error, MemoryError):
        return "memory", "The memory was used up; these are the best groups found until then."
    if not isinstance(error, Exception):
        return None
    name = str(error) if isinstance(error, InternalError) else type(error).__name__
    return "failure", (
        f"The search failed ({name}), which is a fault of mentormatch; these are the best groups "
        "found until then, and nothing that it proved is stated."
    )


def _processors() -> int:
    """Return the number of processors that this process may use, at most three."""
    available = getattr(os, "sched_getaffinity", None)
    return min(3, len(available(0)) if available else os.cpu_count() or 1)
