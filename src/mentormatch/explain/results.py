"""What several explanations tell: the effect of changes, and repairs with their proofs."""

from __future__ import annotations

from pydantic import Field

from mentormatch.explain.changes import AnyChange
from mentormatch.matching import Group, Matching
from mentormatch.people import Identifier, Noun


class TierChange(Noun):
    """The cost of one tier before and after; None where the problem has no such tier."""

    tier: int
    name: str
    before: int | None
    after: int | None


class Effect(Noun):
    """What changes do to the whole round."""

    placed: int = Field(description="Students with a group, more than before.")
    groups: int = Field(description="Groups, more than before.")
    tiers: tuple[TierChange, ...] = Field(description="Cost of each tier before and after.")


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
