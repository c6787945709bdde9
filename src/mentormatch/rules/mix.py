"""Groups in which people come from different places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar, Literal

from pydantic import Field

from mentormatch.data.people import Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, by_value, chosen
from mentormatch.rules.checks import unknown_attribute, unknown_value
from mentormatch.rules.forms import CountCost, Form, indices, pair_counts


class Mix(Rule):
    """Few pairs in a group share a value of an attribute, such as their department.

    Whoever has no value shares it with nobody; with several values, each shared one counts.
    Few pairs means that people with one value are spread evenly over the groups; with named
    values, only those people are. A breach is all pairs of one value in one group and amounts
    to their number.
    """

    standard: ClassVar[bool] = True
    subject: ClassVar[str | None] = "attribute"
    kind: Literal["mix"] = "mix"
    tier: Tier = 3
    attribute: Text = Field(default="department", description="Field or attribute to mix.")
    values: tuple[Text, ...] = Field(default=(), description="Values it holds for; none: each.")
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        yield from unknown_value(self.attribute, self.values, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            for value, people in by_value(group.members, self.attribute, self.who, self.values):
                pairs = sum(1 for _ in combinations(people, 2))
                if pairs:
                    yield Violation(
                        pairs,
                        f"Group {group.id} has {len(people)} people of {self.attribute} {value}.",
                        tuple(person.id for person in people),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``n (n - 1) / 2`` of the number n of people with each value."""
        for _, people in by_value(round_.people, self.attribute, self.who, self.values):
            places = [round_.position[person.id] for person in people]
            if len(places) > 1:
                yield CountCost(indices(places), pair_counts(len(places)))

    def idle(self, round_: Round) -> str | None:
        found = {
            value
            for person in chosen(round_.people, self.who)
            for value in values_of(person, self.attribute)
        }
        if len(found) > 1:
            return None
        if found:
            return f"all {PEOPLE[self.who]} who have a {self.attribute} have the same"
        return f"none of the {PEOPLE[self.who]} has a {self.attribute}"

    def describe(self) -> str:
        return f"pairs of one {self.attribute}"

    def sentence(self, round_: Round) -> str:
        return f"No two {PEOPLE[self.who]} of one {self.attribute} share a group."
