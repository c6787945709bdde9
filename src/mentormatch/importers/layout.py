"""Which column of a sheet holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from mentormatch.data.people import Answer, Noun, Text
from mentormatch.errors import Fault, nearest
from mentormatch.importers.cells import ANSWER_WORDS, MAX_SCALE
from mentormatch.importers.sheet import Sheet, clean

Holds = Literal["field", "availability", "slot", "affiliation", "attribute"]

_SHARED = (
    "id",
    "name",
    "email",
    "department",
    "languages",
    "availability",
    "mode",
    "zone",
    "absences",
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "students": (*_SHARED, "priority", "signed_up"),
    "mentors": (*_SHARED, "capacity", "signed_up"),
}
"""Fields of people that have a column, by section."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_texts(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value, "text")
    return value


Headings = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]


class Sheets(Noun):
    """What a programme says of the sheets that people's answers come in."""

    columns: Mapping[Text, Headings] = Field(
        default_factory=dict,
        description="Headings by what the column holds: a field, a slot's id, an affiliation or "
        "an attribute. The plain name is always understood as well.",
    )
    affiliations: tuple[Text, ...] = Field(
        default=(), description="Kinds of tie, such as supervisor, that have a column."
    )
    attributes: Annotated[
        Mapping[Text, Literal["text", "number", "list"]], BeforeValidator(_as_texts)
    ] = Field(
        default_factory=dict,
        description="Attributes that have a column, with the kind of their values; a list of "
        "names where all are text.",
    )
    scales: Mapping[Text, Annotated[int, Field(strict=True, ge=1, le=MAX_SCALE)]] = Field(
        default_factory=dict,
        description="What the numbers of an attribute are multiplied by: with 10, 3.7 becomes 37. "
        "Rules on sums and means take whole numbers only.",
    )
    answers: Mapping[Text, Answer] = Field(
        default_factory=dict, description="Answers by other words that people gave, such as kyllä."
    )
    ignore_columns: tuple[Text, ...] = Field(
        default=(), description="Headings whose columns are not read."
    )

    @cached_property
    def answer_words(self) -> Mapping[str, str]:
        """Answers by what people write, in small letters."""
        own = {clean(word).casefold(): answer for word, answer in self.answers.items()}
        return {**ANSWER_WORDS, **own}


@dataclass(frozen=True)
class Column:
    """A column that is read.

    Attributes
    ----------
    place
        From 0, from the left.
    heading
        As it stands in the file.
    name
        Field, slot, affiliation or attribute.
    holds
        Which of these it is.
    """

    place: int
    heading: str
    name: str
    holds: Holds


class Layout:
    """What the columns of one section's sheet can hold.

    Parameters
    ----------
    section
        ``students`` or ``mentors``.
    sheets
        What the programme says of sheets.
    slots
        Ids of the slots.
    """

    def __init__(self, section: str, sheets: Sheets, slots: tuple[str, ...]) -> None:
        self._sheets = sheets
        self._slots = slots
        self._holds: dict[str, Holds] = {}
        self._holds.update(dict.fromkeys(sheets.attributes, "attribute"))
        self._holds.update(dict.fromkeys(sheets.affiliations, "affiliation"))
        self._holds.update(dict.fromkeys(slots, "slot"))
        self._holds.update(dict.fromkeys(FIELDS[section], "field"))
        self._holds["availability"] = "availability"
        self._names: dict[str, str] = {_key(name): name for name in self._holds}
        for name, headings in sheets.columns.items():
            if name in self._holds:
                self._names.update({_key(heading): name for heading in headings})

    def columns(self, sheet: Sheet) -> tuple[list[Column], list[Fault]]:
        """Return the columns of a sheet that are read, and what is wrong with its headings."""
        ignored = {_key(heading) for heading in self._sheets.ignore_columns}
        found: dict[str, Column] = {}
        faults: list[Fault] = []
        unknown: list[tuple[int, str]] = []
        for place, heading in enumerate(sheet.headings):
            if _key(heading) in ignored:
                continue
            name = self._names.get(_key(heading))
            if name is None:
                unknown.append((place, heading))
            elif name in found:
                message = f"holds {name!r}, but so does the column {found[name].heading!r}"
                faults.append(Fault("repeated_column", self._at(sheet, heading), message))
            else:
                found[name] = Column(place, heading, name, self._holds[name])
        if "id" not in found and "email" in found:
            found["id"] = replace(found["email"], name="id")
        for place, heading in unknown:
            if not heading and not any(row.cells[place] for row in sheet.rows):
                continue
            near = nearest(heading, self._names)
            message = "is not a column that is read; name it under columns or ignore_columns"
            faults.append(Fault("unknown_column", self._at(sheet, heading), message, near))
            # A misspelt column is read as the one that was meant, so that more can be checked.
            name = self._names[near] if near is not None else None
            if name is not None and name not in found:
                found[name] = Column(place, heading, name, self._holds[name])
        return list(found.values()), faults + list(self._lacking(sheet, found))

    def _lacking(self, sheet: Sheet, found: Mapping[str, Column]) -> Iterator[Fault]:
        if "id" not in found:
            yield Fault("no_column", sheet.name, "has no column 'id' or 'email'")
        slots = [slot for slot in self._slots if slot in found]
        if slots and "availability" in found:
            message = (
                f"has a column {found['availability'].heading!r} and columns of slots such as "
                f"{found[slots[0]].heading!r}; one way of telling is enough"
            )
            yield Fault("repeated_column", sheet.name, message)
        elif slots:
            for slot in self._slots:
                if slot not in found:
                    yield Fault("no_column", sheet.name, f"has no column for the slot {slot!r}")

    @staticmethod
    def _at(sheet: Sheet, heading: str) -> str:
        return f"{sheet.name} row 1, column {heading or '(without heading)'}"


def known_names(sheets: Sheets, slots: tuple[str, ...]) -> set[str]:
    """Return every name that a column can have in one of the sections."""
    fields = {name for names in FIELDS.values() for name in names}
    return fields | {*slots, *sheets.affiliations, *sheets.attributes}


def layout_faults(sheets: Sheets, slots: tuple[str, ...]) -> Iterator[Fault]:
    """Yield what the programme says of sheets and cannot mean."""
    known = known_names(sheets, slots)
    for name in sheets.columns:
        if name not in known:
            message = f"there is nothing called {name!r} that a column can hold"
            yield Fault("unknown_name", f"columns.{name}", message, nearest(name, known))
    numbers = [name for name, kind in sheets.attributes.items() if kind == "number"]
    for name in sheets.scales:
        if name not in numbers:
            message = f"there is no attribute {name!r} of kind 'number' to scale"
            yield Fault("unknown_name", f"scales.{name}", message, nearest(name, numbers))
    groups = {
        "a field": {name for names in FIELDS.values() for name in names},
        "a slot": set(slots),
        "an affiliation": set(sheets.affiliations),
        "an attribute": set(sheets.attributes),
    }
    seen: dict[str, str] = {}
    for kind, names in groups.items():
        for name in sorted(names):
            if name in seen:
                message = f"{name!r} is {seen[name]} as well as {kind}; give one another name"
                yield Fault("ambiguous_name", "columns", message)
            seen.setdefault(name, kind)


def _key(heading: str) -> str:
    return " ".join(clean(heading).casefold().split())
