"""Limits on the sum of a number over the people of a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from mentormatch.data.people import Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import MAX_SUMMAND, PEOPLE, Rule, Violation, Who, chosen, whole_number
from mentormatch.rules.checks import not_whole_numbers
from mentormatch.rules.forms import Form, SumCost


class SumCap(Rule):
    """The sum of a whole number over the people of a group stays within limits.

    It serves for needs that add up, such as wheelchair places or hours of care. Whoever has no
    number counts 0. A breach is one group and amounts to what exceeds `most` or lacks to
    `least`.
    """

    kind: Literal["sum_cap"] = "sum_cap"
    attribute: Text = Field(description="Attribute that holds a whole number.")
    most: int | None = Field(
        default=None,
        strict=True,
        ge=-MAX_SUMMAND,
        le=MAX_SUMMAND,
        description="Greatest sum; none: no limit.",
    )
    least: int | None = Field(
        default=None,
        strict=True,
        ge=-MAX_SUMMAND,
        le=MAX_SUMMAND,
        description="Least sum; none: no limit.",
    )
    who: Who = "students"

    @model_validator(mode="after")
    def _limited(self) -> SumCap:
        if self.most is None and self.least is None:
            raise ValueError("sum_cap states neither most nor least")
        if self.most is not None and self.least is not None and self.most < self.least:
            raise ValueError(f"most {self.most} is below least {self.least}")
        return self

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from not_whole_numbers(self.attribute, round_, self.who, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            numbers = {
                person.id: number
                for person in chosen(group.members, self.who)
                if (number := whole_number(person, self.attribute)) is not None
            }
            total = sum(numbers.values())
            if self.most is not None and total > self.most:
                amount, limit = total - self.most, f"more than {self.most}"
            elif self.least is not None and total < self.least:
                amount, limit = self.least - total, f"less than {self.least}"
            else:
                continue
            yield Violation(
                amount,
                f"In group {group.id} the {self.attribute} adds up to {total}, {limit}.",
                tuple(numbers),
                group.id,
            )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(0, S - most, least - S)`` of a group's sum S."""
        weights = np.zeros(len(round_.people), dtype=np.int64)
        for person in chosen(round_.people, self.who):
            weights[round_.position[person.id]] = whole_number(person, self.attribute) or 0
        lines = [(0, 0)]
        if self.most is not None:
            lines.append((1, -self.most))
        if self.least is not None:
            lines.append((-1, self.least))
        yield SumCost(weights, tuple(lines))

    def describe(self) -> str:
        limits = []
        if self.least is not None:
            limits.append(f"at least {self.least}")
        if self.most is not None:
            limits.append(f"at most {self.most}")
        return f"{self.attribute} adds up to {' and '.join(limits)}"

    def sentence(self, round_: Round) -> str:
        return f"In every group, of the {PEOPLE[self.who]}, the {self.describe()}."
