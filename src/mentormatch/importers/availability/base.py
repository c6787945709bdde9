"""What every shape of availability does, and what the options of a form stand for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Self

from pydantic import Field

from mentormatch.data.calendar import Slot, Zone
from mentormatch.data.people import Noun
from mentormatch.importers.availability.times import Reading, ReadingContext, Span, span_of
from mentormatch.importers.table import Table, key_of
from mentormatch.importers.words import DayLanguage

Heading = Annotated[str, Field(max_length=2_000)]
DayLanguages = Annotated[tuple[DayLanguage, ...], Field(min_length=1, max_length=3)]
Unit = Annotated[int, Field(strict=True, ge=5, le=1440)]


class Shape(Noun):
    """One way in which exports say when people can come.

    A shape names the columns it reads, is proposed from a table where it fits, and reads.
    """

    weekdays_in: DayLanguages = Field(
        default=("en",), description="Languages whose names of weekdays are read: en, fi, sv."
    )
    zone: Zone | None = Field(
        default=None, description="IANA zone of the times asked about; default the programme's."
    )

    titles: ClassVar[str]
    """The shape in a few words, for the preview of a mapping."""

    @abstractmethod
    def headings(self) -> tuple[str, ...]:
        """Return the headings of the columns that are read."""

    @abstractmethod
    def read(self, table: Table, context: ReadingContext) -> Reading:
        """Return what the table says of times.

        Raises
        ------
        InputError
            If a column is missing.
        """

    @classmethod
    @abstractmethod
    def suggest(cls, table: Table, languages: Sequence[DayLanguage]) -> tuple[int, Self] | None:
        """Return how many times it would read and the shape, or None if it does not fit."""

    def people(self, table: Table) -> Table:
        """Return the table with one row for each person."""
        return table


class Options:
    """Looks options up.

    Parameters
    ----------
    slots
        Those that the programme states.
    stated
        What the mapping says that options mean: the id of a slot, or a time.
    languages
        Those whose weekdays are read.
    unit
        Minutes of a time that names no end.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        stated: Mapping[str, str],
        languages: Sequence[DayLanguage],
        unit: int,
    ) -> None:
        self._stated = {key_of(option): meaning for option, meaning in stated.items()}
        self._slots = {key_of(slot.id): slot.id for slot in slots}
        self._slots |= {key_of(slot.label): slot.id for slot in slots if slot.label}
        self._languages = languages
        self._unit = unit

    @property
    def names(self) -> tuple[str, ...]:
        """Every option known by its text, longest first."""
        return tuple(sorted({*self._stated, *self._slots}, key=lambda name: (-len(name), name)))

    def slot(self, text: str) -> str | None:
        """Return the id of the slot whose id or label a text is, or None."""
        return self._slots.get(key_of(text))

    def meaning(self, text: str) -> Span | str | None:
        """Return the stretch or the id of the slot that a text stands for, or None."""
        key = key_of(text)
        if key in self._stated:
            meant = self._stated[key]
            return self._slots.get(key_of(meant)) or span_of(meant, ("en",), self._unit)
        if key in self._slots:
            return self._slots[key]
        return span_of(text, self._languages, self._unit)
