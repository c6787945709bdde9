"""Repairs: changes after which somebody has a place, with the groups that prove them."""

from __future__ import annotations

from pydantic import Field

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Identifier, Noun
from mentormatch.whatif.changes import AnyChange
from mentormatch.whatif.effect import Effect


class Repair(Noun):
    """Changes after which somebody has a place while nobody loses theirs."""

    changes: tuple[AnyChange, ...] = Field(
        description="None: the matching can be bettered without any change."
    )
    effect: Effect
    solved: bool = Field(
        default=False, description="Whether the solver found it, or one step from the matching."
    )


class Proof(Noun):
    """The groups that a repair leads to, for the coordinator alone: they name other people.

    Groups that are not named stay as they are.
    """

    person: Identifier
    repair: int = Field(description="Place among the person's repairs, from 0.")
    groups: tuple[Group, ...] = Field(description="Groups that are changed or new.")
    closed: tuple[Identifier, ...] = Field(default=(), description="Groups that end.")

    def matching(self, before: Matching) -> Matching:
        """Return the whole matching after the repair."""
        new = {group.id: group for group in self.groups}
        kept = [group for group in before.groups if group.id not in self.closed]
        known = {group.id for group in kept}
        groups = [new.get(group.id, group) for group in kept]
        groups += [group for group in self.groups if group.id not in known]
        return Matching(status="FEASIBLE", groups=tuple(groups))
