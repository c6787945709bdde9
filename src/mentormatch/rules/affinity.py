"""Scores of pairs of people, to be as large or as small as can be in groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.people import Identifier
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Tier, Violation, apart, named, ordered, together
from mentormatch.rules.checks import unknown_person
from mentormatch.rules.forms import Form, LoadCost, indices

MAX_SCORE = 1_000_000

Score = Annotated[int, Field(strict=True, ge=-MAX_SCORE, le=MAX_SCORE)]


class Affinity(Rule):
    """Scores of pairs add up to as much as can be in groups, or to as little.

    A score is a whole number for two people, such as how well a mentor suits a student, or how
    far apart two students are; scores of one pair add up. What it costs is how much the sum of
    all pairs that share a group falls short of the sum of all scores above zero (as little: of
    those below zero, by which it is more). A breach is one person of a group and amounts to the
    scores above zero with those who are not there, or to those below zero with those who are. A
    pair counts with the student of the two, or with whoever has the first id. Who has no group is
    without everybody.
    """

    kind: Literal["affinity"] = "affinity"
    tier: Tier = 5
    scores: tuple[tuple[Identifier, Identifier, Score], ...] = Field(
        description="Two ids and the score of that pair."
    )
    aim: Literal["large", "small"] = Field(
        default="large", description="Whether the sum of scores in groups is to be large or small."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        for number, (one, other, _) in enumerate(self.scores):
            path = f"{where}.scores[{number}]"
            yield from unknown_person(self.kind, one, round_, f"{path}[0]")
            yield from unknown_person(self.kind, other, round_, f"{path}[1]")
            if one == other:
                yield Fault("score_with_self", path, f"{one!r} has a score with themselves")

    def without(self, left: Collection[str]) -> Rule | None:
        kept = tuple(row for row in self.scores if row[0] not in left and row[1] not in left)
        return self.changed(scores=kept) if kept else None

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        scores: dict[int, list[tuple[int, int]]] = {}
        for (one, other), score in sorted(self._wanted(round_).items()):
            scores.setdefault(one, []).append((other, score))
        place, people = round_.position, round_.people
        placed: set[int] = set()
        for group in solution.groups:
            here = {place[person.id] for person in group.members}
            placed |= here
            for one in sorted(here & scores.keys()):
                borne = [pair for pair in scores[one] if pair[0] in here and pair[1] < 0]
                missed = [pair for pair in scores[one] if pair[0] not in here and pair[1] > 0]
                who = f"{people[one].label} in group {group.id}"
                for found, says in ((missed, "is without"), (borne, "is with")):
                    if found:
                        yield self._violation(round_, one, found, f"{who} {says}", group.id)
        for one in sorted(scores.keys() - placed):
            missed = [pair for pair in scores[one] if pair[1] > 0]
            if missed:
                who = f"{people[one].label} has no group and is without"
                yield self._violation(round_, one, missed, who, None)

    def _violation(
        self,
        round_: Round,
        one: int,
        found: list[tuple[int, int]],
        says: str,
        group: str | None,
    ) -> Violation:
        amount = sum(abs(score) for _, score in found)
        ids = [round_.people[other].id for other, _ in found]
        number = named(ids, round_) if len(ids) == 1 else f"{len(ids)} people"
        message = f"{says} {number}, to whom {amount} of score belong."
        return Violation(amount, message, (round_.people[one].id, *ids), group)

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``P - S`` of the sum S of scores s of pairs in one group, P that of all s > 0.

        For s > 0 it is s for each group of the first without the second, and s if the first has
        none; for s < 0 it is -s for each group of both. So it is never negative, and for a pair
        of which the first has one group at most it is exactly max(0, s) less s if they share a
        group: a constant less the scores, whatever the sizes of groups. To be small, s is the
        score's negative.
        """
        wanted = self._wanted(round_)
        liked = {pair: score for pair, score in wanted.items() if score > 0}
        yield from together({ordered(*pair): -score for pair, score in wanted.items() if score < 0})
        yield from apart(liked)
        missed: dict[int, int] = {}
        for (one, _), score in liked.items():
            missed[one] = missed.get(one, 0) + score
        if missed:
            rows = [[missed[one], 0] for one in sorted(missed)]
            yield LoadCost(indices(sorted(missed)), indices(rows))

    def describe(self) -> str:
        return "scores missed" if self.aim == "large" else "scores of pairs in groups"

    def sentence(self, round_: Round) -> str:
        wanted = self._wanted(round_)
        if not wanted:
            return super().sentence(round_)
        says = []
        for pair, score in wanted.items():
            one, other = (round_.people[place].id for place in pair)
            verb = "share every group" if score > 0 else "do not share a group"
            says.append(f"{named((one, other), round_)} {verb}.")
        return " ".join(says)

    def parts(self) -> tuple[Rule, ...]:
        total: dict[tuple[str, str], int] = {}
        for one, other, score in self.scores:
            pair = (min(one, other), max(one, other))
            total[pair] = total.get(pair, 0) + score
        return tuple(self.changed(scores=((*pair, score),)) for pair, score in total.items())

    def _wanted(self, round_: Round) -> dict[tuple[int, int], int]:
        """Return what pairs of places, students first, are worth together."""
        place = round_.position
        guides = {mentor.id for mentor in round_.mentors}
        sign = 1 if self.aim == "large" else -1
        wanted: dict[tuple[int, int], int] = {}
        for one, other, score in self.scores:
            if one != other:
                # Of two mentors the first is so by id, whatever the order of the rows.
                first, second = sorted((one, other), key=lambda name: (name in guides, name))
                pair = place[first], place[second]
                wanted[pair] = wanted.get(pair, 0) + sign * score
        return {pair: score for pair, score in wanted.items() if score}
