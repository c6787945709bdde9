"""Decomposition of a round into components, which are searched by themselves and added up.

Components run side by side, in threads or in an executor, small ones first: time that they do not
use goes to the large ones. They are independent, so the answer does not depend on where they run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

from mentormatch.progress import Phase
from mentormatch.solve.assign.form_costs import FormCosts
from mentormatch.solve.backend.bounds import Bounds, add_up
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.remote import awaited, forget, submitted
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.components import Component, components_of
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.params import SolveParams
from mentormatch.solve.search import Incumbent, Search

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True)
class RemoteTask:
    """The search of a component as data for another process; it names nobody."""

    compiled: Compiled
    start: tuple[Opening, ...]
    seed: int
    seconds: float | None
    params: SolveParams


@dataclass(frozen=True)
class Outcome:
    """The result of the search of a component."""

    best: Incumbent | None
    bounds: Bounds
    infeasible: bool
    timed_out: bool
    seconds: dict[int, float]


@dataclass
class SingleComponentSearch(Search):
    """The search of a component; groups are evaluated by forms, since rules need all people."""

    report: Callable[[Phase, int], None] | None = None
    judge: FormCosts = field(init=False)

    def __post_init__(self) -> None:
        self.judge = FormCosts(self.compiled)

    def _values(self, openings: Sequence[Opening]) -> tuple[int, ...] | None:
        return self.judge.values(openings)

    def _report(self, phase: Phase, tier: int = 0) -> None:
        if self.report is not None:
            self.report(phase, tier)


def run(task: RemoteTask) -> Outcome:
    """Search a component in the process that calls this."""
    clock = Clock(task.seconds)
    search = SingleComponentSearch(task.compiled, clock, task.seed, params=task.params)
    search.begin(task.start)
    search.find()
    return Outcome(search.best, search.bounds, search.infeasible, clock.timed_out, search.seconds)


def search_round(search: Search, start: Sequence[Opening] = ()) -> None:
    """Search a round, component by component if it has several."""
    found = components_of(search.compiled) if search.params.split_components else None
    if found is None:
        search.run(start)
        return
    search.begin(start)
    ComponentSearch(search, *found).run(start)


class Halt(Event):
    """Set when the run is cancelled, or other components need not be searched any more."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def is_set(self) -> bool:
        """Return whether to stop."""
        return super().is_set() or self._clock.interrupted


class ComponentSearch:
    """Searches the components of a round.

    Parameters
    ----------
    whole
        The search of the round; it takes the groups of all components together, and bounds.
    components
        The components.
    idle
        The people who can be in no group.
    """

    def __init__(self, whole: Search, components: Sequence[Component], idle: Component) -> None:
        self.whole = whole
        self.clock = whole.clock
        self.components = sorted(components, key=lambda one: one.size)
        self.idle = FormCosts(idle.compiled).values(())
        self._searches = [
            SingleComponentSearch(one.compiled, whole.clock, whole.seed, params=whole.params)
            for one in self.components
        ]
        self._late: set[int] = set()
        self._listening = Lock()

    def run(self, start: Sequence[Opening] = ()) -> None:
        """Search all components until each search has ended or time is up."""
        if self.idle is None or any(one.hopeless for one in self.components):
            # A hard rule asks for more places than its set can ever have.
            self.whole.infeasible = True
            return
        try:
            self._begin(start)
            waiting = list(range(len(self.components)))
            retry = self.whole.params.component_retry_seconds
            while waiting:
                self._search(waiting)
                left = self.clock.remaining
                if self.whole.infeasible or left is None or left < retry or self.clock.expired():
                    break
                waiting = [one for one in waiting if one in self._late]
        finally:
            self._unite()

    def report(self, phase: Phase, tier: int) -> None:
        """Report a step of one component as a step of the whole round."""
        with self._listening:
            if self.whole.listener is None:
                return
            self.whole.listener(self.whole.progress(phase, tier))

    def _begin(self, start: Sequence[Opening]) -> None:
        """Give every component some groups, so that there are some whenever the run ends."""
        for component, search in zip(self.components, self._searches, strict=True):
            search.begin(component.inward(start))
            search.quick()
        self._unite()
        for search in self._searches:
            search.report = self.report
        self.whole.combined = self

    def _unite(self) -> None:
        """Offer the groups of all components together, and record the sums of their bounds."""
        self.whole.combined = None
        found = self.standing()()
        if found is None:
            return
        for search in self._searches:
            for tier, seconds in search.seconds.items():
                self.whole.seconds[tier] = self.whole.seconds.get(tier, 0.0) + seconds
        values, bounds = self.sums()
        for tier, bound in enumerate(bounds):
            self.whole.bounds.add(values[:tier], bound)
        self.whole.offer(found.openings)

    def standing(self) -> Callable[[], Incumbent | None]:
        """Return what makes the groups of all components as they are now, if each has some."""
        found = [search.best for search in self._searches]

        def together() -> Incumbent | None:
            openings: list[Opening] = []
            values = [self.idle or ()]
            for component, best in zip(self.components, found, strict=True):
                if best is None:
                    return None
                openings += component.outward(best.openings)
                values.append(best.values)
            return Incumbent(tuple(openings), tuple(map(sum, zip(*values, strict=True))))

        return together

    def sums(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the sums of costs and of bounds; nothing if a component has no matching yet."""
        found = [(one.best.values, one.bounds) for one in self._searches if one.best is not None]
        if self.idle is None or len(found) < len(self.components):
            return (), ()
        return add_up(found, self.idle)

    def _search(self, waiting: Sequence[int]) -> None:
        """Search some components, and note those for which the time was too short."""
        self._late.clear()
        executor = self.whole.executor
        lost = list(waiting) if executor is None else self._remotely(executor, waiting)
        if lost and not self.whole.infeasible and not self.clock.expired():
            self._locally(lost)
        self.clock.timed_out |= bool(self._late)

    def _locally(self, waiting: Sequence[int]) -> None:
        """Search components in threads of this process."""
        halt, sharing, undone = Halt(self.clock), Lock(), set(waiting)
        side_by_side = min(self.whole.workers, len(waiting))

        def search(number: int) -> None:
            if halt.is_set() or self.clock.expired():
                return
            mine = self._searches[number]
            with sharing:
                clock = Clock(self._share(number, undone, side_by_side), halt)
            mine.clock, mine.workers = clock, max(1, self.whole.workers // side_by_side)
            try:
                mine.find()
            except BaseException:
                halt.set()
                raise
            with sharing:
                undone.discard(number)
            if self._done(number, timed_out=clock.timed_out):
                halt.set()

        with ThreadPoolExecutor(max_workers=side_by_side) as pool:
            for future in [pool.submit(search, number) for number in waiting]:
                future.result()

    def _remotely(self, executor: Executor, waiting: Sequence[int]) -> list[int]:
        """Search components by an executor; return those that it lost."""
        side_by_side = min(self.whole.workers, len(waiting))
        tasks = []
        for number in waiting:
            best = self._searches[number].best
            seconds = self._share(number, waiting, side_by_side)
            tasks.append(
                RemoteTask(
                    self.components[number].compiled,
                    () if best is None else best.openings,
                    self.whole.seed,
                    None if seconds is None else self.whole.params.remote_share * seconds,
                    self.whole.params,
                )
            )
        futures = submitted(executor, run, tasks)
        lost = []
        for number, future in zip(waiting, futures, strict=True):
            outcome = awaited(future, self.clock)
            if outcome is None:
                lost.append(number)
            elif self._take(number, outcome):
                break
        forget(futures)
        return lost

    def _take(self, number: int, outcome: Outcome) -> bool:
        """Take the result of a remote search; return whether the round is infeasible."""
        mine = self._searches[number]
        mine.best, mine.infeasible = outcome.best, outcome.infeasible
        mine.bounds.join(outcome.bounds)
        for tier, seconds in outcome.seconds.items():
            mine.seconds[tier] = mine.seconds.get(tier, 0.0) + seconds
        self.report("improved", 0)
        return self._done(number, timed_out=outcome.timed_out)

    def _done(self, number: int, *, timed_out: bool) -> bool:
        """Note how the search of a component ended; return whether the round is infeasible."""
        mine = self._searches[number]
        if timed_out:
            self._late.add(number)
        hopeless = mine.infeasible and mine.best is None
        self.whole.infeasible |= hopeless
        return hopeless

    def _share(self, number: int, undone: Collection[int], side_by_side: int) -> float | None:
        """Return a component's seconds: a share of the time left by its size among the undone."""
        left = self.clock.remaining
        if left is None:
            return None
        total = sum(self.components[one].size for one in undone)
        return left * min(1.0, side_by_side * self.components[number].size / total)
