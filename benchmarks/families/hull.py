"""Convex lower hulls of tables by count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Line = tuple[float, float]
"""Slope and intercept."""


def lines_below(table: Sequence[float], most: int | None = None) -> list[Line]:
    """Return the lines of the greatest convex function below a table at 0, 1, 2, ...

    Parameters
    ----------
    table
        Amounts by count.
    most
        Keep so many of the lines, spread evenly; each of them lies below by itself.
    """
    corners: list[int] = []
    for count, amount in enumerate(table):
        while len(corners) > 1:
            one, two = corners[-2], corners[-1]
            if (table[two] - table[one]) * (count - one) < (amount - table[one]) * (two - one):
                break
            corners.pop()
        corners.append(count)
    if len(corners) == 1:
        return [(0.0, float(table[0]))]
    lines = []
    for one, two in pairwise(corners):
        slope = (table[two] - table[one]) / (two - one)
        lines.append((slope, table[one] - slope * one))
    if most is not None and len(lines) > most:
        kept = {round(place * (len(lines) - 1) / (most - 1)) for place in range(most)}
        lines = [line for place, line in enumerate(lines) if place in kept]
    return lines


def zero_range(table: Sequence[int]) -> tuple[int, int] | None:
    """Return the first and last count that amount to nothing, or None if none does."""
    zeros = [count for count, amount in enumerate(table) if amount == 0]
    return (zeros[0], zeros[-1]) if zeros else None
