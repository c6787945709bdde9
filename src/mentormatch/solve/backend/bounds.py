"""Lower bounds that were proven, and for which matchings they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

EXACT = 2.0**53
"""Sums of integers whose absolute values add up to less than this are exact in floating point."""
SLACK = 2.0**-36
"""Relative error of a sum of a hundred thousand rounded terms, at most."""


def integer_lower_bound(total: float, size: float, scale: float) -> int:
    """Return an integer that is proven not to exceed ``ceil(sum / scale)``.

    Where the sum was computed exactly, that is ``ceil(total / scale)`` itself. Else `total` is
    first lowered by the error that it can have, so the result can be too small: for a sum of
    ``12 + 2**-20`` at a size of ``2**53`` it is 12 and not 13. That is enough, since a lower
    bound has to be valid and not as large as possible.

    Parameters
    ----------
    total
        A sum of integers as computed in floating point.
    size
        The sum of their absolute values, or more.
    scale
        The number of them that make up one unit of cost.
    """
    if size >= EXACT:
        total -= size * SLACK
    return ceil(total / scale)


@dataclass(frozen=True)
class BoundRecord:
    """No matching that costs at most `held` in the first tiers costs less than `bound` next.

    The bound is about tier ``len(held)``.
    """

    held: tuple[int, ...]
    bound: int


class Bounds:
    """All bounds that a run has proven."""

    def __init__(self) -> None:
        self._records: list[BoundRecord] = []

    def add(self, held: Sequence[int], bound: int) -> None:
        """Record a bound of tier ``len(held)``."""
        self._records.append(BoundRecord(tuple(held), bound))

    def join(self, others: Bounds) -> None:
        """Take over the records of another run on the same problem."""
        self._records += others._records

    def certified(self, values: Sequence[int]) -> tuple[int, ...]:
        """Return for each tier the best bound that holds for a matching of these values.

        A record counts if the matching costs no more in every earlier tier than the record
        allows: it then covers every matching that is at least as good there as this one. Without
        any, the bound is 0, since what matchings cost in a tier is never negative in sum.
        """
        bounds = []
        for tier in range(len(values)):
            valid = [
                record.bound
                for record in self._records
                if len(record.held) == tier
                and all(value <= held for value, held in zip(values, record.held, strict=False))
            ]
            bounds.append(max([0, *valid]))
        return tuple(bounds)


def add_up(
    components: Sequence[tuple[Sequence[int], Bounds]], rest: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sum of what components of a round cost, tier by tier, and bounds of that sum.

    The bounds hold, as everywhere, for matchings that cost no more than this in the earlier
    tiers. Such a matching may shift costs between components: in a tier in which the round costs
    V, a component can cost up to V less the bounds of all the others, which is more than its own
    value where others are not proven. So a component's record counts only if it allows that
    much. By induction over the tiers each component then costs at least its bound, and the round
    at least their sum. Where all are proven, a component's limit is its own value.

    Parameters
    ----------
    components
        For each component the value of each tier, and what is proven.
    rest
        What people cost who are in no component.
    """
    values = tuple(map(sum, zip(rest, *(mine for mine, _ in components), strict=True)))
    limits: list[list[int]] = [[] for _ in components]
    bounds = []
    for tier, value in enumerate(values):
        least = [
            proven.certified([*limit, 0])[tier]
            for limit, (_, proven) in zip(limits, components, strict=True)
        ]
        bounds.append(rest[tier] + sum(least))
        for limit, mine in zip(limits, least, strict=True):
            limit.append(value - (bounds[-1] - mine))
    return values, tuple(bounds)
