"""What several explanations tell: the effect of changes, and repairs with their proofs."""

from __future__ import annotations

from pydantic import Field

from mentormatch.explain.changes import AnyChange
from mentormatch.explain.messages import Message
from mentormatch.matching import Group, Matching
from mentormatch.people import Identifier, Noun


class TierChange(Noun):
    """The cost of one tier before and after; None where the problem has no such tier."""

    tier: int
    name: str
    rules: tuple[str, ...] = Field(default=(), description="Kinds of the rules of the tier.")
    before: int | None
    after: int | None

    def message(self) -> Message | None:
        """Return what the change is, in a code and facts; None if there is none."""
        before, after = self.before or 0, self.after or 0
        if before == after:
            return None
        code = "effect.more" if after > before else "effect.fewer"
        if self.before is None:
            code = "effect.broken"
        facts: dict[str, int | str] = {
            "goal": self.name,
            "rules": ",".join(self.rules),
            "count": abs(after - before),
            "before": before,
            "after": after,
        }
        return Message(code=code, facts=facts)


class Effect(Noun):
    """What changes do to the whole round."""

    placed: int = Field(description="Students with a group, more than before.")
    groups: int = Field(description="Groups, more than before.")
    tiers: tuple[TierChange, ...] = Field(description="Cost of each tier before and after.")

    def messages(self) -> tuple[Message, ...]:
        """Return all of it in codes and facts: students, groups, and each tier that changes."""
        told = [
            Message(code=f"effect.{what}{'_one' if count == 1 else ''}", facts={"count": count})
            for what, count in (("placed", self.placed), ("groups", self.groups))
            if count or what == "placed"
        ]
        return (*told, *(said for tier in self.tiers if (said := tier.message()) is not None))


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
