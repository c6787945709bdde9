"""Several tiers in one sum, the first far above the later ones."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

LEAST_RANK = 100
"""How far tiers stand apart at least; where there are too many for that, the last count nothing."""


def tier_weights(most: Sequence[int], rank: int, limit: int) -> list[int]:
    """Return what one unit of each tier counts for in a sum that stays within a limit.

    Parameters
    ----------
    most
        Most that each tier can cost, the most important first. What costs nothing counts as 1,
        since its rank alone must be within the limit.
    rank
        How far tiers stand apart where there is room.
    limit
        Most that the sum may come to.
    """
    most = [max(1, amount) for amount in most]
    for counted in range(len(most), 0, -1):
        apart = rank
        while apart >= LEAST_RANK:
            scales = [apart**place for place in reversed(range(counted))]
            if sum(map(mul, scales, most)) <= limit:
                return scales + [0] * (len(most) - counted)
            apart //= 10
    return [1] * len(most)
