"""Groups near a wished size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Tier, Violation, counted
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

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        if self._target(round_) is None:
            yield Fault(
                "no_target",
                f"{where}.target",
                "target_size states no target, and the shape has no target_students",
            )

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        target = self._target(round_)
        if target is None:
            return
        for group in solution.groups:
            size = len(group.students)
            if size != target:
                yield Violation(
                    (size - target) ** 2,
                    f"Group {group.id} has {counted(size, 'students')} instead of {target}.",
                    group=group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``(n - target)^2`` of the number n of students."""
        target = self._target(round_)
        if target is not None:
            most = len(round_.students)
            table = tuple((n - target) ** 2 for n in range(most + 1))
            yield CountCost(indices(range(most)), table)

    def describe(self) -> str:
        return "sizes off the target"

    def sentence(self, round_: Round) -> str:
        return f"In every group the number of students is {self._target(round_)}."

    def _target(self, round_: Round) -> int | None:
        return self.target if self.target is not None else round_.shape.target_students
