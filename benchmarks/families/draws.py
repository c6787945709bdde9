"""Random draws that give the same numbers on every machine and with every numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Weights = NDArray[np.float64]


class Draws:
    """A stream of draws, set by a seed and words, of uniform numbers only.

    numpy promises the numbers of its bit generators for good, but not those of methods such as
    ``choice``.
    """

    def __init__(self, seed: int, *words: str) -> None:
        entropy = np.random.SeedSequence([seed, *"/".join(words).encode()])
        self._generator = np.random.Generator(np.random.PCG64(entropy))

    def uniform(self, *shape: int) -> Weights:
        """Return numbers from 0 to below 1."""
        return self._generator.random(shape)

    def whole(self, count: int, first: int, last: int) -> Places:
        """Return whole numbers, all of first..last equally likely."""
        return first + (self.uniform(count) * (last - first + 1)).astype(np.int64)

    def pick(self, count: int, weights: Weights) -> Places:
        """Return places into weights, each as likely as its weight says."""
        edges = np.cumsum(weights)
        places = np.searchsorted(edges, self.uniform(count) * edges[-1], side="right")
        return np.asarray(np.minimum(places, len(weights) - 1))

    def order(self, count: int) -> Places:
        """Return 0..count-1 in random order."""
        return np.argsort(self.uniform(count), kind="stable")

    def several(self, weights: Weights, counts: Places) -> NDArray[np.bool_]:
        """Draw for each row so many different places, likelier ones sooner.

        Each place waits for an exponential time of its weight; those that come first are taken.
        """
        waits = -np.log1p(-self.uniform(len(counts), len(weights))) / weights
        ranks = np.argsort(np.argsort(waits, axis=1, kind="stable"), axis=1, kind="stable")
        return np.asarray(ranks < counts[:, None])


def falling(count: int, skew: float) -> Weights:
    """Return weights ``i ** -skew`` for i = 1..count."""
    return np.arange(1, count + 1, dtype=np.float64) ** -skew
