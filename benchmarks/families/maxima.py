"""Iterated maxima search, a published heuristic for maximally diverse grouping.

A local search moves single people and swaps pairs until nothing gets better. Weak perturbations
take the best of a few random swaps and search again, as long as that finds better maxima; when
it has not for some rounds, a strong perturbation of random swaps begins elsewhere. Written for
this comparison after the paper's description; parameters are its order of magnitude.

References
----------
Lai and Hao (2016), Iterated maxima search for the maximally diverse grouping problem. European
Journal of Operational Research 254, 780-800. https://doi.org/10.1016/j.ejor.2016.05.018
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.families.diverse import Instance

Ints = NDArray[np.int64]

FRUITLESS = 5
"""Rounds of weak perturbation without a better maximum after which a strong one follows."""
WEAK = 3
"""Swaps of a weak perturbation."""
LOOKED_AT = 40
"""Random swaps of which a weak perturbation takes the best."""
STRONG = 1.0
"""Swaps of a strong perturbation, as a multiple of the size of a group."""


class Grouping:
    """Who is in which group, and what everybody's scores with each group add up to."""

    def __init__(self, problem: Instance, group_of: Ints) -> None:
        self.problem = problem
        self.scores = problem.scores
        self.group_of = group_of.copy()
        self.size = np.bincount(group_of, minlength=problem.groups)
        members = np.eye(problem.groups, dtype=np.int64)[group_of]
        self.with_group: Ints = self.scores @ members
        self.value = problem.value(group_of)

    def move(self, person: int, group: int) -> None:
        """Put somebody into another group."""
        home = self.group_of[person]
        self.value += int(self.with_group[person, group] - self.with_group[person, home])
        self.with_group[:, home] -= self.scores[:, person]
        self.with_group[:, group] += self.scores[:, person]
        self.size[home] -= 1
        self.size[group] += 1
        self.group_of[person] = group

    def swap(self, one: int, other: int) -> None:
        """Let two people of different groups change places."""
        home, group = int(self.group_of[one]), int(self.group_of[other])
        self.move(one, group)
        self.move(other, home)

    def swap_gains(self, one: int) -> Ints:
        """Return by how much the value grows if one changes places with each other person."""
        home = self.group_of[one]
        others = np.arange(len(self.group_of))
        own = self.with_group[others, self.group_of]
        gains = (
            self.with_group[one, self.group_of]
            - self.with_group[one, home]
            + self.with_group[:, home]
            - own
            - 2 * self.scores[one]
        )
        gains[self.group_of == home] = 0
        return np.asarray(gains)

    def climb(self, order: Ints, until: float) -> None:
        """Take what gains most for each person in turn, until nothing gains for anybody."""
        idle = 0
        while idle < len(order) and perf_counter() < until:
            for person in order.tolist():
                gain, target, other = self._best(person)
                if gain <= 0:
                    idle += 1
                    if idle >= len(order):
                        return
                    continue
                idle = 0
                if other is None:
                    self.move(person, target)
                else:
                    self.swap(person, other)

    def _best(self, person: int) -> tuple[int, int, int | None]:
        """Return the largest gain by a move or a swap, the group, and with whom to swap."""
        home = int(self.group_of[person])
        gains = self.swap_gains(person)
        other = int(gains.argmax())
        best, target, partner = int(gains[other]), int(self.group_of[other]), other
        if self.size[home] > self.problem.low:
            moves = self.with_group[person] - self.with_group[person, home]
            moves[self.size >= self.problem.high] = -1
            group = int(moves.argmax())
            if group != home and moves[group] > best:
                return int(moves[group]), group, None
        return best, target, partner


def search(problem: Instance, limit: float, seed: int) -> Grouping:
    """Return the best grouping found in so many seconds."""
    until = perf_counter() + limit
    rng = np.random.default_rng(seed)
    people = len(problem.scores)
    current = Grouping(problem, rng.permutation(np.arange(people) % problem.groups))
    current.climb(rng.permutation(people), until)
    best = Grouping(problem, current.group_of)
    while perf_counter() < until:
        current = _maxima(current, rng, until)
        if current.value > best.value:
            best = Grouping(problem, current.group_of)
        for _ in range(round(STRONG * people / problem.groups)):
            _swap_some(current, rng, 1)
        current.climb(rng.permutation(people), until)
    return best


def _maxima(start: Grouping, rng: np.random.Generator, until: float) -> Grouping:
    """Go from maximum to better maximum by weak perturbations; return the best of them."""
    best, current, fruitless = start, Grouping(start.problem, start.group_of), 0
    while fruitless < FRUITLESS and perf_counter() < until:
        for _ in range(WEAK):
            _swap_some(current, rng, LOOKED_AT)
        current.climb(rng.permutation(len(start.group_of)), until)
        fruitless += 1
        if current.value > best.value:
            best, fruitless = Grouping(start.problem, current.group_of), 0
    return best


def _swap_some(grouping: Grouping, rng: np.random.Generator, tries: int) -> None:
    """Swap the best of some random pairs of different groups, better or worse."""
    one, other = rng.integers(len(grouping.group_of), size=(2, tries))
    home, group = grouping.group_of[one], grouping.group_of[other]
    apart = home != group
    if not apart.any():
        return
    table, scores = grouping.with_group, grouping.scores
    gains = (
        table[one, group]
        - table[one, home]
        + table[other, home]
        - table[other, group]
        - 2 * scores[one, other]
    )
    chosen = int(np.where(apart, gains, np.iinfo(np.int64).min).argmax())
    grouping.swap(int(one[chosen]), int(other[chosen]))
