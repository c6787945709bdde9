"""CSV in any dialect and encoding: the one reader of text in columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from mentormatch.errors import Fault, InputError
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Grid

SEPARATORS = (",", ";", "\t")

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
"""Characters that stand in no table of text."""

SAMPLE = 64 * 1024
"""Characters by which the separator is found."""

SAMPLE_ROWS = 100


def read_csv(data: bytes, name: str, _sheet: str | None = None, *, strict: bool = False) -> Grid:
    """Read a table of text whose columns are parted by comma, semicolon or tab.

    Parameters
    ----------
    data
        The file's content.
    name
        What messages call it.
    strict
        Whether to refuse what had to be guessed: another encoding than UTF-8 or UTF-16, and
        quotation marks inside cells.

    Raises
    ------
    InputError
        If the bytes are no text, or the text is no table.
    """
    text, findings = decode(data, name, strict=strict)
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
    for number, record in enumerate(_records(text, separator, name, strict=strict), before + 1):
        if number > MAX_ROWS:
            message = f"has more than {MAX_ROWS:,} rows"
            raise InputError([Fault("too_large", name, message)])
        if len(record) > MAX_COLUMNS:
            message = f"has {len(record):,} cells in row {number}, more than {MAX_COLUMNS}"
            raise InputError([Fault("too_large", name, message)])
        if any(cell.strip() for cell in record):
            rows.append(Row(number, tuple(record)))
    return Grid(name, tuple(rows), findings)


def _records(text: str, separator: str, name: str, *, strict: bool) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
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


def decode(data: bytes, name: str, *, strict: bool) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file, and what had to be assumed to read it.

    UTF-8 with and without its mark, UTF-16, and, unless strict, Windows-1252 where the bytes are
    no UTF-8, which is reported.

    Raises
    ------
    InputError
        If the bytes are no text.
    """
    findings: tuple[Finding, ...] = ()
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        if strict:
            line = data[: error.start].count(b"\n") + 1
            message = f"is not UTF-8 text (line {line}); save it as CSV UTF-8"
            raise InputError([Fault("not_text", name, message)]) from None
        text, findings = _western(data, name)
    if _CONTROL.search(text):
        raise _no_text(name)
    return text, findings


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without its mark, UTF-16 shows by zero bytes at every second place of Latin text.
    sample = data[:2_000]
    if len(sample) >= 4 and sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return "utf-8-sig"


def _western(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise _no_text(name) from None
    message = (
        "is not UTF-8 and was read as Windows-1252 (Western European); check that letters such "
        "as \N{LATIN SMALL LETTER A WITH DIAERESIS} are right, or save it as CSV UTF-8"
    )
    return text, (Finding("read_as_cp1252", "look", message, name),)


def _no_text(name: str) -> InputError:
    message = "is not a table that can be read: neither text (CSV) nor XLSX nor Parquet"
    return InputError([Fault("not_text", name, message)])
