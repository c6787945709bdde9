"""Mentors who wish to lead a group alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.people import Identifier
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Tier, Violation, named, ordered, together
from mentormatch.rules.checks import unknown_mentor
from mentormatch.rules.forms import Form


class MentorAlone(Rule):
    """Named mentors lead their groups without co-mentors.

    It takes effect where the number of mentors of a group is not fixed. A breach is one of the
    named mentors in one group and amounts to their co-mentors there.
    """

    kind: Literal["mentor_alone"] = "mentor_alone"
    tier: Tier = 5
    mentors: tuple[Identifier, ...] = Field(description="Ids of mentors who wish to be alone.")

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        for place, name in enumerate(self.mentors):
            yield from unknown_mentor(self.kind, name, round_, f"{where}.mentors[{place}]")

    def without(self, left: Collection[str]) -> Rule | None:
        mentors = tuple(name for name in self.mentors if name not in left)
        return self.changed(mentors=mentors) if mentors else None

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            others = len(group.mentors) - 1
            for mentor in group.mentors:
                if mentor.id in self.mentors and others:
                    beside = [one.id for one in group.mentors if one.id != mentor.id]
                    yield Violation(
                        others,
                        f"{mentor.label} wished to lead alone, but leads group {group.id} with "
                        f"{named(beside, round_)}.",
                        (mentor.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount for each pair of mentors the number of the two who are named."""
        amounts: dict[tuple[int, int], int] = {}
        for name in sorted(set(self.mentors)):
            mine = round_.position[name]
            for other in round_.mentors:
                if other.id != name:
                    pair = ordered(mine, round_.position[other.id])
                    amounts[pair] = amounts.get(pair, 0) + 1
        yield from together(amounts)

    def describe(self) -> str:
        return "co-mentors of mentors who wish to be alone"

    def sentence(self, round_: Round) -> str:
        if not self.mentors:
            return super().sentence(round_)
        one = len(set(self.mentors)) == 1
        lead = "leads" if one else "each lead"
        return f"{named(dict.fromkeys(self.mentors), round_)} {lead} alone."

    def parts(self) -> tuple[Rule, ...]:
        return tuple(self.changed(mentors=(name,)) for name in self.mentors)
