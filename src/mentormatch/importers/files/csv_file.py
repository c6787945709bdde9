"""CSV in any dialect."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from mentormatch.errors import Fault, InputError
from mentormatch.importers.files.encoding import decode
from mentormatch.importers.sheet import SEPARATORS, Row
from mentormatch.importers.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Grid

SAMPLE = 64 * 1024
"""Characters by which the separator is told."""

SAMPLE_ROWS = 100


def read_csv(data: bytes, name: str, _sheet: str | None = None) -> Grid:
    """Read a table of text whose columns are parted by comma, semicolon or tab.

    Raises
    ------
    InputError
        If the bytes are no text, or the text is no table.
    """
    text, findings = decode(data, name)
    before = 0
    if text[:4].casefold() == "sep=" and text[4:5] in SEPARATORS:
        # Excel writes and reads such a line above the headings.
        separator, before = text[4], 1
        text = text.split("\n", 1)[-1]
    else:
        separator = _separator(text)
    if text.count(separator) > MAX_CELLS:
        message = f"has more than {MAX_CELLS:,} cells"
        raise InputError([Fault("too_large", name, message)])
    rows = []
    for number, record in enumerate(_records(text, separator, name), before + 1):
        if number > MAX_ROWS:
            message = f"has more than {MAX_ROWS:,} rows"
            raise InputError([Fault("too_large", name, message)])
        if len(record) > MAX_COLUMNS:
            message = f"has {len(record):,} cells in row {number}, more than {MAX_COLUMNS}"
            raise InputError([Fault("too_large", name, message)])
        if any(cell.strip() for cell in record):
            rows.append(Row(number, tuple(record)))
    return Grid(name, tuple(rows), findings)


def _records(text: str, separator: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        message = (
            f"is not a CSV table: {error} (near line {reader.line_num}; is a quotation mark open?)"
        )
        raise InputError([Fault("not_a_table", name, message)]) from None


def _separator(text: str) -> str:
    """Return the separator that parts most rows into one number of columns, as many as can be.

    Answers may hold the separators of other dialects, so counting them would not do.
    """

    def worth(separator: str) -> tuple[int, int, int]:
        widths = []
        try:
            for record in csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=separator):
                if record:
                    widths.append(len(record))
                if len(widths) == SAMPLE_ROWS:
                    break
        except csv.Error:
            return 0, 0, 0
        if not widths:
            return 0, 0, 0
        # The last record of the sample may be cut.
        usual, often = Counter(widths[:-1] or widths).most_common(1)[0]
        agreed = round(100 * often / len(widths[:-1] or widths)) if usual > 1 else 0
        return int(widths[0] > 1), agreed, usual

    return max(SEPARATORS, key=worth)
