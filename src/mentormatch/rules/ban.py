"""Somebody's place that is ruled out beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import model_validator

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Violation, named, ordered, together
from mentormatch.rules.forms import Form, PersonCost
from mentormatch.rules.traits import OF_TEMPLATE, TraitRule


class Ban(TraitRule):
    """A student or mentor is never in a group as stated: at its slot, with its people and so on.

    Each thing stated is ruled out by itself, and nobody has to have a group. Breaches are: one
    of their groups with a trait that is stated; one of their groups with one of the people
    stated.
    """

    kind: Literal["ban"] = "ban"

    @model_validator(mode="after")
    def _says_something(self) -> Ban:
        if not self.traits and not self.with_people:
            raise ValueError("ban states nothing that is ruled out")
        return self

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        who = named([self.person], round_)
        for group in solution.groups:
            here = {person.id for person in group.members}
            if self.person not in here:
                continue
            for trait, value in self.traits:
                if OF_TEMPLATE[trait](group.template) == value:
                    yield Violation(
                        1,
                        f"{who} is in group {group.id} with the {trait} {value}, which is ruled "
                        "out for them.",
                        (self.person,),
                        group.id,
                    )
            for other in self.others:
                if other in here:
                    yield Violation(
                        1,
                        f"{who} is in group {group.id} with {named([other], round_)}, which is "
                        "ruled out.",
                        (self.person, other),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each trait that holds and for each person who is there."""
        mine = round_.position[self.person]
        amount = np.zeros((len(round_.people), len(round_.templates)), dtype=np.int32)
        for trait, value in self.traits:
            amount[mine] += self.with_trait(round_, trait, value)
        yield PersonCost(amount)
        yield from together({ordered(mine, round_.position[other]): 1 for other in self.others})

    def describe(self) -> str:
        return "places ruled out"

    def sentence(self, round_: Round) -> str:
        who = named([self.person], round_)
        return f"{who} is in no group {', and in none '.join(self.trait_words(round_))}."
