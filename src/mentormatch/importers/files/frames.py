"""Dataframes in memory, whichever library made them, and Parquet through polars or pyarrow."""

from __future__ import annotations

import io
from typing import Any

from mentormatch.errors import Fault, InputError, MissingExtraError
from mentormatch.importers.files.cell_text import cell_text
from mentormatch.importers.sheet import Row, clean
from mentormatch.importers.table import MAX_COLUMNS, MAX_ROWS, Grid


def grid_of_frame(frame: Any, *, name: str = "dataframe") -> Grid:
    """Return the cells of a dataframe, with the names of its columns as row 1.

    Parameters
    ----------
    frame
        Of pandas, polars, pyarrow or another library that narwhals knows; lazy ones are
        computed.
    name
        What the report calls it.

    Raises
    ------
    InputError
        If it is no dataframe or is too large.
    MissingExtraError
        If narwhals is not installed.
    """
    try:
        import narwhals
    except ImportError:
        message = 'Reading dataframes needs a package: pip install "mentormatch[df]"'
        raise MissingExtraError(message) from None
    try:
        wrapped = narwhals.from_native(frame)
    except TypeError:
        message = f"is a {type(frame).__name__}, not a dataframe"
        raise InputError([Fault("not_a_table", name, message)]) from None
    lazy = isinstance(wrapped, narwhals.LazyFrame)
    eager = wrapped.head(MAX_ROWS + 1).collect() if lazy else wrapped
    headings = tuple(clean(str(heading)) for heading in eager.columns)
    if len(headings) > MAX_COLUMNS or len(eager) > MAX_ROWS:
        message = f"has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
        raise InputError([Fault("too_large", name, message)])
    rows = [Row(1, headings)]
    for number, record in enumerate(eager.iter_rows(), 2):
        cells = tuple(map(cell_text, record))
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, cells))
    return Grid(name, tuple(rows))


def read_parquet(data: bytes, name: str, _sheet: str | None = None) -> Grid:
    """Read a Parquet file.

    Raises
    ------
    InputError
        If the file is damaged or too large.
    MissingExtraError
        If neither polars nor pyarrow is installed.
    """
    if not data.endswith(b"PAR1"):
        raise _damaged(name)
    for read in (_by_polars, _by_pyarrow):
        try:
            frame = read(data, name)
        except ImportError:
            continue
        return grid_of_frame(frame, name=name)
    raise MissingExtraError('Reading Parquet needs a package: pip install polars "mentormatch[df]"')


def _by_polars(data: bytes, name: str) -> Any:
    import polars as pl

    wrong = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError)
    try:
        plan = pl.scan_parquet(io.BytesIO(data))
        if len(plan.collect_schema()) > MAX_COLUMNS:
            message = f"has more than {MAX_COLUMNS} columns"
            raise InputError([Fault("too_large", name, message)])
        return plan.head(MAX_ROWS + 1).collect()
    except wrong:
        raise _damaged(name) from None


def _by_pyarrow(data: bytes, name: str) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        if file.metadata.num_columns > MAX_COLUMNS or file.metadata.num_rows > MAX_ROWS:
            message = f"has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
            raise InputError([Fault("too_large", name, message)])
        return file.read()
    except (pa.ArrowException, OSError, ValueError):
        raise _damaged(name) from None


def _damaged(name: str) -> InputError:
    message = "is damaged or cut short: it cannot be read as Parquet"
    return InputError([Fault("damaged", name, message)])
