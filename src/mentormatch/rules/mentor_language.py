"""Mentors who use a language well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.languages import Language, Level, reaches
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.checks import unknown_language
from mentormatch.rules.forms import CountCost, Form, indices


class MentorLanguage(Rule):
    """A mentor of every group uses the group's language, or a named one, at the level.

    It can ask for more than one such mentor. A breach is one group and amounts to the mentors
    missing.
    """

    kind: Literal["mentor_language"] = "mentor_language"
    language: Language | None = Field(
        default=None, description="BCP 47 tag of the language; null: that of the group."
    )
    level: Level = "C1"
    least: int = Field(default=1, strict=True, ge=1, description="Fewest such mentors in a group.")

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        if self.language is not None:
            yield from unknown_language(self.language, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            language = self.language or group.template.language
            able = sum(reaches(mentor.languages, language, self.level) for mentor in group.mentors)
            if able < self.least:
                mentors = f"{able} mentor{'' if able == 1 else 's'}"
                yield Violation(
                    self.least - able,
                    f"Group {group.id} has {mentors} at {self.level} or above in {language}, "
                    f"fewer than {self.least}.",
                    group=group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(least - n, 0)`` of the number n of able mentors, by language."""
        table = (*range(self.least, -1, -1), 0)
        if self.language is not None:
            yield CountCost(indices(self._able(round_, self.language)), table)
            return
        for language in round_.languages:
            yield CountCost(indices(self._able(round_, language)), table, round_.spoken(language))

    def describe(self) -> str:
        return f"mentors with {self.language or 'the language of the group'} at {self.level}"

    def sentence(self, round_: Round) -> str:
        return (
            f"Every group has {self.least} or more mentors who reach {self.level} in "
            f"{self.language or 'its language'}."
        )

    def _able(self, round_: Round, language: str) -> list[int]:
        return [
            round_.position[mentor.id]
            for mentor in round_.mentors
            if reaches(mentor.languages, language, self.level)
        ]
