"""What every shape of availability does."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from pydantic import Field

from mentormatch.data.calendar import Zone
from mentormatch.data.people import Noun
from mentormatch.importers.availability.day_words import DayLanguage
from mentormatch.importers.availability.times import Reading, ReadingContext
from mentormatch.importers.table import Table

Heading = Annotated[str, Field(max_length=2_000)]
DayLanguages = Annotated[tuple[DayLanguage, ...], Field(min_length=1, max_length=3)]
Unit = Annotated[int, Field(strict=True, ge=5, le=1440)]


class Shape(Noun):
    """One way in which exports tell when people can come.

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
