"""Stopping criteria besides time: when a matching is good enough."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.nouns import Noun

Criterion = Literal["gap", "unimproved", "proven_tiers"]


class StopWhen(Noun):
    """When a search ends though it could go on; each criterion ends it by itself.

    `limits_reached` of the answer says which one did. An answer that is proven in all tiers has
    reached none. How things stand is looked at ten times a second, so the same call can end
    with other groups on another machine.
    """

    gaps: Annotated[dict[int, Annotated[int, Field(strict=True, ge=0)]], Field(max_length=100)] = (
        Field(
            default={},
            description="Ends when value less bound is at most this in every tier that is named.",
        )
    )
    unimproved_seconds: Annotated[float, Field(strict=True, gt=0)] | None = Field(
        default=None, description="Ends when nothing better was found for so long."
    )
    proven_tiers: Annotated[int, Field(strict=True, ge=1, le=100)] | None = Field(
        default=None, description="Ends when so many of the first tiers are proven."
    )

    def met(self, gap: dict[int, int], since_improved: float) -> Criterion | None:
        """Return the criterion that is met, if one is.

        Parameters
        ----------
        gap
            Value less bound of the best matching so far, by the number of the tier, in order.
        since_improved
            Seconds since it was found.
        """
        if self.gaps and all(gap.get(tier, 0) <= most for tier, most in self.gaps.items()):
            return "gap"
        first = list(gap.values())[: self.proven_tiers or 0]
        if self.proven_tiers is not None and not any(first):
            return "proven_tiers"
        if self.unimproved_seconds is not None and since_improved >= self.unimproved_seconds:
            return "unimproved"
        return None
