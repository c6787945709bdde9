"""The people of one sheet, as a problem's document writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentormatch.errors import Fault, InputError
from mentormatch.importers.cells import (
    ATTRIBUTE_READERS,
    READERS,
    answer,
    availability,
    parts,
    scaled,
)
from mentormatch.importers.files.csv_file import read_csv
from mentormatch.importers.files.opening import file_bytes
from mentormatch.importers.layout import Column, Layout, Sheets
from mentormatch.importers.sheet import MAX_FILE_BYTES, Row, Sheet, clean


@dataclass(frozen=True)
class PeopleSheet:
    """What was read from a sheet, and where it stood.

    Attributes
    ----------
    sheet
        The table itself.
    columns
        By the name of what they hold.
    people
        A document for each row, or None if no column says who is who.
    faults
        What is wrong with headings and cells.
    """

    sheet: Sheet
    columns: Mapping[str, Column]
    people: list[dict[str, Any]] | None
    faults: tuple[Fault, ...]

    @property
    def tells_no_times(self) -> bool:
        """Whether no column says when people can come."""
        return all(one.holds not in ("slot", "availability") for one in self.columns.values())

    def where(self, place: int, path: str = "") -> str:
        """Return how to find in the file what a document says of a person.

        Parameters
        ----------
        place
            Index among the people.
        path
            Path from the person on, such as ``.availability.tue-15``.
        """
        column = self._column(path)
        row = self.sheet.rows[place].number
        return self.sheet.where(row, column.heading if column else None)

    def _column(self, path: str) -> Column | None:
        field, _, inner = path.removeprefix(".").partition(".")
        name = re.split(r"\[", field)[0]
        if name in ("affiliations", "attributes"):
            return self.columns.get(re.sub(r"(\[\d+\])+$", "", inner))
        if name == "availability" and inner in self.columns:
            return self.columns[inner]
        return self.columns.get(name)


def read_people(path: Path, layout: Layout, sheets: Sheets, slots: tuple[str, ...]) -> PeopleSheet:
    """Read a sheet of people.

    Raises
    ------
    InputError
        If the file is missing or is not a table.
    """
    sheet = _read_sheet(path)
    columns, faults = layout.columns(sheet)
    by_name = {column.name: column for column in columns}
    if "id" not in by_name:
        return PeopleSheet(sheet, by_name, None, tuple(faults))
    people = []
    for row in sheet.rows:
        person, wrong = _person(sheet, row, columns, sheets, slots)
        people.append(person)
        faults += wrong
    return PeopleSheet(sheet, by_name, people, tuple(faults))


def _read_sheet(path: Path) -> Sheet:
    """Return a sheet in UTF-8 or UTF-16, in which no row is longer than the headings."""
    name = path.name
    grid = read_csv(file_bytes(path, MAX_FILE_BYTES), name, strict=True)
    if not grid.rows:
        raise InputError([Fault("no_headings", name, "has no row of headings")])
    headings = tuple(map(clean, grid.rows[0].cells))
    rows: list[Row] = []
    faults: list[Fault] = []
    for row in grid.rows[1:]:
        cells = [clean(cell) for cell in row.cells]
        if any(cells[len(headings) :]):
            message = (
                f"has {len(cells)} cells, but there are {len(headings)} headings; a cell that "
                "holds what parts the columns stands in quotes"
            )
            faults.append(Fault("too_many_cells", f"{name} row {row.number}", message))
        cells += [""] * (len(headings) - len(cells))
        rows.append(Row(row.number, tuple(cells[: len(headings)])))
    if faults:
        raise InputError(faults)
    return Sheet(name, headings, tuple(rows))


def _person(
    sheet: Sheet,
    row: Row,
    columns: list[Column],
    sheets: Sheets,
    slots: tuple[str, ...],
) -> tuple[dict[str, Any], list[Fault]]:
    """Return what a row says of a person, and which of its cells cannot be understood."""
    person: dict[str, Any] = {}
    faults: list[Fault] = []
    answers: dict[str, str] = {}
    for column in columns:
        cell = row.cells[column.place]
        if column.holds == "slot":
            if cell:
                answers[column.name] = answer(cell, sheets.answer_words)
            continue
        if not cell:
            continue
        try:
            _enter(person, column, cell, sheets, slots)
        except ValueError as error:
            where = sheet.where(row.number, column.heading)
            faults.append(Fault("wrong_cell", where, str(error)))
    if answers:
        person["availability"] = answers
    if "id" not in person:
        where = sheet.where(row.number, next(c.heading for c in columns if c.name == "id"))
        faults.append(Fault("no_id", where, "the id is missing"))
    return person, faults


def _enter(
    person: dict[str, Any], column: Column, cell: str, sheets: Sheets, slots: tuple[str, ...]
) -> None:
    name = column.name
    if column.holds == "availability":
        person["availability"] = availability(cell, slots)
    elif column.holds == "affiliation":
        person.setdefault("affiliations", {})[name] = parts(cell)
    elif column.holds == "attribute":
        kind = sheets.attributes[name]
        scale = sheets.scales.get(name, 1)
        value = scaled(cell, scale) if kind == "number" else ATTRIBUTE_READERS[kind](cell)
        person.setdefault("attributes", {})[name] = value
    else:
        person[name] = READERS[name](cell)
