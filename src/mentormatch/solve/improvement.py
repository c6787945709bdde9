"""Improving valid groups in turns of local search and of neighbourhoods solved exactly.

With a time limit it goes on until time is up or nothing is left to gain; without one it ends
after some turns in vain, so that it ends at the same groups everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.lns import LargeNeighbourhoodSearch
from mentormatch.solve.local_search.ground import Ground
from mentormatch.solve.local_search.regions import Regions
from mentormatch.solve.local_search.walk import LocalSearch
from mentormatch.solve.params import DEFAULTS, SolveParams


def hardly_planned(compiled: Compiled) -> bool:
    """Whether all groups are of one template: then a plan decides their number only."""
    return int(compiled.allowed[: compiled.students].any(axis=0).sum()) <= 1


@dataclass
class Improvement:
    """Improves the groups of one round.

    Parameters
    ----------
    compiled
        The problem.
    seed
        Seed of what is drawn.
    offer
        Takes better groups; False if they are no better after all.
    best
        Returns the best groups so far, their values, and the bounds of these.
    params
        Efforts, and when to stop.
    """

    compiled: Compiled
    seed: int
    offer: Callable[[Sequence[Opening]], bool]
    best: Callable[[], tuple[Sequence[Opening], tuple[int, ...], tuple[int, ...]]]
    params: SolveParams = DEFAULTS
    ground: Ground = field(init=False)

    def __post_init__(self) -> None:
        self.ground = Ground(self.compiled)

    def begin(self, clock: Clock, effort: int) -> None:
        """Search locally for a while."""
        self._locally(clock, effort, 0)

    def run(self, clock: Clock) -> None:
        """Improve in turns until all is proven or the clock is over."""
        params = self.params
        exact = LargeNeighbourhoodSearch(self.compiled, self.best()[0], self.seed, params)
        people = len(self.compiled.round_.people)
        effort = float(min(params.local_effort, params.local_person_effort * people))
        attempts, vain, turn = params.lns_min_patience, 0, 1
        while self._behind() is not None and not clock.expired():
            if clock.remaining is None and vain == params.local_patience:
                return
            before = self.best()[1]
            self._locally(clock, int(effort), turn)
            between = self.best()[1]
            exact.openings = list(self.best()[0])
            exact.run(clock, self.offer, self._gaps, attempts)
            now = self.best()[1]
            attempts = 2 * attempts if now < between else attempts // 2
            attempts = max(params.lns_min_patience, min(params.lns_max_patience, attempts))
            vain = 0 if now < before else vain + 1
            effort, turn = effort * params.local_turn_growth, turn + 1

    def _locally(self, clock: Clock, effort: int, turn: int) -> None:
        openings, _, bounds = self.best()
        behind = self._behind()
        if behind is None or not openings:
            return
        if len(openings) <= self.params.local_whole_groups:
            search = LocalSearch(self.ground, openings, self.seed + turn, params=self.params)
            search.run(clock, effort, self.offer, bounds)
            return
        regions = Regions(self.ground, openings, self.seed + turn, self.params)
        share = effort // self.params.region_parts
        if regions.once(clock, share, behind):
            self.offer(regions.openings)

    def _gaps(self) -> tuple[int, ...]:
        _, values, bounds = self.best()
        return tuple(value - bound for value, bound in zip(values, bounds, strict=True))

    def _behind(self) -> int | None:
        """Return the first tier that is not proven."""
        return next((tier for tier, gap in enumerate(self._gaps()) if gap > 0), None)
