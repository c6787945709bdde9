"""Files in every dialect are read, and files that are no tables are refused in one line."""

from __future__ import annotations

import io
import random
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mentormatch.errors import Fault, InputError, MissingExtraError
from mentormatch.importers import Grid, grid_of_frame, read_grid
from mentormatch.importers.availability.busy_times import busy_times
from mentormatch.importers.files.csv_file import read_csv
from mentormatch.importers.files.frames import read_parquet
from mentormatch.importers.files.xlsx_file import MAX_MEMBERS, read_xlsx

ROWS = [
    ["Email", "Name", "Times", "Share"],
    ["a@example.org", "Ärla Ögren", "Mon 13; Tue 15, or so", "0,5"],
    ["b@example.org", 'Bo "B" Kaksi', "Wed\n9", "1,25"],
]


def read(folder: Path, data: bytes, name: str = "export.csv") -> Grid:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(data)
    return read_grid(path)


def cells(grid: Grid) -> list[list[str]]:
    """Return the cells of a grid."""
    return [list(row.cells) for row in grid.rows]


def refusal(folder: Path, data: bytes, name: str = "export.csv") -> tuple[str, str]:
    """Return the code and the text of the one fault for which a file is refused."""
    with pytest.raises(InputError) as caught:
        read(folder, data, name)
    assert len(caught.value.faults) == 1, "one clear error"
    fault = caught.value.faults[0]
    assert fault.where == name
    return fault.code, fault.message


def outcome(attempt: Callable[[], Grid]) -> tuple[Grid | None, tuple[Fault, ...]]:
    """Return the grid or the faults that come of reading something."""
    try:
        return attempt(), ()
    except InputError as error:
        return None, error.faults


def as_csv(separator: str) -> str:
    """Return the rows as CSV with every cell in quotes."""
    lines = (separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS)
    return "\r\n".join([*lines, ""])


def workbook(rows: list[list[str]] = ROWS) -> bytes:
    """Return a workbook with these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_every_dialect(tmp_path: Path, separator: str, encoding: str) -> None:
    """Excel writes another dialect in Finland than in England, and a third as Unicode text."""
    grid = read(tmp_path, as_csv(separator).encode(encoding))
    assert [[cell.replace("\r\n", "\n") for cell in row] for row in cells(grid)] == ROWS
    assert grid.findings == ()


def test_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    """Nothing in such a file says its encoding, so somebody has to look at the letters."""
    grid = read(tmp_path, as_csv(";").encode("cp1252"))
    assert cells(grid)[1][1] == "Ärla Ögren"
    assert [finding.code for finding in grid.findings] == ["read_as_cp1252"]


def test_separators_inside_answers_do_not_part_columns(tmp_path: Path) -> None:
    """Answers of many options hold more semicolons than the file has commas."""
    grid = read(tmp_path, b"Name,Times\nAa,8AM;9AM;10AM;\nBb,8AM;9AM;noon;1PM\nCc,\n")
    assert cells(grid)[1] == ["Aa", "8AM;9AM;10AM;"]


def test_a_line_that_names_the_separator_is_no_row_of_headings(tmp_path: Path) -> None:
    """Excel puts it above the headings; rows keep the numbers that a spreadsheet shows."""
    grid = read(tmp_path, b"sep=;\nName;Times\nAa;8, 9\n")
    assert [(row.number, row.cells) for row in grid.rows] == [
        (2, ("Name", "Times")),
        (3, ("Aa", "8, 9")),
    ]


def test_a_workbook_is_read_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    """People rename files."""
    assert cells(read(tmp_path, workbook(), "export.csv")) == ROWS


def test_the_first_sheet_with_something_in_it_is_read_and_told(tmp_path: Path) -> None:
    """A workbook may hold notes besides the answers."""
    book = Workbook()
    book.active.title = "Empty"  # type: ignore[union-attr]  # A new workbook has a sheet.
    for title in ("Answers", "Notes"):
        book.create_sheet(title).append([title])
    book.save(tmp_path / "export.xlsx")
    grid = read_grid(tmp_path / "export.xlsx")
    assert (grid.sheet, cells(grid)) == ("Answers", [["Answers"]])
    assert [finding.code for finding in grid.findings] == ["several_sheets"]
    assert cells(read_grid(tmp_path / "export.xlsx", sheet="Notes")) == [["Notes"]]
    with pytest.raises(InputError, match="did you mean 'Notes'"):
        read_grid(tmp_path / "export.xlsx", sheet="Note")


WORKBOOK = workbook()


def bomb(size: int) -> bytes:
    """Return a small archive, made as a workbook, that unpacks to a size."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(size // 2**20):
                member.write(b"0" * 2**20)
    return stream.getvalue()


def many_parts() -> bytes:
    """Return an archive with too many members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(MAX_MEMBERS + 1):
            archive.writestr(f"{number}.xml", "")
    return stream.getvalue()


def no_workbook() -> bytes:
    """Return an archive with something else in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("letter.txt", "x")
    return stream.getvalue()


def with_entities() -> bytes:
    """Return a workbook whose XML declares entities."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>')
    return stream.getvalue()


def far_cell() -> bytes:
    """Return a workbook with one cell at the far end of its sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Name"
    sheet["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def noise(seed: int, size: int = 4096) -> bytes:
    """Return bytes without meaning, the same for each seed."""
    return random.Random(seed).randbytes(size)


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty_file"),
    "blank": (lambda: b" \r\n\r\n", "empty_file"),
    "separators": (lambda: b";;;\n;;;\n", "empty_file"),
    "noise": (lambda: noise(1), "not_text"),
    "noise with a mark of UTF-16": (lambda: b"\xff\xfe" + noise(2), "not_text"),
    "control characters": (lambda: b"Name,Times\nAa,\x00\x01\n", "not_text"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_a_table"),
    "PDF": (lambda: b"%PDF-1.7\n", "not_a_table"),
    "open quotation mark": (lambda: b'Name,Times\n"Aa,' + b"x" * 200_000, "not_a_table"),
    "workbook without its end": (lambda: WORKBOOK[:-200], "damaged"),
    "start of a workbook": (lambda: WORKBOOK[:800], "damaged"),
    "noise as an archive": (lambda: b"PK\x03\x04" + noise(3), "damaged"),
    "another archive": (no_workbook, "not_a_table"),
    "entities": (with_entities, "not_a_table"),
    "zip bomb beyond the limit": (lambda: bomb(200 * 2**20), "too_large"),
    "zip bomb below the limit": (lambda: bomb(40 * 2**20), "too_large"),
    "many parts": (many_parts, "too_large"),
    "far cell": (far_cell, "too_large"),
    "noise as Parquet": (lambda: b"PAR1" + noise(4), "damaged"),
    "noise as whole Parquet": (lambda: b"PAR1" + noise(5) + b"PAR1", "damaged"),
    "wide": (lambda: b",".join([b"x"] * 600) + b"\n", "too_large"),
    "long": (lambda: b"Name,Times\n" + b"a,b\n" * 100_001, "too_large"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_table_gives_one_clear_error(tmp_path: Path, kind: str) -> None:
    """Users lose faith at a traceback."""
    make, code = HOSTILE[kind]
    assert refusal(tmp_path, make())[0] == code


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """Only the first bytes beyond the limit are looked at, so memory stays bounded."""
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    tracemalloc.start()
    with pytest.raises(InputError, match="is larger than 64 MB"):
        read_grid(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_a_zip_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    """What it declares is enough to refuse it."""
    data = bomb(200 * 2**20)
    tracemalloc.start()
    message = refusal(tmp_path, data)[1]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "would unpack to" in message
    assert peak < 20 * 2**20


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400))
@pytest.mark.parametrize("read_bytes", [read_csv, read_xlsx])
def test_any_bytes_are_a_grid_or_one_error(
    read_bytes: Callable[[bytes, str], Grid], data: bytes
) -> None:
    """Whatever comes in, nothing but an error of the input comes out."""
    grid, faults = outcome(lambda: read_bytes(data, "any"))
    assert (grid is None) == (len(faults) == 1)
    rows = () if grid is None else grid.rows
    assert all(any(cell.strip() for cell in row.cells) for row in rows)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**6), byte=st.integers(0, 255), cut=st.integers(0, 3000))
def test_a_workbook_spoilt_anywhere_is_a_grid_or_one_error(place: int, byte: int, cut: int) -> None:
    """Files are damaged in transit; openpyxl alone raises a dozen kinds of errors on them."""
    data = bytearray(WORKBOOK)
    data[place % len(data)] = byte
    spoilt = bytes(data[: len(data) - cut % 50])
    grid, faults = outcome(lambda: read_xlsx(spoilt, "spoilt"))
    assert (grid is None) == (len(faults) == 1)


def test_missing_values_of_dataframes_are_empty_cells() -> None:
    """Each library has its own ways of saying that nothing is there."""
    frame = pd.DataFrame(
        {
            "text": ["a", None],
            "number": [1.0, float("nan")],
            "time": [pd.Timestamp("2026-09-01T12:00"), pd.NaT],
            "truth": [True, None],
        }
    )
    assert cells(grid_of_frame(frame)) == [
        ["text", "number", "time", "truth"],
        ["a", "1", "2026-09-01 12:00:00", "yes"],
    ]
    assert cells(grid_of_frame(pl.DataFrame({"a": [1.5, None], "b": [False, True]}))) == [
        ["a", "b"],
        ["1.5", "no"],
        ["", "yes"],
    ]


def test_what_is_no_dataframe_is_refused() -> None:
    """A list is no table."""
    with pytest.raises(InputError, match="is a list, not a dataframe"):
        grid_of_frame([1, 2])


@pytest.mark.parametrize(
    ("packages", "attempt", "extra"),
    [
        (["openpyxl"], lambda: read_xlsx(WORKBOOK, "x.xlsx"), r"mentormatch\[xlsx\]"),
        (["narwhals"], lambda: grid_of_frame(pd.DataFrame()), r"mentormatch\[df\]"),
        (
            ["polars", "pyarrow"],
            lambda: read_parquet(b"PAR1PAR1", "x.parquet"),
            r"pip install polars",
        ),
        (
            ["recurring_ical_events"],
            lambda: busy_times(b"", date(2026, 9, 1), date(2026, 9, 2), "UTC"),
            r"mentormatch\[ics\]",
        ),
    ],
    ids=["xlsx", "df", "parquet", "ics"],
)
def test_a_missing_package_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
    packages: list[str],
    attempt: Callable[[], object],
    extra: str,
) -> None:
    """Readers are extras: whoever needs none of them installs none of them."""
    for package in packages:
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=extra):
        attempt()
