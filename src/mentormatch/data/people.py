"""Students and mentors, and what they said in their sign-ups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from mentormatch.data.calendar import Clock, Day, SignedUp, Weekday, Zone
from mentormatch.data.languages import Language, Level, twin_tags
from mentormatch.data.nouns import MAX_TEXT, Extensible, Identifier, Noun, Text, refusal

__all__ = [
    "MAX_CAPACITY",
    "MAX_PRIORITY",
    "MAX_TEXT",
    "MODES",
    "Answer",
    "AttributeValue",
    "Email",
    "Identifier",
    "Mentor",
    "Mode",
    "Noun",
    "Person",
    "Student",
    "Text",
    "WeeklyHours",
    "attribute_names",
    "is_email",
    "values_of",
]

Answer = Literal["yes", "if_need_be", "no"]
Mode = Literal["campus", "online"]
MODES: tuple[Mode, ...] = ("campus", "online")

MAX_CAPACITY = 20
MAX_PRIORITY = 1_000
MAX_NUMBER = 10**15
"""Largest whole number that an attribute holds: every reader of JSON keeps it exact."""

MAX_EMAIL = 320
"""Longest address, in characters."""

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;.<>]+")


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address."""
    return len(text) <= MAX_EMAIL and _EMAIL.fullmatch(text) is not None


def _address(text: str) -> str:
    if not is_email(text):
        raise refusal("an e-mail address looks like 'name@example.org'")
    return text


Email = Annotated[str, Field(max_length=MAX_EMAIL), AfterValidator(_address)]

AttributeValue = (
    Annotated[bool, Field(strict=True)]
    | Annotated[int, Field(strict=True, ge=-MAX_NUMBER, le=MAX_NUMBER)]
    | Annotated[float, Field(strict=True, allow_inf_nan=False)]
    | Text
    | Annotated[tuple[Text, ...], Field(max_length=100)]
)


class WeeklyHours(Noun):
    """Hours of a weekday that somebody offers, in their own zone's wall-clock time."""

    weekday: Weekday = Field(description="1 is Monday, 7 is Sunday; names work as well.")
    start: Clock = Field(description="First minute offered.")
    end: Clock = Field(description="Where the offer ends; 00:00 means midnight.")
    answer: Answer = Field(
        default="yes",
        description="How well these hours suit; no is the same as not offering them, and takes "
        "nothing away from other hours that overlap.",
    )

    @model_validator(mode="after")
    def _ordered(self) -> WeeklyHours:
        if self.end != time(0) and self.end <= self.start:
            raise ValueError(f"the hours end at {self.end:%H:%M} but start at {self.start:%H:%M}")
        return self


class Person(Extensible):
    """What students and mentors have in common."""

    id: Identifier = Field(description="Chosen by the caller, unique among all people.")
    name: Text | None = Field(default=None, repr=False, description="Only for display.")
    email: Email | None = Field(
        default=None,
        repr=False,
        description="For mail merges and invitations only; no rule sees it, and it is not part of "
        "the fingerprint.",
    )
    department: Text | None = None
    languages: Mapping[Language, Level] = Field(
        default_factory=dict, max_length=100, description="BCP 47 tag to CEFR level, or native."
    )
    availability: Annotated[Mapping[Identifier, Answer], Field(max_length=2_000)] | None = Field(
        default=None,
        description="Answer by slot id. A slot that is not named counts as no, unless there are "
        "`hours`. Null or empty, and no hours, means unknown.",
    )
    hours: tuple[WeeklyHours, ...] = Field(
        default=(),
        max_length=500,
        description="Weekly hours offered, for slots that availability does not name.",
    )
    zone: Zone | None = Field(
        default=None,
        description="IANA zone of `hours` and `absences`; default the term's, whatever zone a "
        "slot has.",
    )
    absences: tuple[Day, ...] = Field(
        default=(),
        max_length=1_000,
        description="Days, in the person's zone, on which they come to no meeting that begins or "
        "ends on them.",
    )
    mode: Literal["campus", "online", "either"] = Field(
        default="either", description="How they take part."
    )
    affiliations: Mapping[Text, Annotated[tuple[Text, ...], Field(max_length=100)]] = Field(
        default_factory=dict,
        max_length=50,
        description="Ties such as supervisor, research_group or manager: kind to names or ids.",
    )
    attributes: Mapping[Text, AttributeValue] = Field(
        default_factory=dict,
        max_length=200,
        description="Anything else that rules may speak of, under names that are no fields.",
    )

    @field_validator("languages", mode="before")
    @classmethod
    def _each_language_once(cls, value: Any) -> Any:
        twins = twin_tags(value) if isinstance(value, Mapping) else None
        if twins:
            raise refusal(f"{twins[0]!r} and {twins[1]!r} are one language")
        return value

    def __repr__(self) -> str:
        # Whoever prints a list of people wants to know who they are, not all that they said.
        return f"{type(self).__name__}({self.id!r})"

    __str__ = __repr__

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
    signed_up: SignedUp | None = Field(
        default=None, description="When they signed up; in the term's zone if none is stated."
    )


class Mentor(Person):
    """Somebody who guides groups, alone or with co-mentors."""

    capacity: int = Field(
        default=1,
        strict=True,
        ge=0,
        le=MAX_CAPACITY,
        description="Most groups this mentor can lead, never two of which any meetings overlap.",
    )
    signed_up: SignedUp | None = Field(
        default=None, description="When they signed up; in the term's zone if none is stated."
    )


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
