"""New people rather than those of earlier rounds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.people import Identifier
from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Tier, Violation, ordered, together
from mentormatch.rules.forms import Form


class MetBefore(Rule):
    """Few pairs in a group shared a group in an earlier round.

    Earlier groups may name people who are no longer there. Who met several times counts once.
    A breach is one pair in one group.
    """

    kind: Literal["met_before"] = "met_before"
    tier: Tier = 2
    rounds: tuple[Annotated[tuple[Identifier, ...], Field(max_length=1_000)], ...] = Field(
        description="Earlier groups, each as the ids of its people."
    )

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        met = self._met(round_)
        for group in solution.groups:
            for one, other in combinations(group.members, 2):
                if ordered(round_.position[one.id], round_.position[other.id]) in met:
                    yield Violation(
                        1,
                        f"{one.label} and {other.label} in group {group.id} shared a group before.",
                        (one.id, other.id),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each pair in one group."""
        yield from together(dict.fromkeys(self._met(round_), 1))

    def describe(self) -> str:
        return "pairs who met before"

    def parts(self) -> tuple[Rule, ...]:
        return tuple(self.changed(rounds=(earlier,)) for earlier in self.rounds)

    def sentence(self, round_: Round) -> str:
        return "Nobody shares a group with somebody of an earlier group of theirs."

    def _met(self, round_: Round) -> set[tuple[int, int]]:
        place = round_.position
        return {
            ordered(place[one], place[other])
            for earlier in self.rounds
            for one, other in combinations(sorted({one for one in earlier if one in place}), 2)
        }
