"""A linear program as rows of numbers, and a bound that holds whatever duals it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Arrays = dict[str, NDArray[Any]]
FREE = float("inf")


@dataclass(eq=False)
class Program:
    """Minimise costs subject to rows; every variable has finite limits."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)
    _columns: list[Ints] = field(default_factory=list)
    _values: list[Floats] = field(default_factory=list)

    def variable(self, low: float, high: float) -> int:
        """Add a variable and return its number."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def variables(self, count: int, low: float, high: float) -> Ints:
        """Add variables alike and return their numbers."""
        first = len(self.low)
        self.low += [low] * count
        self.high += [high] * count
        return np.arange(first, first + count)

    def row(
        self,
        columns: Sequence[int] | Ints,
        values: Sequence[float] | Floats | float,
        low: float = -FREE,
        high: float = FREE,
    ) -> None:
        """Add ``low <= sum of values times variables <= high``."""
        where = np.asarray(columns, dtype=np.int64)
        self._columns.append(where)
        self._values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), where.shape))
        self.row_low.append(low)
        self.row_high.append(high)

    def arrays(self) -> Arrays:
        """Return everything but the costs as arrays, rows one after the other."""
        lengths = [len(columns) for columns in self._columns]
        return {
            "low": np.array(self.low),
            "high": np.array(self.high),
            "row_low": np.array(self.row_low),
            "row_high": np.array(self.row_high),
            "start": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
            "column": np.concatenate([np.zeros(0, np.int64), *self._columns]).astype(np.int32),
            "value": np.concatenate([np.zeros(0), *self._values]),
        }


def dual_bound(arrays: Arrays, costs: Floats, duals: Floats) -> float:
    """Return a value below which no point of a program costs, by weak duality.

    For any y: ``c x >= sum_r y_r b_r + sum_j min over [l_j, u_j] of (c - A'y)_j x_j``, where b_r
    is the lower side of row r if y_r > 0 and the upper side otherwise. Duals that are not the
    best make the bound weaker and not wrong.
    """
    low, high = arrays["row_low"], arrays["row_high"]
    side = np.where(duals > 0, low, high)
    usable = np.isfinite(side) & np.isfinite(duals)
    y = np.where(usable, duals, 0.0)
    rows = np.repeat(np.arange(len(y)), np.diff(arrays["start"]))
    reduced = costs.astype(np.float64).copy()
    np.subtract.at(reduced, arrays["column"], arrays["value"] * y[rows])
    below = np.minimum(reduced * arrays["low"], reduced * arrays["high"])
    return float(np.where(usable, y * np.where(usable, side, 0.0), 0.0).sum() + below.sum())
