"""A ceiling on how many of one kind a group has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.people import Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Violation, Who, by_value
from mentormatch.rules.checks import unknown_attribute, unknown_value
from mentormatch.rules.forms import CountCost, Form, indices


class AtMost(Rule):
    """No group has more than a number of people with one value of an attribute.

    It holds for each value by itself, or for the named ones only. A breach is one value in one
    group and amounts to the people too many.
    """

    kind: Literal["at_most"] = "at_most"
    attribute: Text = Field(default="department", description="Field or attribute to count.")
    most: int = Field(default=2, strict=True, ge=0, description="Most people with one value.")
    values: tuple[Text, ...] = Field(default=(), description="Values it holds for; none: each.")
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        yield from unknown_value(self.attribute, self.values, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            for value, people in by_value(group.members, self.attribute, self.who, self.values):
                if len(people) > self.most:
                    number = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
                    yield Violation(
                        len(people) - self.most,
                        f"Group {group.id} has {number} of {self.attribute} {value}, more than "
                        f"{self.most}.",
                        tuple(person.id for person in people),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(n - most, 0)`` of the number n of people with each value."""
        for _, people in by_value(round_.people, self.attribute, self.who, self.values):
            places = [round_.position[person.id] for person in people]
            if len(places) > self.most:
                yield CountCost(indices(places), (0,) * (self.most + 1) + (1,))

    def describe(self) -> str:
        return f"at most {self.most} of one {self.attribute}"

    def sentence(self, round_: Round) -> str:
        return f"No group has more than {self.most} {PEOPLE[self.who]} of one {self.attribute}."
