"""Groups near a wished size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.errors import Fault
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule, Tier, counted
from mentormatch.rules.forms import CountCost, Form, indices


class TargetSize(Rule):
    """Groups have about the wished number of students.

    A breach is one group of another size and amounts to the square of the difference, so that
    it also makes sizes even. Mentors do not count.
    """

    kind: Literal["target_size"] = "target_size"
    tier: Tier = 5
    target: int | None = Field(
        default=None,
        strict=True,
        ge=1,
        le=1_000,
        description="Wished number of students; none: target_students of the problem's shape.",
    )

    def faults(self, around: Round, where: str) -> Iterator[Fault]:
        if self._target(around) is None:
            yield Fault(
                "no_target",
                f"{where}.target",
                "target_size states no target, and the shape has no target_students",
            )

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        target = self._target(around)
        if target is None:
            return
        for group in seating.groups:
            size = len(group.students)
            if size != target:
                yield Breach(
                    (size - target) ** 2,
                    f"Group {group.id} has {counted(size, 'students')} instead of {target}.",
                    group=group.id,
                )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount ``(n - target)^2`` of the number n of students."""
        target = self._target(around)
        if target is not None:
            most = len(around.students)
            table = tuple((n - target) ** 2 for n in range(most + 1))
            yield CountCost(indices(range(most)), table)

    def describe(self) -> str:
        return "sizes off the target"

    def sentence(self, around: Round) -> str:
        return f"In every group the number of students is {self._target(around)}."

    def _target(self, around: Round) -> int | None:
        return self.target if self.target is not None else around.shape.target_students
