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
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Grid

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_MEMBERS = 200
MAX_UNPACKED = 128 * 2**20
"""Bytes that all parts of a workbook may declare together."""
MAX_RATIO = 200
"""How much larger than packed a workbook may declare to be."""

WORKBOOK = "xl/workbook.xml"

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


def check_workbook(data: bytes, name: str) -> None:
    """Refuse an archive that is no workbook, is damaged, or unpacks to too much.

    Nothing is unpacked but the start of each part. What an archive declares binds it: the
    reader stops at the declared size.

    Raises
    ------
    InputError
        With the limit that is passed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members, len(data), name)
            if WORKBOOK not in {member.filename for member in members}:
                message = "is an archive, but not an Excel workbook (.xlsx)"
                raise InputError([Fault("not_a_table", name, message)])
            for member in members:
                _check_start(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        message = "is damaged or cut short: it cannot be unpacked; export or copy it anew"
        raise InputError([Fault("damaged", name, message)]) from None
    except RuntimeError:
        # The zip reader asks for a password so.
        message = "is protected by a password; save it without one"
        raise InputError([Fault("protected", name, message)]) from None


def _check_sizes(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    message = None
    if len(members) > MAX_MEMBERS:
        message = f"holds {len(members):,} parts, more than {MAX_MEMBERS}"
    elif unpacked > MAX_UNPACKED:
        message = f"would unpack to {unpacked:,} bytes, more than {MAX_UNPACKED:,}"
    elif unpacked > MAX_RATIO * max(size, 10_000):
        message = f"would unpack to {unpacked // size:,} times its size, more than {MAX_RATIO}"
    if message is not None:
        raise InputError([Fault("too_large", name, f"{message}; it is not opened")])


def _check_start(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Refuse XML that declares entities; no spreadsheet program writes them."""
    if not member.filename.endswith((".xml", ".rels")):
        return
    with archive.open(member) as stream:
        start = stream.read(4_096).replace(b"\0", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        message = "declares entities, which no spreadsheet program does; it is not opened"
        raise InputError([Fault("not_a_table", name, message)])
