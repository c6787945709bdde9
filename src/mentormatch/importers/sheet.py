"""One CSV file as rows of cells, with its separator found and its row numbers kept."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mentormatch.errors import Fault, InputError

SEPARATORS = (",", ";", "\t")
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


def read_sheet(path: Path, is_known: Callable[[str], bool]) -> Sheet:
    """Read a CSV file in UTF-8 or UTF-16 whose columns are parted by comma, semicolon or tab.

    Parameters
    ----------
    path
        The file.
    is_known
        Whether a heading is one that is looked for; tells the separators apart.

    Raises
    ------
    InputError
        If the file is missing, is not a table of text, or has a row with too many cells.
    """
    name = path.name
    text = _text(path)
    before = 0
    if text[:4].casefold() == "sep=" and text[4:5] in SEPARATORS:
        # Excel writes and reads such a line above the headings.
        separator, before = text[4], 1
        text = text.split("\n", 1)[-1]
    else:
        separator = _separator(text, is_known)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError([Fault("not_a_table", name, f"is not a CSV table: {error}")]) from None
    if not records or not any(map(clean, records[0])):
        raise InputError([Fault("no_headings", name, "has no row of headings")])
    headings = [clean(cell) for cell in records[0]]
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, record in enumerate(records[1:], before + 2):
        cells = [clean(cell) for cell in record]
        if not any(cells):
            continue
        if any(cells[len(headings) :]):
            message = (
                f"has {len(cells)} cells, but there are {len(headings)} headings; a cell that "
                f"holds {separator!r} stands in quotes"
            )
            faults.append(Fault("too_many_cells", f"{name} row {number}", message))
        cells += [""] * (len(headings) - len(cells))
        rows.append(Row(number, tuple(cells[: len(headings)])))
    if faults:
        raise InputError(faults)
    return Sheet(name, tuple(headings), tuple(rows))


def clean(cell: str) -> str:
    """Return a cell's text in one Unicode form and without space around it."""
    return unicodedata.normalize("NFC", cell.replace("\xa0", " ")).strip()


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        message = f"there is no such file in the folder {path.parent.name!r}"
        raise InputError([Fault("no_file", path.name, message)]) from None
    if len(data) > MAX_FILE_BYTES:
        message = f"is larger than {MAX_FILE_BYTES:,} bytes"
        raise InputError([Fault("too_large", path.name, message)])
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"is not UTF-8 text (line {line}); save it as CSV UTF-8"
        raise InputError([Fault("not_text", path.name, message)]) from None
    if "\0" in text:
        raise InputError(
            [Fault("not_text", path.name, "holds a null character: is it a CSV file?")]
        )
    return text


def _separator(text: str, is_known: Callable[[str], bool]) -> str:
    """Return the separator that gives most of the headings looked for, then most columns."""

    def worth(separator: str) -> tuple[int, int]:
        try:
            first = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        except csv.Error:
            return 0, 0
        return sum(is_known(clean(cell)) for cell in first), len(first)

    return max(SEPARATORS, key=worth)
