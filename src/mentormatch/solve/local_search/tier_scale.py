"""Weights of the levels in one sum that keeps the tiers' order and lets earlier ones give way."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np

from mentormatch.solve.local_search.scene import Scene

APART = (8, 4, 2)
"""How many usual changes of a tier one unit of the tier before outweighs; the first that fits."""
ROOM = 2.0**50
"""What all weighed amounts can come to, at most, for every sum to be exact."""


class Scale:
    """The size of every level's changes: the least there can be, and a usual one.

    Parameters
    ----------
    scene
        What the amounts are of.
    usual
        By level, the mean size of the changes seen, where there were any.
    """

    def __init__(self, scene: Scene, usual: Sequence[float]) -> None:
        self.least = [_divisor(scene, level) for level in range(scene.levels)]
        self.usual = [
            max(float(least), size) for least, size in zip(self.least, usual, strict=True)
        ]

    def weights(self, first: int, largest: Sequence[int]) -> list[int]:
        """Return a weight for every level; those before `first` are settled and share the largest.

        Parameters
        ----------
        first
            The first level that is to change.
        largest
            By level, what it can come to, about.
        """
        levels = len(self.least)
        for last in range(levels, first, -1):
            for apart in APART:
                weights = [0] * levels
                weight = 1.0
                for level in range(last - 1, first - 1, -1):
                    if level < last - 1:
                        reach = weights[level + 1] * self.usual[level + 1]
                        weight = max(1.0, apart * reach / self.least[level])
                    weights[level] = int(np.ceil(weight))
                wall = int(np.ceil(apart * weights[first] * self.usual[first]))
                weights[:first] = [max(wall, 1)] * first
                total = sum(
                    weight * max(1, most) for weight, most in zip(weights, largest, strict=True)
                )
                if total < ROOM:
                    return weights
        return [1] * levels


def _divisor(scene: Scene, level: int) -> int:
    """Return the greatest whole number of which all changes of a level are multiples."""
    if level == 0:
        return 1
    steps = [np.diff(scene.value[..., level], axis=2).ravel(), scene.seat[level]]
    steps.append(np.diff(scene.load[level], axis=1).ravel())
    steps.append(scene.compiled.cost[level - 1][scene.person].ravel())
    steps += [np.diff(form.table) for form in scene.placed if form.level == level]
    steps += [form.amount for form in scene.pairs if form.level == level]
    found = 0
    for step in steps:
        for size in np.unique(np.abs(step)).tolist():
            found = gcd(found, int(size))
    for form in scene.sums:
        if form.level == level:
            found = gcd(found, form.weight)
    return max(found, 1)
