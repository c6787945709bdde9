"""Shapes in which exports say when people can come, one in each file."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from mentormatch.importers.availability.base import Shape
from mentormatch.importers.availability.calendars import Calendars
from mentormatch.importers.availability.hour_columns import HourColumns
from mentormatch.importers.availability.multi_select import MultiSelect
from mentormatch.importers.availability.people_columns import PeopleColumns
from mentormatch.importers.availability.slot_columns import SlotColumns
from mentormatch.importers.availability.weekday_columns import WeekdayColumns

AnyShape = Annotated[
    WeekdayColumns | PeopleColumns | SlotColumns | HourColumns | MultiSelect | Calendars,
    Field(discriminator="shape"),
]

SHAPES: tuple[type[Shape], ...] = get_args(get_args(AnyShape)[0])
"""In the order in which they are tried on a table."""

__all__ = [
    "SHAPES",
    "AnyShape",
    "Calendars",
    "HourColumns",
    "MultiSelect",
    "PeopleColumns",
    "Shape",
    "SlotColumns",
    "WeekdayColumns",
]
