"""Groups that are alike in the mean of a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.people import Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, chosen, whole_number
from mentormatch.rules.checks import not_whole_numbers
from mentormatch.rules.forms import Form, SumCost


class Balance(Rule):
    """Groups have about the same mean of a whole number, such as the year of studies.

    The centre is the mean over everybody who has a number, in a group or not, rounded with
    halves upwards. A breach is one group and amounts to the distance of its people's sum from
    what as many people at the centre would add up to.
    """

    kind: Literal["balance"] = "balance"
    tier: Tier = 5
    attribute: Text = Field(description="Attribute that holds a whole number.")
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from not_whole_numbers(self.attribute, round_, self.who, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        centre = self._centre(round_)
        for group in solution.groups:
            numbers = {
                person.id: number
                for person in chosen(group.members, self.who)
                if (number := whole_number(person, self.attribute)) is not None
            }
            off = sum(number - centre for number in numbers.values())
            if off:
                yield Violation(
                    abs(off),
                    f"In group {group.id} the {self.attribute} adds up to {sum(numbers.values())}, "
                    f"{abs(off)} {'more' if off > 0 else 'less'} than {len(numbers)} times the "
                    f"mean of all, {centre}.",
                    tuple(numbers),
                    group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``|S|`` of the sum S of ``number - centre`` over those who have a number."""
        centre = self._centre(round_)
        weights = np.zeros(len(round_.people), dtype=np.int64)
        for person in chosen(round_.people, self.who):
            number = whole_number(person, self.attribute)
            if number is not None:
                weights[round_.position[person.id]] = number - centre
        yield SumCost(weights, ((0, 0), (1, 0), (-1, 0)))

    def describe(self) -> str:
        return f"means of {self.attribute} apart"

    def sentence(self, round_: Round) -> str:
        return f"In every group the mean {self.attribute} of the {PEOPLE[self.who]} is that of all."

    def _centre(self, round_: Round) -> int:
        """Return the mean of all who have a number, rounded with halves upwards."""
        numbers = [
            number
            for person in chosen(round_.people, self.who)
            if (number := whole_number(person, self.attribute)) is not None
        ]
        count = len(numbers)
        return (2 * sum(numbers) + count) // (2 * count) if count else 0
