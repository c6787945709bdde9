"""A language that everybody in a group uses well enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.languages import Level, reaches
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.forms import Form, PersonCost


class CommonLanguage(Rule):
    """Every student and mentor uses the group's language at the level or above.

    A breach is one person who does not reach it.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["common_language"] = "common_language"
    level: Level = "B2"

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for group in seating.groups:
            language = group.template.language
            for person in group.members:
                if not reaches(person.languages, language, self.level):
                    yield Breach(
                        1,
                        f"{person.label} does not reach {self.level} in {language}, the language "
                        f"of group {group.id}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount 1 in the templates of a language below the level."""
        below = {
            language: np.array(
                [not reaches(person.languages, language, self.level) for person in around.people],
                dtype=np.int32,
            )
            for language in around.languages
        }
        amount = np.zeros((len(around.people), len(around.templates)), dtype=np.int32)
        for column, template in enumerate(around.templates):
            amount[:, column] = below[template.language]
        yield PersonCost(amount)

    def describe(self) -> str:
        return f"common language at {self.level}"

    def sentence(self, around: Round) -> str:
        return f"Everybody in a group reaches {self.level} in its language."
