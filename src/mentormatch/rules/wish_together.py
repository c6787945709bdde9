"""Wishes to be with somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.people import Identifier, Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault, nearest
from mentormatch.rules.base import Rule, Tier, Violation, apart, named
from mentormatch.rules.checks import sets_without, unknown_attribute, unknown_person
from mentormatch.rules.forms import Form


class WishTogether(Rule):
    """Few people are in a group without somebody they wish to be with.

    Wishes are stated as pairs, in an attribute that holds the ids of those wished for, or both.
    A wish stated twice counts once; that of somebody without a group asks nothing. A breach is
    one wish and one group in which the wisher is without the other.
    """

    kind: Literal["wish_together"] = "wish_together"
    tier: Tier = 5
    wishes: tuple[tuple[Identifier, Identifier], ...] = Field(
        default=(), description="Pairs of ids: who wishes, and with whom to be."
    )
    attribute: Text | None = Field(
        default=None, description="Attribute that holds one id or several of those wished for."
    )
    mutual_only: bool = Field(
        default=False, strict=True, description="Whether only wishes count that both state."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        for number, (one, other) in enumerate(self.wishes):
            yield from unknown_person(self.kind, one, round_, f"{where}.wishes[{number}][0]")
            yield from unknown_person(self.kind, other, round_, f"{where}.wishes[{number}][1]")
            if one == other:
                path = f"{where}.wishes[{number}]"
                yield Fault("wish_for_self", path, f"{one!r} wishes to be with themselves")
        if self.attribute is None:
            return
        yield from unknown_attribute(self.attribute, round_, where)
        path = f"{where}.attribute"
        for person in round_.people:
            for number, other in enumerate(values_of(person, self.attribute), 1):
                if other not in round_.position:
                    # What people wrote themselves is not repeated; the nearest id is a hint.
                    yield Fault(
                        "unknown_person",
                        path,
                        f"wish {number} in {self.attribute} of {person.id!r} is nobody among the "
                        f"{len(round_.people)} people",
                        nearest(other, round_.position),
                    )
                elif other == person.id:
                    yield Fault("wish_for_self", path, f"{other!r} wishes to be with themselves")

    def without(self, left: Collection[str]) -> Rule | None:
        wishes = sets_without(self.wishes, left)
        return self.changed(wishes=wishes) if wishes or self.attribute else None

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        wished: dict[str, list[str]] = {}
        for one, other in sorted(self._wishes(round_)):
            wished.setdefault(one, []).append(other)
        for group in solution.groups:
            members = group.members
            wishing = sorted(person.id for person in members if person.id in wished)
            here = {person.id: person for person in members} if wishing else {}
            for one in wishing:
                for other in wished[one]:
                    if other not in here:
                        yield Violation(
                            1,
                            f"{here[one].label} in group {group.id} wished to be with "
                            f"{named([other], round_)}, who is not there.",
                            (one, other),
                            group.id,
                        )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each wish (a, b) and group of a without b."""
        place = round_.position
        yield from apart({(place[one], place[other]): 1 for one, other in self._wishes(round_)})

    def describe(self) -> str:
        return f"{'mutual ' if self.mutual_only else ''}wishes to be together not met"

    def sentence(self, round_: Round) -> str:
        wishes = [
            f"{named([one], round_)} is with {named([other], round_)}."
            for one, other in self.wishes
        ]
        if self.attribute is not None:
            wishes.append(f"All people in groups are with those of their {self.attribute}.")
        return " ".join(wishes) or super().sentence(round_)

    def parts(self) -> tuple[Rule, ...]:
        if self.mutual_only:
            return (self,)
        parts = [self.changed(wishes=(wish,), attribute=None) for wish in self.wishes]
        if self.attribute is not None:
            parts.append(self.changed(wishes=()))
        return tuple(parts)

    def _wishes(self, round_: Round) -> set[tuple[str, str]]:
        wishes = set(self.wishes)
        if self.attribute is not None:
            wishes |= {
                (person.id, other)
                for person in round_.people
                for other in values_of(person, self.attribute)
            }
        return {
            (one, other)
            for one, other in wishes
            if one != other and (not self.mutual_only or (other, one) in wishes)
        }
