"""Nobody is the only one of their kind in a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.people import Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, by_value
from mentormatch.rules.checks import unknown_attribute, unknown_value
from mentormatch.rules.forms import CountCost, Form, indices


class NobodyAlone(Rule):
    """A group has nobody with a value of an attribute, or at least two of them.

    It holds for each value by itself, or for the named ones only; instead of two it can ask
    for more. A breach is one value in one group and amounts to the people missing.
    """

    kind: Literal["nobody_alone"] = "nobody_alone"
    tier: Tier = 2
    attribute: Text = Field(default="department", description="Field or attribute to count.")
    least: int = Field(
        default=2, strict=True, ge=2, description="Fewest people with a value, if there are any."
    )
    values: tuple[Text, ...] = Field(default=(), description="Values it holds for; none: each.")
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        yield from unknown_value(self.attribute, self.values, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            for value, people in by_value(group.members, self.attribute, self.who, self.values):
                if len(people) < self.least:
                    number = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
                    yield Violation(
                        self.least - len(people),
                        f"Group {group.id} has only {number} of {self.attribute} {value}; it "
                        f"should have none, or at least {self.least}.",
                        tuple(person.id for person in people),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``least - n`` of the number n of people with each value, if 0 < n < least."""
        for _, people in by_value(round_.people, self.attribute, self.who, self.values):
            places = [round_.position[person.id] for person in people]
            yield CountCost(indices(places), (0, *range(self.least - 1, -1, -1), 0))

    def describe(self) -> str:
        return f"nobody alone of their {self.attribute}"

    def sentence(self, round_: Round) -> str:
        return (
            f"Of each {self.attribute} a group has no {PEOPLE[self.who]} or at least {self.least}."
        )
