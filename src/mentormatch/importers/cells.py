"""What the cells of a sheet mean, as a problem's document writes it.

A cell that cannot be understood is handed on as it is, so that the problem's own check says
what is wrong with it; only what a document cannot hold is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from mentormatch.importers.cleaning.instants import read_instant

ANSWER_WORDS: Mapping[str, str] = {
    "yes": "yes",
    "y": "yes",
    "if need be": "if_need_be",
    "if_need_be": "if_need_be",
    "if-need-be": "if_need_be",
    "no": "no",
    "n": "no",
    "": "no",
}
"""Answers by what people write, in small letters."""

NONE_AT_ALL = "none"
"""Says in a column of availability that no slot is possible."""

MAX_ABSENT_DAYS = 400
MAX_SCALE = 10**9
"""What numbers with decimals may be multiplied by at most."""

_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,15})?", re.ASCII)


def parts(cell: str, separators: str = ";\n") -> list[str]:
    """Return the entries of a cell that holds several."""
    entries = re.split(f"[{separators}]", cell)
    return [entry.strip() for entry in entries if entry.strip()]


def answer(cell: str, words: Mapping[str, str]) -> str:
    """Return the answer that a cell under a slot's heading gives."""
    return words.get(cell.casefold(), cell)


def availability(cell: str, slots: Sequence[str]) -> dict[str, str]:
    """Return the answers of a cell such as ``tue-15; wed-13?``, where ? is if need be.

    Raises
    ------
    ValueError
        If a slot is named twice.
    """
    if cell.casefold() == NONE_AT_ALL:
        return dict.fromkeys(slots, "no")
    answers: dict[str, str] = {}
    for entry in parts(cell, ";,\n"):
        slot, said = entry, "yes"
        if entry not in slots and entry.endswith("?"):
            slot, said = entry[:-1].strip(), "if_need_be"
        if slot in answers:
            raise ValueError(f"the slot {slot!r} stands twice")
        answers[slot] = said
    return answers


def languages(cell: str) -> dict[str, str]:
    """Return the languages of a cell such as ``en:C1; fi:native``.

    Raises
    ------
    ValueError
        If a language stands twice or without a level.
    """
    levels: dict[str, str] = {}
    for entry in parts(cell, ";,\n"):
        tag, colon, level = (word.strip() for word in entry.partition(":"))
        if not colon or not level:
            raise ValueError(f"{entry!r} lacks a level; write it as 'en:C1'")
        if tag in levels:
            raise ValueError(f"the language {tag!r} stands twice")
        levels[tag] = level
    return levels


def days(cell: str) -> list[Any]:
    """Return the days of a cell such as ``2026-10-20; 2026-11-02..2026-11-06``."""
    found: list[Any] = []
    for entry in parts(cell, ";,\n"):
        first, dots, last = (word.strip() for word in entry.partition(".."))
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            found += [first, last] if dots else [entry]
            continue
        length = (end - start).days + 1
        if not 1 <= length <= MAX_ABSENT_DAYS:
            raise ValueError(f"{entry!r} is not a range of 1 to {MAX_ABSENT_DAYS} days")
        found += [start + timedelta(days=day) for day in range(length)]
    return found


def whole(cell: str) -> int | str:
    """Return a whole number, or the cell as it is."""
    return int(cell) if _WHOLE.fullmatch(cell) else cell


def dates(cell: str) -> list[date]:
    """Return the days of a cell, each in a form that means one day only.

    Raises
    ------
    ValueError
        If one of the entries is no day, or could be two.
    """
    found = []
    for day in days(cell):
        instant = day if isinstance(day, date) else read_instant(day, None)
        if instant is None:
            raise ValueError(f"{day[:40]!r} is not a day such as 2026-10-20")
        found.append(instant.date() if isinstance(instant, datetime) else instant)
    return found


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with decimal point or comma."""
    return _NUMBER.fullmatch(cell) is not None


def number(cell: str) -> int | float:
    """Return a number, with decimal point or comma.

    Raises
    ------
    ValueError
        If the cell is not a number.
    """
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f"{cell[:40]!r} is not a number")
    return int(cell) if _WHOLE.fullmatch(cell) else float(cell.replace(",", "."))


def scaled(cell: str, scale: int) -> int | float:
    """Return a number times a scale, exactly; with the scale 1 the number as it stands.

    Raises
    ------
    ValueError
        If the cell is not a number, or has more decimals than the scale makes whole.
    """
    if scale == 1 or not _NUMBER.fullmatch(cell):
        return number(cell)
    value = Decimal(cell.replace(",", ".")) * scale
    if value != value.to_integral_value():
        raise ValueError(f"{cell[:40]!r} has more decimals than a scale of {scale} makes whole")
    return int(value)


def mode(cell: str) -> str:
    """Return a mode in small letters, or the cell as it is."""
    small = cell.casefold()
    return small if small in ("campus", "online", "either") else cell


def text(cell: str) -> str:
    """Return the cell as it is."""
    return cell


READERS: Mapping[str, Callable[[str], Any]] = {
    "id": text,
    "name": text,
    "email": text,
    "department": text,
    "languages": languages,
    "mode": mode,
    "zone": text,
    "absences": days,
    "priority": whole,
    "capacity": whole,
    "signed_up": text,
}
"""How to read the cell of each field but availability."""

ATTRIBUTE_READERS: Mapping[str, Callable[[str], Any]] = {
    "text": text,
    "number": number,
    "list": parts,
}
"""How to read the cell of an attribute, by the kind that the programme states."""
