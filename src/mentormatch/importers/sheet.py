"""Rows of a file, with headings or without, and the text of their cells."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MAX_FILE_BYTES = 64 * 2**20
"""Largest file that is read."""


@dataclass(frozen=True)
class Row:
    """One row of a sheet.

    Attributes
    ----------
    number
        As a spreadsheet counts: the row of headings is 1.
    cells
        By column; empty text where the row ends early.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table with headings.

    Attributes
    ----------
    name
        Name of the file.
    headings
        As they stand in the file, without space around them.
    rows
        Those that are not empty.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def where(self, row: int, column: str | None = None) -> str:
        """Return how to find a cell, or a row, in the file."""
        place = f"{self.name} row {row}"
        return place if column is None else f"{place}, column {column}"


def clean(cell: str) -> str:
    """Return a cell's text in one Unicode form and without space around it."""
    return unicodedata.normalize("NFC", cell.replace("\xa0", " ")).strip()
