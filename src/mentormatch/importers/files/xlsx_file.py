"""Excel workbooks, read row by row."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from mentormatch.errors import Fault, InputError, MissingExtraError, nearest
from mentormatch.importers.files.cell_text import cell_text
from mentormatch.importers.files.xlsx_gate import check_workbook
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Grid

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

DAMAGED = (
    AssertionError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    ParseError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl raises, by turns, on files that are not as they should be."""


def read_xlsx(data: bytes, name: str, sheet: str | None = None) -> Grid:
    """Read a sheet of a workbook: values as they were last computed, no macros, no links.

    Raises
    ------
    InputError
        If the workbook is damaged, too large, or lacks the sheet.
    MissingExtraError
        If openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        message = 'Reading XLSX needs a package: pip install "mentormatch[xlsx]"'
        raise MissingExtraError(message) from None
    check_workbook(data, name)
    try:
        with warnings.catch_warnings():
            # It warns of decorations that it does not keep.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return _read(book, name, sheet)
            finally:
                book.close()
    except DAMAGED:
        message = "is damaged: it cannot be read as a workbook; export or save it anew"
        raise InputError([Fault("damaged", name, message)]) from None


def _read(book: Workbook, name: str, wanted: str | None) -> Grid:
    sheets: list[Any] = list(book.worksheets)
    titles = [one.title for one in sheets]
    if wanted is not None:
        if wanted not in titles:
            message = f"has no sheet {wanted!r}"
            raise InputError([Fault("no_sheet", name, message, nearest(wanted, titles))])
        return Grid(name, _rows(sheets[titles.index(wanted)], name), sheet=wanted)
    filled = [(one.title, rows) for one in sheets if (rows := _rows(one, name))]
    if not filled:
        return Grid(name, ())
    title, rows = filled[0]
    findings: tuple[Finding, ...] = ()
    if len(filled) > 1:
        message = (
            f"has {len(filled)} sheets with something in them; the first, {title!r}, was read "
            "(another is chosen by 'sheet' in the mapping)"
        )
        findings = (Finding("several_sheets", "look", message, name),)
    return Grid(name, rows, findings, title)


def _rows(sheet: Any, name: str) -> tuple[Row, ...]:
    # What a sheet declares of its own extent may be wrong; the cells themselves are counted.
    sheet.reset_dimensions()
    rows = []
    cells = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MAX_ROWS + 1:
            message = f"has cells below row {MAX_ROWS:,}"
            raise InputError([Fault("too_large", name, message)])
        if len(values) > MAX_COLUMNS:
            message = f"has {len(values):,} cells in row {number}, more than {MAX_COLUMNS}"
            raise InputError([Fault("too_large", name, message)])
        cells += len(values)
        if cells > MAX_CELLS:
            message = f"has more than {MAX_CELLS:,} cells"
            raise InputError([Fault("too_large", name, message)])
        texts = tuple(map(cell_text, values))
        if any(text.strip() for text in texts):
            rows.append(Row(number, texts))
    return tuple(rows)
