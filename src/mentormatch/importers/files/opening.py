"""Reading a file by its kind, which its first bytes show and not its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mentormatch.errors import Fault, InputError
from mentormatch.importers.files.csv_file import read_csv
from mentormatch.importers.files.frames import read_parquet
from mentormatch.importers.files.xlsx_file import read_xlsx
from mentormatch.importers.sheet import MAX_FILE_BYTES
from mentormatch.importers.table import Grid

Reader = Callable[[bytes, str, str | None], Grid]

READERS: tuple[tuple[bytes, Reader], ...] = (
    (b"PK\x03\x04", read_xlsx),
    (b"PAR1", read_parquet),
    (b"", read_csv),
)
"""How a file begins, and who reads it; the first that fits."""

REFUSED: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "is an old Excel file or protected by a password; save it as .xlsx without one, or as CSV",
    ),
    (b"%PDF", "is a PDF; ask for the answers as CSV or XLSX"),
    (b"PK\x05\x06", "is an empty archive, not a table"),
)
"""How files begin that are no tables, and what to do about them."""


def read_grid(path: str | Path, *, sheet: str | None = None) -> Grid:
    """Read the cells of a CSV, XLSX or Parquet file.

    Parameters
    ----------
    path
        The file.
    sheet
        Which sheet of a workbook; by default the first that holds anything.

    Raises
    ------
    InputError
        If the file is missing, too large, damaged or no table.
    MissingExtraError
        If a package for this kind of file is not installed.
    """
    path = Path(path)
    data = file_bytes(path, MAX_FILE_BYTES)
    if not data.strip():
        raise InputError([Fault("empty_file", path.name, "is empty")])
    for start, message in REFUSED:
        if data.startswith(start):
            raise InputError([Fault("not_a_table", path.name, message)])
    for start, read in READERS:
        if data.startswith(start):
            grid = read(data, path.name, sheet)
            break
    if not grid.rows:
        raise InputError([Fault("empty_file", path.name, "holds no text in any cell")])
    return grid


def file_bytes(path: Path, most: int) -> bytes:
    """Return the content of a file that is not larger than stated.

    Raises
    ------
    InputError
        If the file is missing, no plain file, or too large.
    """
    if path.is_dir():
        raise InputError([Fault("not_a_file", path.name, "is a folder, not a file")])
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            # Nothing is read of a file that says it is too large; a growing one is caught below.
            data = b"" if size > most else stream.read(size + 1)
    except FileNotFoundError:
        message = f"there is no such file in the folder {path.parent.name!r}"
        raise InputError([Fault("no_file", path.name, message)]) from None
    if max(size, len(data)) > most:
        message = f"is larger than {most // 2**20} MB; a file of sign-ups is not"
        raise InputError([Fault("too_large", path.name, message)])
    return data
