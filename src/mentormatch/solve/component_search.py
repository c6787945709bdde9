"""Searching the parts of a round, each as a small round, and adding up what they cost and prove.

Parts run side by side, in threads or by an executor, the small ones first: what they do not use
of the time goes to the large ones. None of them knows of the others, so the answer is the same
wherever they run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

from mentormatch.progress import Progress
from mentormatch.solve.assign.form_costs import FormCosts
from mentormatch.solve.backend.bounds import Bounds, added
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.remote import awaited, forget, submitted
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.components import Part, split
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.search import Incumbent, Phase, Search

if TYPE_CHECKING:
    from concurrent.futures import Executor

WORTH_WHILE = 1.0
"""Seconds left for which parts that ran out of their share of the time are searched again."""
AWAY = 0.9
"""Share of the time for searches elsewhere; the rest is for the way there and back."""


@dataclass(frozen=True)
class RemoteTask:
    """The search of a part, in a form that can be sent away; it knows numbers only."""

    part: Compiled
    start: tuple[Opening, ...]
    seed: int
    seconds: float | None


@dataclass(frozen=True)
class Outcome:
    """What the search of a part came to."""

    best: Incumbent | None
    bounds: Bounds
    infeasible: bool
    timed_out: bool
    seconds: dict[int, float]


@dataclass
class PartSearch(Search):
    """The search of a part; what its groups cost is read off the forms."""

    told: Callable[[Phase, int], None] | None = None
    judge: FormCosts = field(init=False)

    def __post_init__(self) -> None:
        self.judge = FormCosts(self.compiled)

    def _values(self, openings: Sequence[Opening]) -> tuple[int, ...] | None:
        return self.judge.values(openings)

    def _tell(self, phase: Phase, tier: int = 0) -> None:
        if self.told is not None:
            self.told(phase, tier)


def run(errand: RemoteTask) -> Outcome:
    """Search a part wherever this is called."""
    clock = Clock(errand.seconds)
    search = PartSearch(errand.part, clock, errand.seed)
    search.begin(errand.start)
    search.find()
    return Outcome(search.best, search.bounds, search.infeasible, clock.timed_out, search.seconds)


def search_round(search: Search, start: Sequence[Opening] = ()) -> None:
    """Search a round, component by component if it has several."""
    if (found := split(search.compiled)) is None:
        search.run(start)
        return
    search.begin(start)
    ComponentSearch(search, *found).run(start)


class Halt(Event):
    """Set when the whole run is to stop, or the other parts need not be searched any more."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def is_set(self) -> bool:
        """Whether to stop."""
        return super().is_set() or self._clock.interrupted


class ComponentSearch:
    """Searches the parts of a round.

    Parameters
    ----------
    whole
        The search of the round, which is given the groups of all parts together, and bounds.
    parts
        The parts.
    idle
        Whoever can have no group.
    """

    def __init__(self, whole: Search, parts: Sequence[Part], idle: Part) -> None:
        self.whole = whole
        self.clock = whole.clock
        self.parts = sorted(parts, key=lambda part: part.size)
        self.idle = FormCosts(idle.compiled).values(())
        self._searches = [PartSearch(part.compiled, whole.clock, whole.seed) for part in self.parts]
        self._late: set[int] = set()
        self._listening = Lock()

    def run(self, start: Sequence[Opening] = ()) -> None:
        """Search all parts until each is done or the time is over."""
        if self.idle is None or any(part.hopeless for part in self.parts):
            # Somebody must have a group and can have none.
            self.whole.infeasible = True
            return
        try:
            self._begin(start)
            waiting = list(range(len(self.parts)))
            while waiting:
                self._search(waiting)
                left = self.clock.remaining
                if self.whole.infeasible or left is None or left < WORTH_WHILE or self.clock.over:
                    break
                waiting = [one for one in waiting if one in self._late]
        finally:
            self._unite()

    def tell(self, phase: Phase, tier: int) -> None:
        """Tell of a step of one part as a step of the whole round."""
        with self._listening:
            if self.whole.listener is None:
                return
            values, bounds = self._sums()
            self.whole.listener(
                Progress(
                    phase,
                    self.whole.compiled.problem.tiers[tier] if self.whole.compiled.tiers else None,
                    values[tier] if values else None,
                    bounds[tier] if bounds else None,
                    self.clock.elapsed,
                )
            )

    def _begin(self, start: Sequence[Opening]) -> None:
        """Give every part some groups, so that there are some whenever the run ends."""
        for part, search in zip(self.parts, self._searches, strict=True):
            search.begin(part.inward(start))
            search.quick()
        self._unite()
        for search in self._searches:
            search.told = self.tell

    def _unite(self) -> None:
        """Offer the groups of all parts together, and note what their bounds prove."""
        together: list[Opening] = []
        for part, search in zip(self.parts, self._searches, strict=True):
            if search.best is None:
                return
            together += part.outward(search.best.openings)
            for tier, seconds in search.seconds.items():
                self.whole.seconds[tier] = self.whole.seconds.get(tier, 0.0) + seconds
        values, bounds = self._sums()
        for tier, bound in enumerate(bounds):
            self.whole.bounds.add(values[:tier], bound)
        self.whole.offer(together)

    def _sums(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return what all parts cost together and its bounds; nothing if some have no groups."""
        found = [(one.best.values, one.bounds) for one in self._searches if one.best is not None]
        if self.idle is None or len(found) < len(self.parts):
            return (), ()
        return added(found, self.idle)

    def _search(self, waiting: Sequence[int]) -> None:
        """Search some parts, and note those for which the time was too short."""
        self._late.clear()
        executor = self.whole.executor
        lost = list(waiting) if executor is None else self._elsewhere(executor, waiting)
        if lost and not self.whole.infeasible and not self.clock.over:
            self._here(lost)
        self.clock.timed_out |= bool(self._late)

    def _here(self, waiting: Sequence[int]) -> None:
        """Search parts in threads of this process."""
        halt, sharing, undone = Halt(self.clock), Lock(), set(waiting)
        side_by_side = min(self.whole.workers, len(waiting))

        def search(number: int) -> None:
            if halt.is_set() or self.clock.over:
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

    def _elsewhere(self, executor: Executor, waiting: Sequence[int]) -> list[int]:
        """Search parts by an executor; return those that it did not."""
        side_by_side = min(self.whole.workers, len(waiting))
        errands = []
        for number in waiting:
            best = self._searches[number].best
            seconds = self._share(number, waiting, side_by_side)
            errands.append(
                RemoteTask(
                    self.parts[number].compiled,
                    () if best is None else best.openings,
                    self.whole.seed,
                    None if seconds is None else AWAY * seconds,
                )
            )
        futures = submitted(executor, run, errands)
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
        """Take what was found elsewhere; True if it leaves no hope for the round."""
        mine = self._searches[number]
        mine.best, mine.infeasible = outcome.best, outcome.infeasible
        mine.bounds.join(outcome.bounds)
        for tier, seconds in outcome.seconds.items():
            mine.seconds[tier] = mine.seconds.get(tier, 0.0) + seconds
        self.tell("improved", 0)
        return self._done(number, timed_out=outcome.timed_out)

    def _done(self, number: int, *, timed_out: bool) -> bool:
        """Note how the search of a part ended; True if it leaves no hope for the round."""
        mine = self._searches[number]
        if timed_out:
            self._late.add(number)
        hopeless = mine.infeasible and mine.best is None
        self.whole.infeasible |= hopeless
        return hopeless

    def _share(self, number: int, undone: Collection[int], side_by_side: int) -> float | None:
        """Return the seconds for a part: of those left, as much as it is of what is not done."""
        left = self.clock.remaining
        if left is None:
            return None
        total = sum(self.parts[one].size for one in undone)
        return left * min(1.0, side_by_side * self.parts[number].size / total)
