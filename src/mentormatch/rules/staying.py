"""Earlier groups, and what the rules of staying have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from mentormatch.data.people import Identifier, Noun
from mentormatch.data.round import Round
from mentormatch.rules.base import Rule

MAX_EARLIER = 200_000
"""As many earlier groups as there can be groups."""


class EarlierGroup(Noun):
    """A group as it was published: its people and its slot, by id."""

    students: tuple[Identifier, ...] = ()
    mentors: tuple[Identifier, ...] = ()
    slot: Identifier

    @property
    def people(self) -> tuple[str, ...]:
        """Students, then mentors."""
        return (*self.students, *self.mentors)


class StayingRule(Rule):
    """A rule that compares groups with those that were published.

    Earlier groups may name people and slots that are no longer there: whoever has left cannot
    be missed, and nobody can meet in a slot that is gone.
    """

    # No rule by itself, so that it is in no list.
    shared: ClassVar[bool] = True

    groups: Annotated[tuple[EarlierGroup, ...], Field(max_length=MAX_EARLIER)] = Field(
        description="Groups as they were published."
    )
    people: Annotated[tuple[Identifier, ...], Field(max_length=MAX_EARLIER)] | None = Field(
        default=None, description="Whom the rule is about; null: everybody of these groups."
    )

    def members(self, round_: Round) -> Iterator[tuple[str, EarlierGroup]]:
        """Yield each person whom the rule is about and who is still there, with their group."""
        wanted = None if self.people is None else set(self.people)
        for group in self.groups:
            for person in group.people:
                if person in round_.position and (wanted is None or person in wanted):
                    yield person, group
