"""A sparse matrix by its entries, with the few products that bounds of linear programs need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SparseMatrix:
    """A matrix A of shape (`height`, any width), by its entries.

    Attributes
    ----------
    rows, columns, values
        Shape (entries,): row, column and value of each entry.
    height
        Number of rows; some may have no entry.
    """

    rows: Ints
    columns: Ints
    values: Floats
    height: int

    def product(self, x: NDArray[np.float64] | Ints) -> Floats:
        """Return A x."""
        return self._by_row(self.values * x[self.columns])

    def range_of_product(self, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """Return for each row the least and the greatest value of A x for lower <= x <= upper."""
        ends = self.values * lower[self.columns], self.values * upper[self.columns]
        return self._by_row(np.minimum(*ends)), self._by_row(np.maximum(*ends))

    def transposed_product(self, y: Floats, width: int) -> tuple[Floats, Floats]:
        """Return A'y, and the same with every product by its absolute value."""
        parts = self.values * y[self.rows]
        product: Floats = np.bincount(self.columns, parts, width).astype(np.float64)
        size: Floats = np.bincount(self.columns, np.abs(parts), width).astype(np.float64)
        return product, size

    def with_row(self, terms: Floats) -> SparseMatrix:
        """Return the matrix with one more row, given by its value in each column."""
        places = np.flatnonzero(terms)
        return SparseMatrix(
            np.concatenate([self.rows, np.full(len(places), self.height)]),
            np.concatenate([self.columns, places]),
            np.concatenate([self.values, terms[places]]),
            self.height + 1,
        )

    def with_column(self, place: int, values: Floats) -> SparseMatrix:
        """Return the matrix with one more column, given by its value in each row."""
        return SparseMatrix(
            np.concatenate([self.rows, np.arange(self.height)]),
            np.concatenate([self.columns, np.full(self.height, place)]),
            np.concatenate([self.values, values]),
            self.height,
        )

    def above(self, other: SparseMatrix) -> SparseMatrix:
        """Return this matrix with another one below it."""
        return SparseMatrix(
            np.concatenate([self.rows, other.rows + self.height]),
            np.concatenate([self.columns, other.columns]),
            np.concatenate([self.values, other.values]),
            self.height + other.height,
        )

    def of_rows(self, chosen: Ints) -> SparseMatrix:
        """Return some rows, which are given in ascending order and renumbered."""
        kept = np.isin(self.rows, chosen)
        return SparseMatrix(
            np.searchsorted(chosen, self.rows[kept]),
            self.columns[kept],
            self.values[kept],
            len(chosen),
        )

    def _by_row(self, parts: Floats) -> Floats:
        sums: Floats = np.bincount(self.rows, parts, self.height).astype(np.float64)
        return sums
