"""A floor under how many of one kind a group has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.people import Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Violation, Who, chosen, counted
from mentormatch.rules.checks import unknown_attribute, unknown_value
from mentormatch.rules.forms import CountCost, Form, indices


class AtLeast(Rule):
    """Every group has at least a number of people with one of the named values.

    With `who` set to mentors it asks for a mentor of a kind, such as an experienced one. A
    breach is one group and amounts to the people missing.
    """

    kind: Literal["at_least"] = "at_least"
    attribute: Text = Field(default="department", description="Field or attribute to count.")
    values: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="Values of which a person needs one to be counted."
    )
    least: int = Field(default=1, strict=True, ge=1, description="Fewest such people in a group.")
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        yield from unknown_value(self.attribute, self.values, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        wanted = set(self.values)
        for group in solution.groups:
            found = sum(
                not wanted.isdisjoint(values_of(person, self.attribute))
                for person in chosen(group.members, self.who)
            )
            if found < self.least:
                yield Violation(
                    self.least - found,
                    f"Group {group.id} has {counted(found, self.who)} of {self.attribute} "
                    f"{' or '.join(self.values)}, fewer than {self.least}.",
                    group=group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(least - n, 0)`` of the number n of people with one of the values."""
        wanted = set(self.values)
        members = [
            round_.position[person.id]
            for person in chosen(round_.people, self.who)
            if not wanted.isdisjoint(values_of(person, self.attribute))
        ]
        yield CountCost(indices(members), (*range(self.least, -1, -1), 0))

    def describe(self) -> str:
        return f"at least {self.least} of {self.attribute} {' or '.join(self.values)}"

    def sentence(self, round_: Round) -> str:
        return (
            f"Every group has {self.least} or more {PEOPLE[self.who]} with {self.attribute} "
            f"{' or '.join(self.values)}."
        )
