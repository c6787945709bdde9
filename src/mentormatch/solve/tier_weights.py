"""Weights that make one sum of several tiers, which orders them nearly lexicographically."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

MIN_RATIO = 100
"""Smallest ratio of two tiers' weights; where there are too many tiers, the last weigh nothing."""


def tier_weights(most: Sequence[int], rank: int, limit: int) -> list[int]:
    """Return the weight of each tier in a sum that stays within a limit.

    Parameters
    ----------
    most
        The most that each tier can cost, the most important first. A tier that costs nothing
        counts as 1, since its weight alone must be within the limit.
    rank
        Ratio of the weights of two tiers in a row, where the limit allows it.
    limit
        Upper limit of the sum.
    """
    most = [max(1, amount) for amount in most]
    for counted in range(len(most), 0, -1):
        apart = rank
        while apart >= MIN_RATIO:
            scales = [apart**place for place in reversed(range(counted))]
            if sum(map(mul, scales, most)) <= limit:
                return scales + [0] * (len(most) - counted)
            apart //= 10
    return [1] * len(most)
