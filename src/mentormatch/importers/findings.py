"""What an import did, left out or could not decide, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Effect = Literal["stop", "lost", "look", "done"]
"""``stop``: nobody would have a group; ``lost``: not used; ``look``: read, but look at it;
``done``: put right, nothing to do."""

EFFECTS: Mapping[Effect, str] = {
    "stop": "NOBODY CAN BE PLACED",
    "lost": "Not used",
    "look": "Please look",
    "done": "Put right",
}
"""Headings of the report, in the order in which people want to read it."""

MAX_SHOWN = 60
"""Longest part of a cell that is repeated."""


@dataclass(frozen=True)
class Finding:
    """One thing that an import reports of a file.

    Attributes
    ----------
    code
        Stable word for other tools, such as ``unknown_name``.
    effect
        Whether something was put right, should be looked at, or was not used.
    message
        What was done or what to do; repeats nothing that people wrote.
    file
        Name of the file.
    row
        As a spreadsheet counts, from 1; None if it is about the whole file.
    column
        From 0, from the left; None if it is about the whole row.
    heading
        Of the column.
    value
        What stands in the cell.
    nearest
        What may have been meant.
    nearest_row
        Where the nearest stands.
    """

    code: str
    effect: Effect
    message: str
    file: str
    row: int | None = None
    column: int | None = None
    heading: str | None = None
    value: str | None = None
    nearest: str | None = None
    nearest_row: int | None = None

    def text(self, *, private: bool = False) -> str:
        """Return it in one line.

        Parameters
        ----------
        private
            Whether to give places instead of what people wrote.
        """
        words = f"{self.place(private=private)}: "
        if self.value is not None and not private:
            words += f"{shortened(self.value)!r} "
        words += self.message
        if self.nearest is None:
            return words
        if private:
            hint = f"see row {self.nearest_row}" if self.nearest_row else "something near is known"
            return f"{words} ({hint})"
        where = f", row {self.nearest_row}" if self.nearest_row else ""
        return f"{words} (did you mean {shortened(self.nearest)!r}{where}?)"

    def place(self, *, private: bool = False) -> str:
        """Return where it stands."""
        words = self.file
        if self.row is not None:
            words += f" row {self.row}"
        if self.column is not None:
            words += f", column {letters(self.column)}"
            if self.heading and not private:
                words += f" ({both_ends(self.heading)})"
        return words

    def as_data(self, *, private: bool = False) -> dict[str, Any]:
        """Return it for other programs; the private form repeats nothing that people wrote."""
        data: dict[str, Any] = {
            "code": self.code,
            "effect": self.effect,
            "message": self.message,
            "file": self.file,
            "row": self.row,
            "column": None if self.column is None else letters(self.column),
            "nearest_row": self.nearest_row,
        }
        if not private:
            data |= {"heading": self.heading, "value": self.value, "nearest": self.nearest}
        return data


@dataclass(frozen=True)
class ImportReport:
    """Everything that an import reports.

    Attributes
    ----------
    findings
        In the order of the file.
    dropped
        Headings of the columns that were not read, by file.
    dropped_places
        Where they stand, from 0.
    people
        How many rows there were with somebody in them, and how many of those are used.
    """

    findings: tuple[Finding, ...]
    dropped: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[int, int]]
    dropped_places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def stopped(self) -> tuple[Finding, ...]:
        """Why nobody could have a group."""
        return tuple(one for one in self.findings if one.effect == "stop")

    def text(self, *, private: bool = False) -> str:
        """Return the report for people, the gravest first."""
        lines = [
            f"{file}: {used} of {rows} sign-ups are used" + ("" if used == rows else "; see below")
            for file, (rows, used) in self.people.items()
        ]
        for effect, heading in EFFECTS.items():
            found = [one for one in self.findings if one.effect == effect]
            if found:
                lines += ["", f"{heading} ({len(found)})"]
                lines += [f"  {one.text(private=private)}" for one in found]
        for file, headings in self.dropped.items():
            if headings:
                lines += ["", f"Columns of {file} that were not read ({len(headings)})"]
                if private:
                    lines[-1] += f": {', '.join(map(letters, self.dropped_places.get(file, ())))}"
                else:
                    lines += [f"  {both_ends(heading)}" for heading in headings]
        return "\n".join(lines)

    def as_data(self, *, private: bool = False) -> dict[str, Any]:
        """Return the report for other programs."""
        return {
            "format": "mentormatch/import-report/1",
            "people": {
                file: {"rows": rows, "used": used} for file, (rows, used) in self.people.items()
            },
            "findings": [one.as_data(private=private) for one in self.findings],
            "columns_not_read": {
                file: [*map(letters, self.dropped_places.get(file, ()))] if private else [*names]
                for file, names in self.dropped.items()
            },
        }

    def __str__(self) -> str:
        return self.text()


def shortened(text: str) -> str:
    """Return a text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 3]}..."


def both_ends(text: str) -> str:
    """Return a heading in one line, cut in the middle: options stand at the end of questions."""
    line = " ".join(text.split())
    half = (MAX_SHOWN - 3) // 2
    return line if len(line) <= MAX_SHOWN else f"{line[:half]}...{line[-half:]}"


def letters(column: int) -> str:
    """Return a column's name in a spreadsheet: A, B, ..., Z, AA."""
    name = ""
    rest = column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by file and place, each once."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda one: (one.file, one.row or 0, -1 if one.column is None else one.column),
        )
    )
