"""Maximally diverse grouping: people with a score for each pair, as much as can be in groups.

The rounds are made in the manner of the published sets: scores are Euclidean distances of random
points, or random themselves; groups are of one size, or within a range.

References
----------
Gallego, Laguna, Marti and Duarte (2013), Tabu search with strategic oscillation for the maximally
diverse grouping problem. Journal of the Operational Research Society 64, 724-734.
https://doi.org/10.1057/jors.2012.66
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import ceil, floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.families.draws import Draws

Scores = NDArray[np.int64]
Kind = Literal["euclid", "random"]

SPREAD = 0.35
"""How far a ranged size may be from the mean one, as a share of it."""
DECIMALS = 100
"""Scores are whole numbers: hundredths of what is drawn."""


@dataclass(frozen=True, eq=False)
class Instance:
    """What is to be grouped.

    Attributes
    ----------
    scores
        Of each pair, shape (people, people), symmetric with zeros on the diagonal.
    groups, low, high
        How many groups there are, and their fewest and most people.
    """

    scores: Scores
    groups: int
    low: int
    high: int

    def value(self, group_of: NDArray[np.int64]) -> int:
        """Return the sum of the scores of all pairs that share a group."""
        same = group_of[:, None] == group_of[None, :]
        return int(self.scores[same].sum()) // 2


def instance(kind: Kind, people: int, seed: int, *, ranged: bool) -> Instance:
    """Return an instance of so many people, in groups of twelve, from 240 on of twenty."""
    draws = Draws(seed, "diverse", kind, "ranged" if ranged else "equal")
    if kind == "euclid":
        dimensions = int(draws.whole(1, 2, 21)[0])
        points = draws.uniform(people, dimensions) * 10
        squares = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
        scores = np.rint(np.sqrt(squares) * DECIMALS).astype(np.int64)
    else:
        upper = np.triu((draws.uniform(people, people) * 100 * DECIMALS).astype(np.int64), 1)
        scores = upper + upper.T
    groups = max(1, people // (20 if people >= 240 else 12))
    mean = people / groups
    if not ranged:
        return Instance(scores, groups, floor(mean), ceil(mean))
    return Instance(scores, groups, floor(mean * (1 - SPREAD)), ceil(mean * (1 + SPREAD)))


DIVERSE: Mapping[str, Callable[[int, int], Instance]] = {
    "diverse_euclid": partial(instance, "euclid", ranged=False),
    "diverse_euclid_ranged": partial(instance, "euclid", ranged=True),
    "diverse_random": partial(instance, "random", ranged=False),
    "diverse_random_ranged": partial(instance, "random", ranged=True),
}
"""Instances by name, of so many people from a seed."""

DIVERSE_SIZES = (120, 240)
