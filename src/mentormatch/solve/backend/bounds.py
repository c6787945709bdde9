"""Bounds that were proven, and for which matchings they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

EXACT = 2.0**53
"""Sums of whole numbers of this size in all are exact in floating point."""
SLACK = 2.0**-36
"""How far, of its size, a sum of a hundred thousand rounded terms can be off."""


def least_whole(total: float, size: float, scale: float) -> int:
    """Return the least whole number that is surely not below a sum of whole numbers.

    Parameters
    ----------
    total
        The sum of whole numbers as computed.
    size
        The sum of what they are without their signs, or more.
    scale
        The unit of which they are parts.
    """
    if size >= EXACT:
        total -= size * SLACK
    return ceil(total / scale)


@dataclass(frozen=True)
class Proof:
    """In tier `len(held)` nothing costs less than `bound`, if earlier tiers cost `held` or less."""

    held: tuple[int, ...]
    bound: int


class Bounds:
    """All proofs of a run."""

    def __init__(self) -> None:
        self._proofs: list[Proof] = []

    def add(self, held: Sequence[int], bound: int) -> None:
        """Note a proof for tier `len(held)`."""
        self._proofs.append(Proof(tuple(held), bound))

    def join(self, others: Bounds) -> None:
        """Note the proofs of another run on the same round."""
        self._proofs += others._proofs

    def of(self, values: Sequence[int]) -> tuple[int, ...]:
        """Return for each tier the best bound that holds for a matching of these values.

        A proof counts where the matching is at least as good in every earlier tier as what the
        proof held them to: then every matching at least as good as this one is covered.
        Without any, nothing costs less than 0, as amounts are never negative in sum.
        """
        bounds = []
        for tier in range(len(values)):
            valid = [
                proof.bound
                for proof in self._proofs
                if len(proof.held) == tier
                and all(value <= held for value, held in zip(values, proof.held, strict=False))
            ]
            bounds.append(max([0, *valid]))
        return tuple(bounds)


def added(
    parts: Sequence[tuple[Sequence[int], Bounds]], rest: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what parts of a round cost in all, tier by tier, and bounds of the whole round.

    The bounds hold, as everywhere, for matchings that cost no more than this in the earlier
    tiers. Such a matching may shift costs from one part to another: in a tier in which the whole
    costs V, a part can cost up to V less the bounds of all the other parts, which is more than
    its own value where others are not proven. So what was proven of a part counts only if it
    holds up to there. By induction over the tiers each part then costs its bound at least, and
    the whole their sum. Where all is proven, the limit of a part is its own value.

    Parameters
    ----------
    parts
        The value of each tier in each part, and what is proven there.
    rest
        What people cost who are in no part.
    """
    values = tuple(map(sum, zip(rest, *(mine for mine, _ in parts), strict=True)))
    limits: list[list[int]] = [[] for _ in parts]
    bounds = []
    for tier, value in enumerate(values):
        least = [
            proven.of([*limit, 0])[tier] for limit, (_, proven) in zip(limits, parts, strict=True)
        ]
        bounds.append(rest[tier] + sum(least))
        for limit, mine in zip(limits, least, strict=True):
            limit.append(value - (bounds[-1] - mine))
    return values, tuple(bounds)
