"""Students keep the mentors of the published groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Tier, Violation, apart, named
from mentormatch.rules.forms import Form
from mentormatch.rules.staying import StayingRule


class KeepMentors(StayingRule):
    """Few students of earlier groups are in a group without a mentor whom they had.

    A mentor who has left is not counted, and a student without a group has lost more than a
    mentor, which other rules count. A breach is one student and one mentor.
    """

    kind: Literal["keep_mentors"] = "keep_mentors"
    tier: Tier = 2

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        pairs = sorted(self._pairs(round_))
        for group in solution.groups:
            here = {person.id: person for person in group.members}
            for student, mentor in pairs:
                if student in here and mentor not in here:
                    yield Violation(
                        1,
                        f"{here[student].label} in group {group.id} is without "
                        f"{named([mentor], round_)}, who was their mentor.",
                        (student, mentor),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each earlier pair (s, m) and group of s without m."""
        place = round_.position
        yield from apart({(place[s], place[m]): 1 for s, m in self._pairs(round_)})

    def describe(self) -> str:
        return "mentors lost"

    def sentence(self, round_: Round) -> str:
        return "Whoever had a group keeps its mentors."

    def _pairs(self, round_: Round) -> set[tuple[str, str]]:
        first_mentor = len(round_.students)
        return {
            (student, mentor)
            for student, group in self.members(round_)
            if round_.position[student] < first_mentor
            for mentor in group.mentors
            if round_.position.get(mentor, -1) >= first_mentor
        }
