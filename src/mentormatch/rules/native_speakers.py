"""Not too many native speakers among learners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.languages import reaches
from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Tier, Violation
from mentormatch.rules.forms import CountCost, Form, indices


class NativeSpeakers(Rule):
    """No group has more than a number of students who are native speakers of its language.

    Those who are not speak more among others who are not. A breach is one group and amounts
    to the native speakers too many.
    """

    kind: Literal["native_speakers"] = "native_speakers"
    tier: Tier = 4
    most: int = Field(default=2, strict=True, ge=0, description="Most native speakers in a group.")

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            language = group.template.language
            native = [
                student.id
                for student in group.students
                if reaches(student.languages, language, "native")
            ]
            if len(native) > self.most:
                number = f"{len(native)} native speaker{'' if len(native) == 1 else 's'}"
                yield Violation(
                    len(native) - self.most,
                    f"Group {group.id} has {number} of {language}, its language, more than "
                    f"{self.most}.",
                    tuple(native),
                    group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(n - most, 0)`` of the number n of native speakers, by language."""
        for language in round_.languages:
            members = [
                place
                for place, student in enumerate(round_.students)
                if reaches(student.languages, language, "native")
            ]
            if len(members) > self.most:
                table = (0,) * (self.most + 1) + (1,)
                yield CountCost(indices(members), table, round_.spoken(language))

    def describe(self) -> str:
        return f"at most {self.most} native speakers"

    def sentence(self, round_: Round) -> str:
        return f"No group has more than {self.most} students native in its language."
