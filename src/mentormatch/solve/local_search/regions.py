"""Local search on large rounds, one region after the other.

A region is a group, those whose times its people can make best, some of whom have no place, and
some of the free mentors. Only the costs of the region change, so it is searched as a small round
of its own, and all other groups stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.local_search.ground import Ground
from mentormatch.solve.local_search.walk import LocalSearch
from mentormatch.solve.params import DEFAULTS, SolveParams


class Regions:
    """Improves groups region by region.

    Parameters
    ----------
    ground
        The round.
    openings
        Valid groups.
    seed
        Seed of what is drawn.
    params
        Sizes of regions, and what local search goes by.
    """

    def __init__(
        self,
        ground: Ground,
        openings: Sequence[Opening],
        seed: int,
        params: SolveParams = DEFAULTS,
    ) -> None:
        self.params = params
        self.ground = ground
        self.openings = list(openings)
        self.seed = seed
        self._judge = GroupCosts(ground.compiled)
        self._draw = Random(seed)  # noqa: S311  # Chance, not secrecy.

    def once(self, clock: Clock, effort: int, tier: int) -> bool:
        """Search around every group once, those that cost something in a tier first.

        Parameters
        ----------
        clock
            Ends the search early.
        effort
            How many moves are weighed in each region, about.
        tier
            The first tier that may still become better.

        Returns
        -------
        bool
            Whether the groups have become better.
        """
        better = False
        for chosen in self._covering(tier):
            if clock.expired():
                break
            better |= self._search(chosen, clock, effort)
        return better

    def _covering(self, tier: int) -> Iterator[list[Opening]]:
        """Yield regions until every group was in one."""
        waiting = list(self.openings)
        self._draw.shuffle(waiting)
        cost = {opening: self._judge.costs(opening)[tier] for opening in waiting}
        waiting.sort(key=lambda opening: cost[opening] == 0)
        seen: set[Opening] = set()
        allowed = self.ground.compiled.allowed
        for centre in waiting:
            now = set(self.openings)
            if centre in seen or centre not in now:
                continue
            templates = np.array([opening.template for opening in self.openings])
            shared = allowed[list(centre.people)].sum(axis=0)[templates].tolist()
            fresh = [opening not in seen for opening in self.openings]
            near = sorted(
                range(len(self.openings)),
                key=lambda one: (-shared[one] * self._draw.random() * (1 + fresh[one]), one),
            )
            region = [centre]
            region += [self.openings[one] for one in near if self.openings[one] != centre]
            region = region[: self.params.region_groups]
            seen.update(region)
            yield region

    def _search(self, chosen: Sequence[Opening], clock: Clock, effort: int) -> bool:
        compiled = self.ground.compiled
        mine = set(chosen)
        outside = [opening for opening in self.openings if opening not in mine]
        busy = np.zeros(len(compiled.round_.people), dtype=np.int64)
        for opening in self.openings:
            busy[list(opening.people)] += 1
        here = sorted({opening.template for opening in chosen})
        free = (busy < compiled.capacity) & compiled.allowed[:, here].any(axis=1)
        left_out = np.flatnonzero(free[: compiled.students]).tolist()
        mentors = (compiled.students + np.flatnonzero(free[compiled.students :])).tolist()
        self._draw.shuffle(left_out)
        self._draw.shuffle(mentors)
        people = {person for opening in chosen for person in opening.people}
        people.update(left_out[: self.params.region_left_out])
        people.update(mentors[: self.params.region_free_mentors])
        seed = self._draw.getrandbits(32)
        search = LocalSearch(
            self.ground, chosen, seed, people=people, outside=outside, params=self.params
        )
        before = search.best.levels
        search.run(clock, effort, lambda _: None)
        if search.best.levels >= before or search.best.levels[0]:
            return False
        self.openings = outside + search.openings()
        return True
