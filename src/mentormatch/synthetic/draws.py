"""Random draws that give the same numbers on every machine and with every numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Draws:
    """A stream of draws, set by a seed and a name.

    Streams of different names do not touch each other, so that a knob of one trait leaves the
    draws of the others as they were. Everything is derived from uniform numbers by arithmetic
    that rounds alike everywhere; numpy promises the stream of its bit generators, but not that
    of methods such as ``choice``.
    """

    def __init__(self, seed: int, name: str) -> None:
        entropy = np.random.SeedSequence([seed, *name.encode()])
        self._generator = np.random.Generator(np.random.PCG64(entropy))

    def uniform(self, *shape: int) -> Floats:
        """Return numbers from 0 to below 1."""
        return self._generator.random(shape)

    def chance(self, count: int, share: float) -> Flags:
        """Return flags, each true with probability ``share``."""
        return self.uniform(count) < share

    def whole(self, count: int, least: int, most: int) -> Places:
        """Return whole numbers, all of least..most equally likely."""
        return least + (self.uniform(count) * (most - least + 1)).astype(np.int64)

    def order(self, count: int) -> Places:
        """Return 0..count-1 in random order."""
        return np.argsort(self.uniform(count), kind="stable")

    def pick(self, count: int, weights: Sequence[float]) -> Places:
        """Return places into ``weights``, each as likely as its weight says."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        places: Places = np.searchsorted(edges, self.uniform(count) * edges[-1], side="right")
        places[places == len(edges)] = len(edges) - 1  # Rounding may reach the last edge.
        return places

    def several(self, weights: ArrayLike, counts: Places) -> Flags:
        """Draw without putting back, in each row as many as asked or as have a weight.

        Parameters
        ----------
        weights
            Shape (rows, choices), none negative.
        counts
            Shape (rows,); how many to draw.

        Returns
        -------
        Flags
            Shape (rows, choices); what was drawn.
        """
        left = np.array(weights, dtype=np.float64)
        counts = np.minimum(counts, np.count_nonzero(left, axis=1))
        drawn = np.zeros(left.shape, dtype=np.bool_)
        for step in range(int(counts.max(initial=0))):
            rows = np.flatnonzero(counts > step)
            edges = np.cumsum(left[rows], axis=1)
            aim = self.uniform(len(rows)) * edges[:, -1]
            at = np.minimum((edges <= aim[:, None]).sum(axis=1), left.shape[1] - 1)
            drawn[rows, at] = True
            left[rows, at] = 0.0
        return drawn
