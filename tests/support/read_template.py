"""A template that notes what is asked of it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

from mentormatch.data.calendar import MeetingPlan
from mentormatch.data.people import Mode
from mentormatch.data.round import Template

T = TypeVar("T", bound=Hashable)
Said = dict[tuple[str, ...], dict[tuple[Hashable, ...], int]]
"""Amounts by the fields that were read, in their order, and by what stood there."""


class ReadTemplate:
    """A template that notes which of its fields are read, in their order.

    Whoever decides by these alone decides alike on every template in which they are the same.
    It has no other fields, and it is equal to nothing, so that nobody learns more from it.
    """

    def __init__(self, template: Template) -> None:
        self._template = template
        self.read: dict[str, Hashable] = {}

    @property
    def plan(self) -> MeetingPlan:
        """The real dates."""
        return self._noted("plan", self._template.plan)

    @property
    def language(self) -> str:
        """The group's language."""
        return self._noted("language", self._template.language)

    @property
    def mode(self) -> Mode:
        """Campus or online."""
        return self._noted("mode", self._template.mode)

    @property
    def topic(self) -> str | None:
        """The group's topic, if groups have one."""
        return self._noted("topic", self._template.topic)

    def __eq__(self, other: object) -> bool:
        raise TypeError("templates are compared field by field while they are watched")

    def __hash__(self) -> int:
        raise TypeError("templates are looked at field by field while they are watched")

    def _noted(self, field: str, value: T) -> T:
        self.read[field] = value
        return value
