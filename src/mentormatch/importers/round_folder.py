"""A round from a folder: two sheets of people and a file on the programme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.importers.first_programme import PROGRAMME_TO_BEGIN_WITH
from mentormatch.importers.layout import Layout, Sheets, layout_faults
from mentormatch.importers.people_sheet import PeopleSheet, read_people
from mentormatch.validation import read_in_passes

PROGRAMME = "programme.toml"
SECTIONS = ("students", "mentors")

_ROW = re.compile(r"\b(students|mentors)\[(\d+)\]")


def read_round(folder: str | Path, *, left: Sequence[str] = ()) -> Problem:
    """Read a round from ``students.csv``, ``mentors.csv`` and ``programme.toml``.

    The programme holds every field of a problem besides the people, and under ``sheets`` what
    the columns are called. A sheet has a column ``id``, else ``email`` stands for it (with an
    id, addresses are kept out of explanations); either a column for each slot with yes, if need
    be or no in it (empty is no), or one column ``availability`` such as ``tue-15; wed-13?``,
    where ? means if need be; and where wanted ``name``, ``department``, ``languages``
    (``en:C1; fi:native``), ``mode``, ``zone``, ``absences``, ``priority`` or ``capacity``,
    ``signed_up``, and the affiliations and attributes that the programme names. Where groups
    have no mentors, ``mentors.csv`` may be missing.

    Parameters
    ----------
    folder
        Where the three files lie.
    left
        Ids of people who have left, besides those that the programme states.

    Raises
    ------
    InputError
        With every fault of the three files, each with file, row and column.
    """
    folder = Path(folder)
    programme = _programme(folder / PROGRAMME)
    faults: list[Fault] = []
    for section in SECTIONS:
        if section in programme:
            message = f"people are not listed here but in {section}.csv"
            faults.append(Fault("people_in_programme", f"{PROGRAMME} {section}", message))
    data = {key: value for key, value in programme.items() if key not in (*SECTIONS, "sheets")}
    if left:
        data["left"] = [*data.get("left", []), *left]
    sheets, said = _sheets(programme.get("sheets", {}))
    slots = _slot_ids(programme.get("slots"))
    if sheets is not None:
        said += list(layout_faults(sheets, slots))
    faults += [_in_programme(fault, "sheets") for fault in said]
    read: dict[str, PeopleSheet] = {}
    for section in SECTIONS:
        path = folder / f"{section}.csv"
        if section == "mentors" and not path.exists() and _without_mentors(programme):
            continue
        # A section that cannot be read is no list, so that nothing is said of what names people.
        data[section] = None
        try:
            layout = Layout(section, sheets or Sheets(), slots)
            read[section] = read_people(path, layout, sheets or Sheets(), slots)
        except InputError as error:
            faults += error.faults
            continue
        faults += read[section].faults
        if not read[section].sheet.rows:
            message = "has headings, but nobody below them"
            faults.append(Fault("no_people", f"{section}.csv", message))
        if read[section].people is not None:
            data[section] = read[section].people
    unread = {section for section in SECTIONS if section in data and data[section] is None}
    try:
        problem = Problem.model_validate(data)
    except InputError as error:
        found = [fault for fault in error.faults if fault.where not in unread]
        raise InputError(_merged(faults, found, read)) from None
    if faults:
        raise InputError(faults)
    return problem


def _merged(
    earlier: list[Fault], found: list[Fault], read: Mapping[str, PeopleSheet]
) -> list[Fault]:
    """Return faults of the files and of the problem made from them, each said once."""
    faults = list(earlier)
    for fault in found:
        placed = _placed(fault, read)
        section = fault.where.split("[")[0]
        if fault.code == "no_availability" and read[section].tells_no_times:
            message = (
                "no column tells when people can come: neither 'availability' nor a column for "
                "each slot; or state missing_availability in the programme"
            )
            placed = Fault("no_column", f"{section}.csv", message)
        if placed.where not in {earlier.where for earlier in faults}:
            faults.append(placed)
    return faults


def _programme(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(_missing(path.parent)) from None
    except UnicodeDecodeError:
        raise InputError([Fault("not_text", PROGRAMME, "is not UTF-8 text")]) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError([Fault("not_toml", PROGRAMME, f"is not TOML: {error}")]) from None


def _missing(folder: Path) -> Iterator[Fault]:
    """Yield which files the folder of a round lacks; the programme is shown as one may begin."""
    message = (
        f"there is no such file in the folder {folder.name!r}; it says all but the people, in "
        f"TOML, and may begin so:\n\n{indent(PROGRAMME_TO_BEGIN_WITH, '    ')}"
    )
    for section in SECTIONS:
        if not (folder / f"{section}.csv").is_file():
            missing = f"there is no such file in the folder {folder.name!r}"
            yield Fault("no_file", f"{section}.csv", missing)
    yield Fault("no_file", PROGRAMME, message)


def _sheets(data: Any) -> tuple[Sheets | None, list[Fault]]:
    reading = read_in_passes(data, Sheets)
    return reading.usable, list(reading.faults)


def _slot_ids(slots: Any) -> tuple[str, ...]:
    found = slots if isinstance(slots, list) else []
    names = [slot.get("id") for slot in found if isinstance(slot, Mapping)]
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str)))


def _without_mentors(programme: Mapping[str, Any]) -> bool:
    shape = programme.get("shape")
    return isinstance(shape, Mapping) and shape.get("mentors") == 0


def _in_programme(fault: Fault, section: str | None = None) -> Fault:
    inner = fault.where if section is None else f"{section}.{fault.where}"
    if fault.where == section:
        inner = fault.where
    return Fault(fault.code, f"{PROGRAMME} {inner}", fault.message, fault.nearest)


def _placed(fault: Fault, read: Mapping[str, PeopleSheet]) -> Fault:
    """Return a fault of the problem with the place in the files where it comes from."""

    def row(found: re.Match[str]) -> str:
        sheet = read.get(found[1])
        return sheet.where(int(found[2])) if sheet else found[0]

    message = _ROW.sub(row, fault.message)
    start = _ROW.match(fault.where)
    if start is None or start[1] not in read:
        return _in_programme(Fault(fault.code, fault.where, message, fault.nearest))
    where = read[start[1]].where(int(start[2]), fault.where[start.end() :])
    return Fault(fault.code, where, message, fault.nearest)
