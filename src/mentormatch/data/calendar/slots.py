"""Slots and terms: when a group can meet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
    model_validator,
)

from mentormatch.data.calendar.fields import WEEKDAYS, Clock, Day, Instant, Weekday, Zone, read_day
from mentormatch.data.nouns import Extensible, Identifier, Noun, Text, put_back

MAX_WEEKS = 120
"""Longest term, in weeks."""


class Slot(Extensible):
    """A time at which a group can meet: weekly, or a list of dated sessions."""

    id: Identifier = Field(description="What people's answers name it by.")
    label: Text | None = Field(
        default=None, description="How people call it; default from weekday and time, or the id."
    )
    weekday: Weekday | None = Field(default=None, description="1 is Monday, 7 is Sunday.")
    start: Clock | None = Field(default=None, description="Wall-clock time in the slot's zone.")
    minutes: Annotated[int, Field(strict=True, ge=5, le=1440)] = Field(
        default=120, description="Length of a meeting."
    )
    zone: Zone | None = Field(default=None, description="IANA zone; default the term's.")
    sessions: tuple[Instant, ...] = Field(
        default=(), max_length=500, description="Dated starts, instead of weekday and start."
    )
    modes: tuple[Literal["campus", "online"], ...] = Field(
        default=("campus", "online"), min_length=1, description="How groups can meet then."
    )
    max_groups: Annotated[int, Field(strict=True, ge=0)] | None = Field(
        default=None,
        description="Most groups in this slot, for instance rooms; other slots at the same time "
        "do not count.",
    )

    dates: tuple[tuple[Instant, ...], ...] | None = Field(
        default=None,
        max_length=1_000,
        description="The dates that groups can have, a list for each choice; null: those that the "
        "term allows. It is for terms of which a part is past.",
    )

    @model_serializer(mode="wrap")
    def _without_empty(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out the dates where there are none, as nearly always."""
        data: dict[str, Any] = dump(self)
        if self.dates is None:
            data.pop("dates", None)
        # Pydantic knows one serializer of a class: this one stands for that of `Extensible`.
        return put_back(data)

    @model_validator(mode="after")
    def _one_kind(self) -> Slot:
        weekly = self.weekday is not None and self.start is not None
        neither = self.weekday is None and self.start is None
        if bool(self.sessions) == weekly or (self.sessions and not neither):
            raise ValueError("a slot has either weekday and start, or dated sessions")
        if len(set(self.modes)) < len(self.modes):
            raise ValueError("a mode stands twice")
        ordered = sorted(start.astimezone(UTC) for start in self.sessions)
        for one, other in pairwise(ordered):
            if other - one < timedelta(minutes=self.minutes):
                raise ValueError(
                    f"the sessions of {one:%Y-%m-%dT%H:%MZ} and {other:%Y-%m-%dT%H:%MZ} overlap; "
                    f"a meeting takes {self.minutes} minutes"
                )
        return self

    def __str__(self) -> str:
        if self.label:
            return self.label
        if self.weekday is None or self.start is None:
            return self.id
        end = datetime.combine(date(2000, 1, 1), self.start) + timedelta(minutes=self.minutes)
        return f"{WEEKDAYS[self.weekday - 1][:3].title()} {self.start:%H:%M}-{end:%H:%M}"


class DayRange(Noun):
    """Days on which no meeting starts by the slot's clock, both ends included."""

    first: Day
    last: Day
    why: Text | None = None

    @model_validator(mode="after")
    def _ordered(self) -> DayRange:
        if self.last < self.first:
            raise ValueError(f"ends on {self.last}, before it starts on {self.first}")
        return self


def _range_of_one_day(value: Any) -> Any:
    if isinstance(value, str | date):
        day = read_day(value)
        return {"first": day, "last": day}
    return value


SkippedDays = Annotated[
    DayRange,
    BeforeValidator(_range_of_one_day),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {
                    "type": "object",
                    "properties": {
                        "first": {"type": "string", "format": "date"},
                        "last": {"type": "string", "format": "date"},
                        "why": {"anyOf": [{"type": "string", "maxLength": 200}, {"type": "null"}]},
                    },
                    "required": ["first", "last"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Term(Noun):
    """When groups meet: first and last day, days to skip, how many meetings and how often.

    A meeting belongs to the day on which it starts by the slot's clock.
    """

    first_day: Day = Field(description="First day on which a meeting can start.")
    last_day: Day = Field(description="Last day on which a meeting can start.")
    skipped: tuple[SkippedDays, ...] = Field(
        default=(),
        max_length=500,
        description="Single days or {first, last, why}: holidays, examination weeks.",
    )
    meetings: Annotated[int, Field(strict=True, ge=1, le=60)] = Field(
        default=6, description="Meetings of each group."
    )
    every_weeks: Annotated[int, Field(strict=True, ge=1, le=12)] = Field(
        default=1,
        description="1 weekly, 2 fortnightly; least weeks between two meetings. Dated sessions "
        "are taken one after the other if it is 1, however close they are.",
    )
    attendance: Annotated[int, Field(strict=True, ge=1)] | None = Field(
        default=None, description="Meetings that a member must be able to attend; default all."
    )
    zone: Zone = Field(
        default="Europe/Helsinki",
        description="IANA zone of slots, hours, absences and sign-ups that state none.",
    )

    @model_validator(mode="after")
    def _sound(self) -> Term:
        if self.last_day < self.first_day:
            raise ValueError(f"ends on {self.last_day}, before it starts on {self.first_day}")
        if self.last_day - self.first_day > timedelta(weeks=MAX_WEEKS):
            raise ValueError(f"a term is at most {MAX_WEEKS} weeks long")
        if self.attendance is not None and self.attendance > self.meetings:
            raise ValueError(f"attendance {self.attendance} exceeds {self.meetings} meetings")
        return self

    @property
    def required(self) -> int:
        """Meetings that a member must be able to attend."""
        return self.meetings if self.attendance is None else self.attendance

    def skips(self, day: date) -> bool:
        """Whether no group meets on the day."""
        return any(gap.first <= day <= gap.last for gap in self.skipped)
