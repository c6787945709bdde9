"""A language besides that of the group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.languages import Language, Level, reaches
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Violation, Who, chosen
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

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_language(self.language, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            for person in chosen(group.members, self.who):
                if not reaches(person.languages, self.language, self.level):
                    yield Violation(
                        1,
                        f"{person.label} in group {group.id} does not reach {self.level} in "
                        f"{self.language}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 in every template for each person below the level."""
        amount = np.zeros((len(round_.people), len(round_.templates)), dtype=np.int32)
        for person in chosen(round_.people, self.who):
            if not reaches(person.languages, self.language, self.level):
                amount[round_.position[person.id]] = 1
        yield PersonCost(amount)

    def describe(self) -> str:
        return f"{self.language} at {self.level}"

    def sentence(self, round_: Round) -> str:
        return f"All {PEOPLE[self.who]} in groups reach {self.level} in {self.language}."
