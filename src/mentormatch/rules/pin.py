"""Somebody's place that is fixed beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Violation, apart, named
from mentormatch.rules.forms import Form, LoadCost, PersonCost, indices
from mentormatch.rules.traits import OF_TEMPLATE, TraitRule


class Pin(TraitRule):
    """A student or mentor has a group, and each of theirs is as stated: its slot, people and so on.

    What is not stated is left open. Breaches are: the person in no group; one of their groups
    without a trait that is stated; one of their groups without one of the people stated.
    """

    kind: Literal["pin"] = "pin"

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        who = named([self.person], round_)
        placed = False
        for group in solution.groups:
            here = {person.id for person in group.members}
            if self.person not in here:
                continue
            placed = True
            for trait, value in self.traits:
                found = OF_TEMPLATE[trait](group.template)
                if found != value:
                    there = f"the {trait} {found}" if found else f"no {trait}"
                    yield Violation(
                        1,
                        f"{who} is in group {group.id} with {there}, though pinned to {value}.",
                        (self.person,),
                        group.id,
                    )
            for other in self.others:
                if other not in here:
                    yield Violation(
                        1,
                        f"{who} is in group {group.id} without {named([other], round_)}, though "
                        "pinned to be with them.",
                        (self.person, other),
                        group.id,
                    )
        if not placed:
            yield Violation(1, f"{who} is in no group, though pinned to one.", (self.person,))

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for a load of 0, for each trait that fails, and for each person missing."""
        mine = round_.position[self.person]
        yield LoadCost(indices([mine]), indices([[1, 0]]))
        amount = np.zeros((len(round_.people), len(round_.templates)), dtype=np.int32)
        for trait, value in self.traits:
            amount[mine] += ~self.with_trait(round_, trait, value)
        yield PersonCost(amount)
        yield from apart({(mine, round_.position[other]): 1 for other in self.others})

    def describe(self) -> str:
        return "places as pinned"

    def sentence(self, round_: Round) -> str:
        who = named([self.person], round_)
        return f"{who} is in a group{''.join(f' {each}' for each in self.trait_words(round_))}."
