"""Students stay with the students whom they had got to know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Tier, Violation, apart, named
from mentormatch.rules.forms import Form
from mentormatch.rules.staying import StayingRule


class KeepCompanions(StayingRule):
    """Few students of earlier groups are in a group without a student who was in theirs.

    Of two who are parted each misses the other, so that two groups count twice; somebody
    without a group misses nobody. A breach is one student and one other whom they miss.
    """

    kind: Literal["keep_companions"] = "keep_companions"
    tier: Tier = 3

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        pairs = sorted(self._pairs(round_))
        for group in solution.groups:
            here = {person.id: person for person in group.members}
            for student, other in pairs:
                if student in here and other not in here:
                    yield Violation(
                        1,
                        f"{here[student].label} in group {group.id} is without "
                        f"{named([other], round_)}, who was in their group.",
                        (student, other),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each ordered pair (a, b) of an earlier group and group of a without b."""
        place = round_.position
        yield from apart({(place[one], place[other]): 1 for one, other in self._pairs(round_)})

    def describe(self) -> str:
        return "companions lost"

    def sentence(self, round_: Round) -> str:
        return "Whoever had a group keeps its students."

    def _pairs(self, round_: Round) -> set[tuple[str, str]]:
        first_mentor = len(round_.students)
        return {
            (student, other)
            for student, group in self.members(round_)
            if round_.position[student] < first_mentor
            for other in group.students
            if other != student and round_.position.get(other, first_mentor) < first_mentor
        }
