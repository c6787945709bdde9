"""A language that everybody in a group uses well enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.data.languages import Level, reaches
from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.forms import Form, PersonCost


class CommonLanguage(Rule):
    """Every student and mentor uses the group's language at the level or above.

    A breach is one person who does not reach it.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["common_language"] = "common_language"
    level: Level = "B2"

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        # Thousands of people know the same languages at the same levels.
        known: dict[tuple[object, ...], bool] = {}
        for group in solution.groups:
            language = group.template.language
            for person in group.members:
                skills = (language, *person.languages.items())
                if skills not in known:
                    known[skills] = reaches(person.languages, language, self.level)
                if not known[skills]:
                    yield Violation(
                        1,
                        f"{person.label} does not reach {self.level} in {language}, the language "
                        f"of group {group.id}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 in the templates of a language below the level."""
        kinds: dict[tuple[tuple[str, Level], ...], int] = {}
        kind = [
            kinds.setdefault(tuple(person.languages.items()), len(kinds))
            for person in round_.people
        ]
        below = [
            [not reaches(dict(skills), language, self.level) for language in round_.languages]
            for skills in kinds
        ]
        table = np.array(below, dtype=np.int32).reshape(len(kinds), len(round_.languages))
        columns = [round_.languages.index(template.language) for template in round_.templates]
        yield PersonCost(table[:, columns][kind])

    def describe(self) -> str:
        return f"common language at {self.level}"

    def sentence(self, round_: Round) -> str:
        return f"Everybody in a group reaches {self.level} in its language."
