"""A place for some people, named one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.people import Identifier
from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Tier, Violation
from mentormatch.rules.forms import Form, LoadCost, indices

WORDS = {
    "stated": "of those named, people without a group",
    "had_a_group": "people who had a group and have none",
    "newcomers": "newcomers without a group",
}


class PlacePeople(Rule):
    """Few of the people named have no group.

    People who are no longer there are passed over. A breach is one person.
    """

    kind: Literal["place_people"] = "place_people"
    tier: Tier = 1
    people: Annotated[tuple[Identifier, ...], Field(max_length=300_000)] = Field(
        description="Ids of those who are to have a group."
    )
    because: Literal["stated", "had_a_group", "newcomers"] = Field(
        default="stated", description="Why they are named; it changes the words and nothing else."
    )

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        placed = {person.id for group in solution.groups for person in group.members}
        for person in self._here(round_):
            if person not in placed:
                label = round_.people[round_.position[person]].label
                yield Violation(1, f"{label} has no group.", (person,))

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for a load of 0, nothing from 1 on."""
        here = self._here(round_)
        if here:
            places = [round_.position[person] for person in here]
            yield LoadCost(indices(places), indices([[1, 0]] * len(here)))

    def describe(self) -> str:
        return WORDS[self.because]

    def sentence(self, round_: Round) -> str:
        return "Everybody who is named has a group."

    def _here(self, round_: Round) -> list[str]:
        return [person for person in dict.fromkeys(self.people) if person in round_.position]
