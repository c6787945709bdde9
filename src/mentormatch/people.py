"""Students and mentors, and what they said in their sign-ups."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, model_validator

from mentormatch.calendar import Weekday, Zone
from mentormatch.languages import Language, Level

Answer = Literal["yes", "if_need_be", "no"]
Mode = Literal["campus", "online"]
MODES: tuple[Mode, ...] = ("campus", "online")

MAX_TEXT = 200
MAX_PRIORITY = 1_000


def _clean_identifier(text: str) -> str:
    if not text.strip() or text != text.strip():
        raise ValueError("an id has no space at its ends and is not empty")
    for character in text:
        # Cc: control; Cf: invisible formatting, such as marks that turn text around.
        if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
            raise ValueError("an id has no control or invisible characters")
    return text


Identifier = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_clean_identifier)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
AttributeValue = (
    Annotated[bool, Field(strict=True)]
    | StrictInt
    | Annotated[float, Field(strict=True, allow_inf_nan=False)]
    | Text
    | tuple[Text, ...]
)


class Noun(BaseModel):
    """Frozen, strict about unknown fields, and silent about people's data in errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False
    )


class WeeklyHours(Noun):
    """Hours of a weekday that somebody offers, in their own zone's wall-clock time."""

    weekday: Weekday = Field(description="1 is Monday, 7 is Sunday; names work as well.")
    start: time = Field(description="First minute offered.")
    end: time = Field(description="Where the offer ends; 00:00 means midnight.")
    answer: Answer = "yes"

    @model_validator(mode="after")
    def _ordered(self) -> WeeklyHours:
        if self.end != time(0) and self.end <= self.start:
            raise ValueError(f"the hours end at {self.end} but start at {self.start}")
        return self


class Person(Noun):
    """What students and mentors have in common."""

    id: Identifier = Field(description="Chosen by the caller, unique among all people.")
    name: Text | None = Field(default=None, repr=False, description="Only for display.")
    department: Text | None = None
    languages: Mapping[Language, Level] = Field(
        default_factory=dict, description="BCP 47 tag to CEFR level, or native."
    )
    availability: Mapping[Identifier, Answer] | None = Field(
        default=None,
        description="Answer by slot id. A slot that is not named counts as no. Null means unknown.",
    )
    hours: tuple[WeeklyHours, ...] = Field(
        default=(), description="Weekly hours offered, for slots that availability does not name."
    )
    zone: Zone | None = Field(default=None, description="IANA zone of `hours`; default the term's.")
    absences: tuple[date, ...] = Field(default=(), description="Days on which they cannot come.")
    mode: Literal["campus", "online", "either"] = "either"
    affiliations: Mapping[Text, tuple[Text, ...]] = Field(
        default_factory=dict,
        description="Ties such as supervisor, research_group or manager: kind to names or ids.",
    )
    attributes: Mapping[Text, AttributeValue] = Field(
        default_factory=dict, description="Anything else that rules may speak of."
    )

    @property
    def label(self) -> str:
        """The name if there is one, else the id."""
        return self.name or self.id

    @property
    def gave_availability(self) -> bool:
        """Whether anything at all is known of when they can come."""
        return bool(self.availability) or bool(self.hours)


class Student(Person):
    """Somebody who wants a place in a group."""

    priority: int = Field(
        default=1,
        strict=True,
        ge=1,
        le=MAX_PRIORITY,
        description="Cost of leaving this student out, relative to others.",
    )
    signed_up: datetime | None = Field(default=None, description="When they signed up.")


class Mentor(Person):
    """Somebody who guides groups, alone or with co-mentors."""

    capacity: int = Field(
        default=1, strict=True, ge=0, le=20, description="Most groups this mentor can lead."
    )
    signed_up: datetime | None = Field(default=None, description="When they signed up.")


def values_of(person: Person, attribute: str) -> tuple[str, ...]:
    """Return the values a person has of an attribute, as text, without repeats.

    ``department`` and ``mode`` are fields; any other name is looked up among the free
    attributes and then the affiliations. A list counts as several values.
    """
    if attribute == "department":
        return () if person.department is None else (person.department,)
    if attribute == "mode":
        return (person.mode,)
    value = person.attributes.get(attribute)
    if value is None:
        return tuple(dict.fromkeys(person.affiliations.get(attribute, ())))
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(value))
    return (str(value),)


def attribute_names(people: tuple[Person, ...]) -> set[str]:
    """Return every name that :func:`values_of` finds a value for among these people."""
    names = {"department", "mode"}
    for person in people:
        names.update(person.attributes)
        names.update(person.affiliations)
    return names
