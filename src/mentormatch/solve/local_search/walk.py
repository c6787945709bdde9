"""Local search on groups: simulated annealing whose steps see all moves of a person at once.

A step draws a person and weighs every swap, every other group and no group against staying, each
with its chance at the temperature (heat bath): as many moves as there are people, for a few
products of arrays. All tiers count in one number in which an earlier tier outweighs what is usual
in a later one. Cooling passes one tier's size after the other, so that tiers freeze in their
order; each of them can still give way a little while the one behind it is settled. Between
steps of people whole groups open, close, and move. The best by tiers in strict order is kept.

Effort is counted in moves that were weighed, never in time, so that the same problem and seed
give the same groups wherever no clock ran out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.local_search.energy import Energy, Floats
from mentormatch.solve.local_search.ground import Ground, Ints
from mentormatch.solve.local_search.group_moves import GroupMoves
from mentormatch.solve.local_search.move_costs import move_costs
from mentormatch.solve.local_search.scene import Scene
from mentormatch.solve.local_search.state import State
from mentormatch.solve.local_search.swaps import PairSwaps
from mentormatch.solve.local_search.tier_scale import Scale
from mentormatch.solve.params import DEFAULTS, SolveParams

BLOCK = 1 << 16
"""Random numbers drawn at a time."""
STEP = 150
"""Moves that a step counts for besides those that it weighs: it costs as much by itself."""
LOOKS = 16
"""Steps between two looks at the clock."""


@dataclass
class Found:
    """The best groups of a search and what they come to by level, what is forbidden first."""

    levels: tuple[int, ...]
    where: Ints
    template: Ints


class LocalSearch:
    """Improves groups by moves of people and groups.

    Parameters
    ----------
    ground
        The round.
    openings
        Groups to start from.
    seed
        Seed of every draw.
    people
        Whom the search moves; None for everybody.
    outside
        Groups that stay as they are.
    spare
        How many groups more than at the start there can be.
    params
        Temperatures, and how often which move is tried.
    """

    def __init__(
        self,
        ground: Ground,
        openings: Sequence[Opening],
        seed: int,
        *,
        people: Iterable[int] | None = None,
        outside: Sequence[Opening] = (),
        spare: int = 3,
        params: SolveParams = DEFAULTS,
    ) -> None:
        self.params = params
        self.scene = Scene(ground, people, outside)
        self.weighed = 0
        self._rng = np.random.Generator(np.random.PCG64(seed & (2**64 - 1)))
        self._noise, self._chance = _noise(self._rng)
        self._at = 0
        levels = self.scene.levels
        self.state = State(self.scene, Energy(self.scene, [1] * levels), len(openings) + spare)
        self.state.put(openings)
        self._roles = self._movable()
        self._swaps = PairSwaps(self.state, self._rng, params.local_pairs)
        # Two groups have hardly anything to exchange at once.
        self._singly = params.local_person_fraction if len(openings) > 3 else 1.0
        self.best = self._now()
        self.scale = Scale(self.scene, self._usual())
        self._groups = GroupMoves(self.state, self._rng, params)

    @property
    def idle(self) -> bool:
        """Whether there is nobody to move."""
        return not len(self._roles)

    def run(
        self,
        clock: Clock,
        effort: int,
        offer: Callable[[Sequence[Opening]], object],
        bounds: Sequence[int] = (),
    ) -> None:
        """Search on from the best groups.

        Parameters
        ----------
        clock
            Ends the search early.
        effort
            How many moves are weighed, about.
        offer
            Takes groups that are better than all before, each time.
        bounds
            By tier, what nothing can cost less than; tiers at it need no more search.
        """
        until = self.weighed + effort
        length = max(self.params.local_min_cooling, effort // self.params.local_coolings)
        turn = 0
        while self.weighed < until and not clock.expired() and not self.idle:
            first = self._first_open(bounds)
            if first is None:
                return
            before = self.best.levels
            levels = self._settling(first, turn, bounds)
            self._restart()
            self._weigh(first)
            self._anneal(clock, min(length, until - self.weighed), levels)
            if self.best.levels < before and not self.best.levels[0]:
                offer(self.openings())
            turn += 1
            length = int(length * self.params.local_cooling_growth)

    def openings(self) -> list[Opening]:
        """Return the best groups."""
        return self.scene.openings(self.best.where, self.best.template)

    # Which tiers are settled, and how hot it is.

    def _first_open(self, bounds: Sequence[int]) -> int | None:
        """Return the first level that may still become better."""
        least = [0, *bounds] if bounds else [0] * self.scene.levels
        return next((n for n, v in enumerate(self.best.levels) if v > least[n]), None)

    def _settling(self, first: int, turn: int, bounds: Sequence[int]) -> list[int]:
        """Return the levels whose sizes cooling passes: all that are open, or the later ones."""
        least = [0, *bounds] if bounds else [0] * self.scene.levels
        open_ = [n for n in range(first, self.scene.levels) if self.best.levels[n] > least[n]]
        start = int(self._rng.integers(len(open_))) if turn % 2 else 0
        return open_[start:]

    def _weigh(self, first: int) -> None:
        largest = [max(1, 4 * value) for value in self.best.levels]
        self.weights = self.scale.weights(first, largest)
        self.state.weigh(Energy(self.scene, self.weights))
        self._lowest = self.state.total

    def _anneal(self, clock: Clock, effort: int, levels: Sequence[int]) -> None:
        """Cool past the sizes of some levels, one after the other."""
        params = self.params
        spans = []
        for level in levels:
            if self.weights[level]:
                least, usual = self.scale.least[level], self.scale.usual[level]
                weight = self.weights[level]
                hot = weight * max(params.local_hot * least, params.local_hot_fraction * usual)
                cold = weight * max(params.local_cold * least, params.local_cold_fraction * usual)
                spans.append((log(max(hot, cold)), log(cold)))
        # Where one level's span begins before the last one's ends, it is not passed twice.
        cut, low = [], np.inf
        for hot, cold in spans:
            top = min(hot, low)
            if top > cold:
                cut.append((top, cold))
                low = cold
        width = sum(top - cold for top, cold in cut)
        began, weighed = self.weighed, 0.0
        while weighed < 1.0 and not clock.expired() and cut:
            left = weighed * width
            for top, cold in cut:
                if left <= top - cold:
                    break
                left -= top - cold
            self._steps(float(np.exp(round(top - left, 6))), LOOKS)
            weighed = (self.weighed - began) / effort
        self._steps(0.0, self.scene.units)

    # Steps.

    def _steps(self, heat: float, number: int) -> None:
        state = self.state
        for _ in range(number):
            self.weighed += STEP
            chance = self._draw()
            if self._groups.choice and chance < self.params.local_group_fraction:
                self.weighed += self._groups.step(heat * self._heat_noise())
            elif chance < self._singly:
                self._step(heat)
            else:
                unit = int(self._roles[int(self._draw() * len(self._roles))])
                self.weighed += self._swaps.step(*self._kind(unit), heat, self._noises(2048))
            if state.total < self._lowest:
                self._lowest = state.total
                self._keep()

    def _step(self, heat: float) -> None:
        """Let somebody change places, go elsewhere, or stay, each by its chance."""
        unit = int(self._roles[int(self._draw() * len(self._roles))])
        first, last = self._kind(unit)
        costs = move_costs(self.state, np.array([unit]), first, last)[0]
        self.weighed += len(costs)
        noisy, stay = costs, 0.0
        if heat:
            noisy = costs - heat * self._noises(len(costs))
            stay = -heat * self._heat_noise()
        chosen = int(noisy.argmin())
        if noisy[chosen] < stay:
            self._take(unit, first, last, chosen, float(costs[chosen]))

    def _take(self, unit: int, first: int, last: int, chosen: int, change: float) -> None:
        """Make one of the moves of a unit that `move_costs` lists."""
        here = int(self.state.where[unit])
        if chosen < last - first:
            other = first + chosen
            units, targets = [unit, other], [int(self.state.where[other]), here]
        else:
            units, targets = [unit], [chosen - (last - first)]
        self.state.make(np.array(units), np.array(targets), change)

    def _kind(self, unit: int) -> tuple[int, int]:
        """Return the first unit of a unit's kind, students or mentors, and one past the last."""
        students = self.scene.students
        return (0, students) if unit < students else (students, self.scene.units)

    def _noises(self, number: int) -> Floats:
        if self._at + number >= BLOCK:
            self._at = int(self._rng.integers(BLOCK // 2))
        self._at += number
        return self._noise[self._at - number : self._at]

    def _draw(self) -> float:
        self._at += 1
        if self._at >= BLOCK:
            self._at = int(self._rng.integers(BLOCK // 2))
        return float(self._chance[self._at])

    def _heat_noise(self) -> float:
        self._draw()
        return float(self._noise[self._at])

    # The best.

    def _now(self) -> Found:
        levels = tuple(self.state.levels().tolist())
        return Found(levels, self.state.where.copy(), self.state.template.copy())

    def _keep(self) -> None:
        levels = tuple(self.state.levels().tolist())
        if levels < self.best.levels:
            self.best = Found(levels, self.state.where.copy(), self.state.template.copy())

    def _restart(self) -> None:
        self.state.take(self.best.where, self.best.template)

    def _movable(self) -> Ints:
        """Return the units who can be anywhere."""
        return np.flatnonzero(self.scene.allowed.any(axis=1))

    def _usual(self) -> list[float]:
        """Return by level the mean size of changes of random moves, where there was any."""
        sizes: list[list[int]] = [[] for _ in range(self.scene.levels)]
        state = self.state
        now = state.levels()
        for _ in range(self.params.local_probes if len(self._roles) else 0):
            unit = int(self._rng.choice(self._roles))
            first, last = self._kind(unit)
            cost = move_costs(state, np.array([unit]), first, last)[0]
            can = np.flatnonzero(cost < np.inf)
            if not len(can):
                continue
            chosen = int(self._rng.choice(can))
            self._take(unit, first, last, chosen, float(cost[chosen]))
            levels = state.levels()
            for level, change in enumerate((levels - now).tolist()):
                if change:
                    sizes[level].append(abs(change))
            now = levels
        state.take(self.best.where, self.best.template)
        return [sum(some) / len(some) if some else 1.0 for some in sizes]


def _noise(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return draws of the Gumbel distribution and of the uniform one.

    Their logarithms are Python's own, and rounded, so that they are the same on every machine.
    """
    steps = 1 << 12
    levels = [round(-log(-log((one + 0.5) / steps)), 9) for one in range(steps)]
    drawn = rng.integers(steps, size=BLOCK)
    return np.array(levels)[drawn], rng.random(BLOCK)
