"""What may change of a published matching, and what is worth more than what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mentormatch.data.people import Identifier, Noun

Measure = Literal["places", "times", "moves", "mentors", "newcomers", "companions"]
"""Measures of change; see :class:`Policy`."""

DEFAULT_ORDER: tuple[Measure, ...] = ("places", "times", "mentors", "newcomers", "companions")


class Policy(Noun):
    """The order in which changes are avoided, and who must not be moved at all.

    The measures, each made as small as possible before the next, and all of them before the
    round's own tiers:

    - ``places``: students who had a group and have none;
    - ``times``: people who meet at another time than before;
    - ``moves``: students in another group, which is known by its first mentor who is still there;
    - ``mentors``: students without a mentor whom they had, each mentor counted;
    - ``newcomers``: students without a group who had none before;
    - ``companions``: students without a student whom they had, each counted.
    """

    order: Annotated[tuple[Measure, ...], Field(max_length=6)] = DEFAULT_ORDER
    frozen: tuple[Identifier, ...] = Field(
        default=(),
        description="Who stays: at their time, with all their mentors who are still there; a "
        "mentor still leads.",
    )
    may_move: tuple[Identifier, ...] | None = Field(
        default=None, description="Of those who had a group only these may be moved; null: all."
    )
    most_moved: int | None = Field(
        default=None,
        strict=True,
        ge=0,
        description="Most students moved to another group. If moves are not in the order, they "
        "are made as few as possible after the round's own tiers.",
    )

    @model_validator(mode="after")
    def _each_once(self) -> Policy:
        if len(set(self.order)) < len(self.order):
            raise ValueError("a measure is stated twice in the order")
        return self

    @property
    def last(self) -> tuple[Measure, ...]:
        """Measures that come after the round's own tiers."""
        return () if self.most_moved is None or "moves" in self.order else ("moves",)
