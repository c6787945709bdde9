"""Wishes not to be with somebody, which stay private."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar, Literal

from pydantic import Field

from mentormatch.data.people import Identifier
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Tier, Violation, named, ordered, together
from mentormatch.rules.checks import sets_without, unknown_person
from mentormatch.rules.forms import Form


class WishApart(Rule):
    """Few people share a group with somebody they wish not to meet.

    What it says is for the coordinator alone, and not even its breaches tell who of two wished
    it. A pair counts once, whoever of them wishes it and however often. A breach is one pair in
    one group.
    """

    private: ClassVar[bool] = True
    kind: Literal["wish_apart"] = "wish_apart"
    tier: Tier = 5
    wishes: tuple[tuple[Identifier, Identifier], ...] = Field(
        description="Pairs of ids: who wishes, and with whom not to be."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        for number, (one, other) in enumerate(self.wishes):
            yield from unknown_person(self.kind, one, round_, f"{where}.wishes[{number}][0]")
            yield from unknown_person(self.kind, other, round_, f"{where}.wishes[{number}][1]")
            if one == other:
                path = f"{where}.wishes[{number}]"
                yield Fault("wish_for_self", path, f"{one!r} wishes not to be with themselves")

    def without(self, left: Collection[str]) -> Rule | None:
        wishes = sets_without(self.wishes, left)
        return self.changed(wishes=wishes) if wishes else None

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        pairs = sorted({(min(pair), max(pair)) for pair in self.wishes if pair[0] != pair[1]})
        for group in solution.groups:
            here = {person.id for person in group.members}
            for one, other in pairs:
                if one in here and other in here:
                    yield Violation(
                        1,
                        f"{named((one, other), round_)} share group {group.id}, though one of "
                        "them wished otherwise.",
                        (one, other),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each pair in one group."""
        place = round_.position
        yield from together(
            {ordered(place[one], place[other]): 1 for one, other in self.wishes if one != other}
        )

    def describe(self) -> str:
        return "wishes to be apart not met"

    def sentence(self, round_: Round) -> str:
        if not self.wishes:
            return super().sentence(round_)
        return " ".join(
            f"{named(sorted(pair), round_)} do not share a group." for pair in self.wishes
        )

    def parts(self) -> tuple[Rule, ...]:
        return tuple(self.changed(wishes=(wish,)) for wish in self.wishes)
