"""A language besides that of the group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.errors import Fault
from mentormatch.languages import Language, Level, reaches
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import PEOPLE, Breach, Rule, Who, chosen
from mentormatch.rules.checks import unknown_language
from mentormatch.rules.forms import Form, PersonCost


class SecondLanguage(Rule):
    """Everybody in a group uses a named language at the level, whatever the group's language.

    A breach is one person in a group who does not reach it.
    """

    kind: Literal["second_language"] = "second_language"
    language: Language = Field(description="BCP 47 tag of the language.")
    level: Level = "B1"
    who: Who = "everybody"

    def faults(self, around: Round, where: str) -> Iterator[Fault]:
        yield from unknown_language(self.language, around, where)

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for group in seating.groups:
            for person in chosen(group.members, self.who):
                if not reaches(person.languages, self.language, self.level):
                    yield Breach(
                        1,
                        f"{person.label} in group {group.id} does not reach {self.level} in "
                        f"{self.language}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount 1 in every template for each person below the level."""
        amount = np.zeros((len(around.people), len(around.templates)), dtype=np.int32)
        for person in chosen(around.people, self.who):
            if not reaches(person.languages, self.language, self.level):
                amount[around.position[person.id]] = 1
        yield PersonCost(amount)

    def describe(self) -> str:
        return f"{self.language} at {self.level}"

    def sentence(self, around: Round) -> str:
        return f"All {PEOPLE[self.who]} in groups reach {self.level} in {self.language}."
