"""Groups in which people have something in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Literal

from pydantic import Field

from mentormatch.data.people import Person, Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, chosen, ordered, together
from mentormatch.rules.checks import unknown_attribute
from mentormatch.rules.forms import CountCost, Form, indices, pair_counts


class Cluster(Rule):
    """Few pairs in a group share no value of an attribute, such as their stage of study.

    It is the reverse of `mix`. Whoever has no value shares it with nobody, and nobody may have
    several. A breach is one group and amounts to the number of its pairs that share none.
    """

    kind: Literal["cluster"] = "cluster"
    tier: Tier = 3
    attribute: Text = Field(default="department", description="Field or attribute to share.")
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        for person in chosen(round_.people, self.who):
            values = values_of(person, self.attribute)
            if len(values) > 1:
                yield Fault(
                    "several_values",
                    f"{where}.attribute",
                    f"cluster needs one value of {self.attribute} for each person, but "
                    f"{person.id!r} has {len(values)}",
                )
                return

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            strangers = [(one.id, other.id) for one, other in self._strangers(group.members)]
            if strangers:
                number = f"{len(strangers)} pair{'s' if len(strangers) > 1 else ''}"
                yield Violation(
                    len(strangers),
                    f"Group {group.id} has {number} of people who share no {self.attribute}.",
                    tuple(dict.fromkeys(person for pair in strangers for person in pair)),
                    group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``N (N - 1) / 2 - sum_v n_v (n_v - 1) / 2`` of N people, n_v with value v.

        Hard, it is 1 a pair: what is forbidden must amount to nothing form by form, and here
        one form takes away what another adds.
        """
        if self.tier == "hard":
            position = round_.position
            yield from together(
                {
                    ordered(position[one.id], position[other.id]): 1
                    for one, other in self._strangers(round_.people)
                }
            )
            return
        members: dict[str, list[int]] = defaultdict(list)
        everybody = [round_.position[person.id] for person in chosen(round_.people, self.who)]
        for place in everybody:
            for value in values_of(round_.people[place], self.attribute):
                members[value].append(place)
        if len(everybody) > 1:
            yield CountCost(indices(everybody), pair_counts(len(everybody)))
        for _, places in sorted(members.items()):
            if len(places) > 1:
                less = tuple(-pairs for pairs in pair_counts(len(places)))
                yield CountCost(indices(places), less)

    def describe(self) -> str:
        return f"pairs without a shared {self.attribute}"

    def sentence(self, round_: Round) -> str:
        return f"Any two {PEOPLE[self.who]} of a group share a {self.attribute}."

    def _strangers(self, people: Iterable[Person]) -> Iterator[tuple[Person, Person]]:
        for one, other in combinations(chosen(people, self.who), 2):
            if set(values_of(one, self.attribute)).isdisjoint(values_of(other, self.attribute)):
                yield one, other
