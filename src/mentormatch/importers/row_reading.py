"""One row as one person's sign-up, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from mentormatch.data.languages import Level
from mentormatch.data.people import is_email
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.importers.cells import dates, is_number, parts, scaled, whole
from mentormatch.importers.cleaning.answer_state import state_of
from mentormatch.importers.cleaning.instants import day_comes_first, is_instant, read_instant
from mentormatch.importers.cleaning.languages import (
    best_levels,
    language_entries,
    level_of_word,
    level_said,
)
from mentormatch.importers.cleaning.modes import mode_of
from mentormatch.importers.cleaning.roles import Role, role_of
from mentormatch.importers.findings import Effect, Finding
from mentormatch.importers.mapping import SurveyMapping
from mentormatch.importers.sheet import Row
from mentormatch.importers.sign_ups import SignUp
from mentormatch.importers.table import Table, key_of, required_places

_ANONYMOUS = frozenset({"anonymous", "anonyymi", "nimetön", "anonym", "n/a", "-"})
_REPORTED_WHEN_UNTIDY = ("id", "email", "name", "department")

NAME_COLUMNS = ("wish_together", "wish_apart", "keep_apart")
"""Columns in which people write the names of others; each is called as its rule."""


class RowReader:
    """Reads the rows of a table by a mapping and keeps what it finds.

    Parameters
    ----------
    table
        One row for each person.
    mapping
        Which column is what.

    Raises
    ------
    InputError
        If the mapping names a column that the table lacks, or nothing tells people apart.
    """

    def __init__(self, table: Table, mapping: SurveyMapping) -> None:
        self._table = table
        self._mapping = mapping
        held = mapping.columns.headings()
        found = required_places(table, list(held), "columns")
        _check_corrections(mapping, set(held.values()))
        self._places = {found[heading]: name for heading, name in held.items()}
        self._place = {name: place for place, name in reversed(self._places.items())}
        self._joined = [found[heading] for heading in mapping.columns.name]
        self._day_first = mapping.day_first
        if self._day_first is None and "completed" in self._place:
            self._day_first = day_comes_first(table.column(self._place["completed"]))
        self._row: Row
        self._findings: list[Finding] = []
        self._wrong: Counter[int] = Counter()
        self._decimals: set[int] = set()
        self._level_words: set[str] = set()
        self._readers: Mapping[str, Callable[[str, int], Any]] = {
            "department": self._plain,
            "zone": self._plain,
            "languages": self._languages,
            "mode": self._mode,
            "priority": self._whole,
            "capacity": self._whole,
            "absences": self._days,
        }

    @property
    def findings(self) -> list[Finding]:
        """What was found in the rows read so far."""
        return [*self._findings, *self._wrong_columns()]

    def _wrong_columns(self) -> Iterator[Finding]:
        """Yield the columns of numbers in which no cell is one."""
        for place, count in self._wrong.items():
            filled = len(self._table.column(place))
            if count == filled > 1:
                message = (
                    f"has {filled} cells and no number in any of them, so nobody has "
                    f"{self._places[place]!r}; is it another column, or of another kind?"
                )
                yield self._table.finding("wrong_column", "lost", message, place=place)

    def read(self, row: Row) -> SignUp | None:
        """Return what a row says, or None if it does not say who it is of."""
        self._row = row
        cells = self._corrected()
        if not self._was_meant(cells):
            return None
        name = " ".join(filter(None, (cells[place] for place in self._joined))) or None
        email = self._email(cells)
        given = cells[self._place["id"]] if "id" in self._place else ""
        raw = given or email or name
        if not raw:
            message = "does not say who it is of: no id, e-mail or name; the row is not used"
            self._report("nobody", "lost", message)
            return None
        key_name = "id" if given else "email" if email else "name"
        # Two rows of one name may be two people, unless the mapping says otherwise.
        alone = key_name == "name" and not self._mapping.same_name_is_one_person
        key = f"{self._table.name} row {row.number}" if alone else key_of(raw)
        document: dict[str, Any] = {} if email is None else {"email": email}
        said: dict[str, str] = {}
        role: Role | None = None
        if "role" in self._place:
            role = self._role(cells[self._place["role"]], self._place["role"])
            if role is None:
                return None
        completed = None
        for place, what in self._places.items():
            cell = cells[place]
            if not cell:
                continue
            if what == "completed":
                completed = self._completed(cell, place)
            elif what in NAME_COLUMNS:
                said[what] = cell
            else:
                self._enter(document, what, cell, place)
        if completed is not None:
            document["signed_up"] = completed.isoformat()
        return SignUp(
            row=row.number,
            key=(key_name, key),
            raw_key=raw,
            key_place=self._place.get(key_name),
            given_id=given or None,
            email=email,
            name=name,
            role=role,
            completed=completed,
            document=document,
            said=said,
        )

    def _was_meant(self, cells: Sequence[str]) -> bool:
        """Whether a row is somebody's answer; say so of trials and of what was not finished."""
        states = {
            state_of(cells[place], self._table.headings[place]): place
            for place, what in self._places.items()
            if what == "state" and cells[place]
        }
        if "trial" in states:
            message = "is an answer that somebody only tried out; the row is not used"
            self._report("trial_answer", "lost", message, place=states["trial"])
            return False
        if "unfinished" in states:
            message = "was not sent to its end; what there is of it is used"
            self._report("unfinished", "look", message, place=states["unfinished"])
        return True

    def _role(self, cell: str, place: int) -> Role | None:
        role = role_of(cell, self._mapping.roles)
        if role is None:
            message = (
                "says neither student nor mentor; the row is not used (state the word under "
                "'roles' in the mapping)"
            )
            self._report("unknown_role", "lost", message, place=place, value=cell)
        return role

    def _report(
        self,
        code: str,
        effect: Effect,
        message: str,
        *,
        place: int | None = None,
        value: str | None = None,
        near: str | None = None,
    ) -> None:
        self._findings.append(
            self._table.finding(
                code, effect, message, row=self._row.number, place=place, value=value, near=near
            )
        )

    def _corrected(self) -> list[str]:
        """Return the cells after the corrections that the mapping states."""
        cells = list(self._row.cells)
        for place, what in self._places.items():
            short = what.split(".")[0]
            if short in _REPORTED_WHEN_UNTIDY and (self._row.number, place) in self._table.untidy:
                message = "had spaces in excess or letters in an unusual form; tidied"
                self._report("untidy", "done", message, place=place, value=cells[place])
            stated = self._mapping.corrections.get(what, self._mapping.corrections.get(short, {}))
            meant = {key_of(found): right for found, right in stated.items()}
            if what not in NAME_COLUMNS and key_of(cells[place]) in meant:
                right = meant[key_of(cells[place])]
                message = "was replaced as the mapping says"
                self._report("corrected", "done", message, place=place, value=cells[place])
                cells[place] = right
        return cells

    def _email(self, cells: list[str]) -> str | None:
        place = self._place.get("email")
        if place is None or not cells[place]:
            return None
        text = cells[place].removeprefix("mailto:").strip(" <>")
        if is_email(text):
            return text.casefold()
        if key_of(text) in _ANONYMOUS:
            message = "stands for somebody who was not signed in; their name has to do"
            self._report("anonymous", "look", message, place=place, value=text)
            return None
        message = "is not an e-mail address; their name has to do"
        self._report("wrong_email", "lost", message, place=place, value=text)
        return None

    def _enter(self, document: dict[str, Any], what: str, cell: str, place: int) -> None:
        kind, _, name = what.partition(".")
        if kind == "affiliations":
            document.setdefault("affiliations", {})[name] = parts(cell)
        elif kind == "attributes":
            self._attribute(document.setdefault("attributes", {}), name, cell, place)
        elif kind == "languages" and name:
            level = self._level(cell, name, place)
            if level is not None:
                document.setdefault("languages", {})[name] = level
        elif kind in self._readers:
            value = self._readers[kind](cell, place)
            if value is not None:
                document[kind] = value

    def _attribute(self, attributes: dict[str, Any], name: str, cell: str, place: int) -> None:
        stated = self._mapping.columns.attributes[name]
        if stated.kind == "list":
            # Of several columns, the first holds what is wanted most.
            attributes[name] = list(dict.fromkeys([*attributes.get(name, []), *parts(cell)]))
        elif stated.kind == "text":
            attributes[name] = cell
        else:
            value = self._number(cell, stated.scale, place)
            if value is not None:
                attributes[name] = value

    def _number(self, cell: str, scale: int, place: int) -> int | float | None:
        try:
            value = scaled(cell, scale)
        except ValueError:
            message = "is not a number; the cell is not used"
            if scale != 1 and is_number(cell):
                message = f"has more decimals than the scale of {scale} keeps; it is not used"
            self._wrong_number(message, cell, place)
            return None
        if isinstance(value, float) and place not in self._decimals:
            self._decimals.add(place)
            message = (
                "has decimals; rules on sums and means take whole numbers (state a 'scale' for the "
                "attribute in the mapping)"
            )
            self._report("decimals", "look", message, place=place, value=cell)
        return value

    @staticmethod
    def _plain(cell: str, _place: int) -> str:
        return cell

    def _days(self, cell: str, place: int) -> list[Any] | None:
        try:
            return [day.isoformat() for day in dates(cell)]
        except ValueError:
            message = (
                "is not a list of days such as '2026-10-20; 2026-11-02..2026-11-06'; the cell is "
                "not used"
            )
            self._report("wrong_date", "lost", message, place=place, value=cell)
            return None

    def _level(self, cell: str, tag: str, place: int) -> Level | None:
        said = level_said(cell, tag, self._mapping.language_level, self._mapping.levels)
        if said == "unknown" and (meant := level_of_word(cell)) is not None:
            if key_of(cell) not in self._level_words:
                self._level_words.add(key_of(cell))
                message = (
                    f"was read as {meant} here and below; state another level for it under "
                    "'levels' in the mapping"
                )
                self._report("level_in_words", "look", message, place=place, value=cell)
            return meant
        if said == "unknown":
            message = "is neither a level nor yes or no; the language is not used"
            self._report("unknown_level", "lost", message, place=place, value=cell)
            return None
        return said

    def _languages(self, cell: str, place: int) -> dict[str, Any] | None:
        entries = language_entries(cell)
        for entry in entries:
            if entry.tag is None:
                message = "is not the name of a language that is known; it is not used"
                self._report(
                    "unknown_language", "lost", message,
                    place=place, value=entry.text, near=entry.nearest,
                )  # fmt: skip
            elif entry.rest:
                level = entry.level or self._mapping.language_level
                message = (
                    f"was read as {entry.tag!r} at {level}; the words besides the language were "
                    "not used"
                )
                self._report("words_left", "look", message, place=place, value=entry.text)
        return dict(best_levels(entries, self._mapping.language_level)) or None

    def _mode(self, cell: str, place: int) -> str | None:
        mode = mode_of(cell, self._mapping.modes)
        if mode is None:
            message = (
                "says neither campus nor online nor either; taken as either (state the word "
                "under 'modes' in the mapping)"
            )
            self._report("unknown_mode", "look", message, place=place, value=cell)
        return mode

    def _whole(self, cell: str, place: int) -> int | None:
        number = whole(cell)
        if isinstance(number, int):
            return number
        self._wrong_number("is not a whole number; the cell is not used", cell, place)
        return None

    def _wrong_number(self, message: str, cell: str, place: int) -> None:
        self._wrong[place] += 1
        self._report("wrong_number", "lost", message, place=place, value=cell)

    def _completed(self, cell: str, place: int) -> datetime | None:
        found = read_instant(cell, self._day_first)
        if found is None:
            message = (
                "may be two dates; state 'day_first' in the mapping. The cell is not used"
                if is_instant(cell)
                else "is not a date with time; the cell is not used"
            )
            self._report("wrong_date", "lost", message, place=place, value=cell)
        return found


def _check_corrections(mapping: SurveyMapping, held: set[str]) -> None:
    """Refuse corrections of what no column holds: they would never be applied."""
    known = held | {name.partition(".")[0] for name in held}
    faults = [
        Fault(
            "unknown_name",
            f"corrections.{kind}",
            f"no column of the mapping holds {kind!r}",
            nearest(kind, known),
        )
        for kind in mapping.corrections
        if kind not in known
    ]
    if faults:
        raise InputError(faults)
