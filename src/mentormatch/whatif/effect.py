"""The effect of changes on a whole round: students placed, groups, and each tier."""

from __future__ import annotations

from pydantic import Field

from mentormatch.data.people import Noun
from mentormatch.evaluate.evaluated_solution import EvaluatedSolution, kinds_of
from mentormatch.messages.wording import Message


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
    """What changes of a problem do to the whole round."""

    placed: int = Field(description="Students with a group, more than before.")
    groups: int = Field(description="Groups, more than before.")
    tiers: tuple[TierChange, ...] = Field(description="Cost of each tier before and after.")

    def messages(self) -> tuple[Message, ...]:
        """Return all of it in codes and facts: students, groups, and each tier that changes."""
        found = [
            Message(code=f"effect.{what}", facts={"count": count})
            for what, count in (("placed", self.placed), ("groups", self.groups))
            if count or what == "placed"
        ]
        return (*found, *(said for tier in self.tiers if (said := tier.message()) is not None))


def effect(before: EvaluatedSolution, after: EvaluatedSolution) -> Effect:
    """Return what changes for the whole round from one finished round to another."""
    tiers = sorted({*before.score.tiers, *after.score.tiers})
    return Effect(
        placed=len(after.placed) - len(before.placed),
        groups=len(after.solution.groups) - len(before.solution.groups),
        tiers=tuple(
            TierChange(
                tier=tier,
                name=before.problem.tier_name(tier) or after.problem.tier_name(tier),
                rules=kinds_of(after.problem, tier) or kinds_of(before.problem, tier),
                before=before.score.tiers.get(tier),
                after=after.score.tiers.get(tier),
            )
            for tier in tiers
        ),
    )
