"""What the codes of an export mean, by a codebook beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mentormatch.errors import Fault, InputError
from mentormatch.importers.findings import Finding
from mentormatch.importers.sheet import Row
from mentormatch.importers.table import Grid, key_of
from mentormatch.importers.words import ANSWERS

_VARIABLE = "variable / field name"
_CHOICES = "choices, calculations, or slider labels"
_CODED_TYPES = frozenset({"dropdown", "radio", "checkbox"})
_FIXED_CHOICES: Mapping[str, Mapping[str, str]] = {
    "yesno": {"1": "Yes", "0": "No"},
    "truefalse": {"1": "True", "0": "False"},
}
_FORM_STATES = {"0": "Incomplete", "1": "Unverified", "2": "Complete"}

_PLAIN_COLUMNS: Mapping[str, frozenset[str]] = {
    "column": frozenset({"column", "variable", "field", "question", "name", "variable name"}),
    "code": frozenset({"code", "value", "answer code"}),
    "meaning": frozenset({"meaning", "label", "text", "answer", "value label"}),
}
"""Headings of a codebook with one row for each code."""

MAX_TOP = 8
"""Rows among which the row of headings is sought."""


@dataclass
class _Variable:
    """What is known of one column, or of the columns of one question."""

    text: str = ""
    meanings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Codebook:
    """Texts of questions and meanings of codes, by the name of the column.

    Attributes
    ----------
    name
        Name of the file.
    variables
        By the name of the column in small letters.
    """

    name: str
    variables: Mapping[str, _Variable]


def codebook_of(grid: Grid) -> Codebook:
    """Return a codebook: a data dictionary of REDCap, or a table of column, code and meaning.

    In such a table, a row without a code says what its column asks.

    Raises
    ------
    InputError
        If the file is neither.
    """
    for at, row in enumerate(grid.rows[:MAX_TOP]):
        keys = [key_of(cell) for cell in row.cells]
        below = grid.rows[at + 1 :]
        if _VARIABLE in keys and _CHOICES in keys:
            return Codebook(grid.name, _of_redcap(keys, below))
        places = {
            what: next((place for place, key in enumerate(keys) if key in names), None)
            for what, names in _PLAIN_COLUMNS.items()
        }
        if None not in places.values():
            return Codebook(grid.name, _of_rows([int(one or 0) for one in places.values()], below))
    message = (
        "is no codebook: it has neither the headings of a REDCap data dictionary nor the three "
        "headings column, code and meaning"
    )
    raise InputError([Fault("no_codebook", grid.name, message)])


def decoded(grid: Grid, codebook: Codebook) -> Grid:
    """Return a grid with texts in place of the codes that a codebook knows.

    Headings get the text of their question, with the option that they are about.

    Raises
    ------
    InputError
        If the codebook knows none of the file's columns.
    """
    at, known = _heading_row(grid, codebook)
    heading_row = grid.rows[at]
    unknown: Counter[tuple[int, str]] = Counter()
    first_rows: dict[tuple[int, str], int] = {}
    rows = []
    for row in grid.rows[at + 1 :]:
        cells = list(row.cells)
        for place, column in known.items():
            cell = cells[place].strip() if place < len(cells) else ""
            if not cell or not column.meanings:
                continue
            meaning = _meaning(cell, column.meanings)
            if meaning is not None:
                cells[place] = meaning
            elif key_of(cell) not in {*ANSWERS, *map(key_of, column.meanings.values())}:
                unknown[place, cell] += 1
                first_rows.setdefault((place, cell), row.number)
        rows.append(Row(row.number, tuple(cells)))
    headings = [
        known[place].heading if place in known else cell
        for place, cell in enumerate(heading_row.cells)
    ]
    findings = [
        Finding(
            "unknown_code",
            "look",
            f"is a code that the codebook {codebook.name} does not know; it is read as it stands",
            grid.name,
            first_rows[place, cell],
            place,
            headings[place],
            cell,
        )
        for place, cell in unknown
    ]
    return replace(
        grid,
        rows=(*grid.rows[:at], Row(heading_row.number, tuple(headings)), *rows),
        findings=(*grid.findings, *findings),
    )


@dataclass(frozen=True)
class _Column:
    """How one column of a file is read: its new heading and what its codes mean."""

    heading: str
    meanings: Mapping[str, str]


def _heading_row(grid: Grid, codebook: Codebook) -> tuple[int, dict[int, _Column]]:
    best: tuple[int, dict[int, _Column]] = (0, {})
    for at, row in enumerate(grid.rows[:MAX_TOP]):
        known = {
            place: column
            for place, heading in enumerate(row.cells)
            if (column := _column(heading, codebook)) is not None
        }
        if len(known) > len(best[1]):
            best = at, known
    if not best[1]:
        message = (
            f"knows none of the columns of {grid.name}; it must name them as the file's headings do"
        )
        raise InputError([Fault("other_codebook", codebook.name, message)])
    return best


def _column(heading: str, codebook: Codebook) -> _Column | None:
    """Return how a column is read that the codebook knows by its heading, else None."""
    key = key_of(heading)
    own = codebook.variables.get(key)
    ticked = re.fullmatch(r"(.+?)___(.+)", key)
    if ticked is not None and (question := codebook.variables.get(ticked[1])) is not None:
        option = question.meanings.get(ticked[2])
        if option is None:
            return None
        text = question.text or ticked[1]
        return _Column(f"{text} (choice={option})", {"1": "Checked", "0": "Unchecked"})
    listed = re.fullmatch(r"(.+?)\[(.+)\]", key)
    if listed is not None and (question := codebook.variables.get(listed[1])) is not None:
        text = question.text or listed[1]
        option = (own.text if own is not None else "") or question.meanings.get(listed[2], "")
        meanings = {**question.meanings, **(own.meanings if own is not None else {})}
        return _Column(f"{text} [{option or listed[2]}]", meanings)
    if own is None:
        return None
    return _Column(f"{heading}. {own.text}" if own.text else heading, own.meanings)


def _of_redcap(keys: Sequence[str], rows: Iterable[Row]) -> dict[str, _Variable]:
    """Return the variables of a REDCap data dictionary, with those that each form has besides."""
    places = {
        what: keys.index(heading)
        for what, heading in (
            ("name", _VARIABLE),
            ("form", "form name"),
            ("type", "field type"),
            ("text", "field label"),
            ("choices", _CHOICES),
        )
        if heading in keys
    }
    found: dict[str, _Variable] = {}
    forms: dict[str, None] = {}
    for row in rows:
        said = {
            what: row.cells[place].strip() if place < len(row.cells) else ""
            for what, place in places.items()
        }
        kind = said.get("type", "")
        meanings = dict(_FIXED_CHOICES.get(kind, {}))
        if kind in _CODED_TYPES:
            meanings = dict(_choices(said["choices"]))
        text = re.sub(r"<[^>]*>", "", said.get("text", ""))
        found[key_of(said["name"])] = _Variable(text, meanings)
        forms[key_of(said.get("form", ""))] = None
    for form in filter(None, forms):
        found.setdefault(f"{form}_complete", _Variable("Complete?", dict(_FORM_STATES)))
        found.setdefault(f"{form}_timestamp", _Variable("Survey Timestamp"))
    return found


def _choices(text: str) -> Iterator[tuple[str, str]]:
    """Yield code and meaning of each choice of ``1, Mon 13-15 | 2, Tue 9-11``."""
    for choice in text.split("|"):
        code, comma, meaning = choice.partition(",")
        if comma and code.strip():
            yield _code(code), meaning.strip()


def _of_rows(places: Sequence[int], rows: Iterable[Row]) -> dict[str, _Variable]:
    found: dict[str, _Variable] = {}
    last = ""
    for row in rows:
        name, code, meaning = (
            row.cells[place].strip() if place < len(row.cells) else "" for place in places
        )
        # A merged cell keeps its text only in its first row.
        last = name or last
        variable = found.setdefault(key_of(last), _Variable())
        if code:
            variable.meanings[_code(code)] = meaning
        else:
            variable.text = meaning
    return found


def _meaning(cell: str, meanings: Mapping[str, str]) -> str | None:
    """Return what a code means, or of a list such as ``1,4`` what each of its codes means."""
    found = [meanings.get(_code(entry)) for entry in (cell, *re.split("[,;]", cell))]
    if found[0] is not None:
        return found[0]
    listed = [one for one in found[1:] if one is not None]
    return "; ".join(listed) if len(listed) == len(found) - 1 else None


def _code(text: str) -> str:
    """Return a code as REDCap writes it into a heading: in small letters, a minus as a line."""
    plain = key_of(text).replace("-", "_")
    return re.sub(r"^(\d+)\.0+$", r"\1", plain)
