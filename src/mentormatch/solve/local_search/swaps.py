"""Swaps of people between two groups, evaluated for many pairs of groups at a time.

Open groups are paired at random. For each pair every swap of two of its people, and every move of
one of them to the other group, is evaluated, and at most one of these is made. No group is in two
pairs, so moves that are made at the same time do not affect each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentormatch.solve.local_search.energy import Floats
from mentormatch.solve.local_search.ground import Flags, Ints
from mentormatch.solve.local_search.state import CLOSED, NEVER, State


@dataclass(frozen=True)
class Side:
    """One group of each pair: its number, its members in a row, and which of a row are there.

    The last of a row is nobody, with whom somebody swaps who just goes to the other group.
    """

    group: Ints
    unit: Ints
    there: Flags
    full: Flags


class PairSwaps:
    """Evaluates and makes swaps of students, or of mentors, in a state.

    Parameters
    ----------
    state
        The groups.
    rng
        Pairs the groups.
    pairs
        Pairs of groups that swap people in one step, at most.
    """

    def __init__(self, state: State, rng: np.random.Generator, pairs: int) -> None:
        self.state = state
        self._rng = rng
        self._pairs = pairs

    def step(self, first: int, last: int, heat: float, noise: Floats) -> int:
        """Let pairs of groups swap people among the units from `first` to `last`.

        Parameters
        ----------
        first, last
            The students, or the mentors.
        heat
            How likely is what costs more; 0 for what costs less only.
        noise
            Random numbers of the Gumbel distribution; they are used again if they are too few.

        Returns
        -------
        int
            How many moves were weighed.
        """
        drawn = self._rng.permutation(np.flatnonzero(self.state.template != CLOSED))
        half = min(len(drawn) // 2, self._pairs)
        if not half or first == last:
            return 1
        one, other = self._sides(drawn[:half], drawn[half : 2 * half], first, last)
        cost = self._costs(one, other)
        flat = cost.reshape(half, -1)
        noisy, stay = flat, np.zeros(half)
        if heat:
            noise = np.resize(noise, flat.size + half)
            noisy = flat - heat * noise[: flat.size].reshape(flat.shape)
            stay = -heat * noise[flat.size :]
        chosen = noisy.argmin(axis=1)
        rows = np.flatnonzero(noisy[np.arange(half), chosen] < stay)
        if len(rows):
            width = other.unit.shape[1]
            self._make(one, other, rows, chosen[rows] // width, chosen[rows] % width, cost)
        return flat.size

    def _sides(self, one: Ints, other: Ints, first: int, last: int) -> tuple[Side, Side]:
        where = self.state.where[first:last]
        sizes = np.bincount(where, minlength=self.state.rooms + 1)
        starts = np.cumsum(sizes) - sizes
        order = first + np.argsort(where, kind="stable")
        most = self.state.scene.most_of_role[int(first > 0)]

        def side(groups: Ints) -> Side:
            size = sizes[groups]
            place = np.arange(int(size.max()) + 1)
            at = np.minimum(starts[groups][:, None] + place, len(order) - 1)
            return Side(groups, order[at], place < size[:, None], size >= most)

        return side(one), side(other)

    def _costs(self, one: Side, other: Side) -> Floats:
        """Return costs by pair, by member of the one group and by member of the other."""
        state = self.state
        here, there = one.group, other.group
        of_one = state.of_unit[one.unit] * one.there[:, :, None]
        of_other = state.of_unit[other.unit] * other.there[:, :, None]
        going = (of_one @ state.enter[there][:, :, None])[:, :, 0]
        going += one.there * (state.out[one.unit] + state.alone[there[:, None], one.unit])
        coming = (of_other @ state.enter[here][:, :, None])[:, :, 0]
        coming += other.there * (state.out[other.unit] + state.alone[here[:, None], other.unit])
        bend = state.bend[here] + state.bend[there]
        cost: Floats = going[:, :, None] + coming[:, None, :]
        cost -= (of_one * bend[:, None]) @ of_other.transpose(0, 2, 1)
        if state.energy.pair is not None:
            pair = state.energy.pair[one.unit[:, :, None], other.unit[:, None, :]]
            cost -= 2.0 * (one.there[:, :, None] & other.there[:, None, :]) * pair
        sums = state.energy.sums
        if sums is not None:
            less = state.adds[one.unit] * one.there[:, :, None]
            more = state.adds[other.unit] * other.there[:, :, None]
            change = less[:, :, None] - more[:, None]
            cost += sums(state.sum[there][:, None, None] + change)
            cost += sums(state.sum[here][:, None, None] - change)
            cost -= (state.sum_cost[here] + state.sum_cost[there])[:, None, None]
        alone_one, alone_other = ~one.there[:, :, None], ~other.there[:, None, :]
        never = alone_one & alone_other
        # Nobody comes for nobody to a group that has too many already.
        never |= one.full[:, None, None] & alone_one
        never |= other.full[:, None, None] & alone_other
        if state.siblings:
            # A person does not change places with themselves.
            person = state.scene.person
            same = person[one.unit][:, :, None] == person[other.unit][:, None, :]
            never |= same & one.there[:, :, None] & other.there[:, None, :]
        cost[never] = NEVER
        return cost

    def _make(
        self, one: Side, other: Side, rows: Ints, place: Ints, place_there: Ints, cost: Floats
    ) -> None:
        state = self.state
        going, coming = one.there[rows, place], other.there[rows, place_there]
        leaving = one.unit[rows, place][going], other.unit[rows, place_there][coming]
        units = np.concatenate(leaving)
        if len(rows) > 1 and state.siblings:
            people = state.scene.person[[unit for unit in units.tolist() if unit in state.siblings]]
            if len(np.unique(people)) < len(people):
                # Two groups of one person would change at once: only one pair of groups does.
                self._make(one, other, rows[:1], place[:1], place_there[:1], cost)
                return
        targets = np.concatenate((other.group[rows][going], one.group[rows][coming]))
        state.make(units, targets, float(cost[rows, place, place_there].sum()))
