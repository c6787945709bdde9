"""People who share a group or are in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import permutations
from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.people import Identifier, Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Violation, apart, named
from mentormatch.rules.checks import sets_without, unknown_affiliation, unknown_person
from mentormatch.rules.forms import Form


class KeepTogether(Rule):
    """Whoever of a set is in a group is there with everybody else of the set.

    Sets are named, or are all who share an affiliation. Nobody has to have a group: a set that
    is left out is together too. In a tier it serves for those who wish to stay together. A
    breach is one person in a group without one other of their set.
    """

    kind: Literal["keep_together"] = "keep_together"
    sets: tuple[Annotated[tuple[Identifier, ...], Field(min_length=2)], ...] = Field(
        default=(), description="Ids of people who belong together."
    )
    affiliation: Text | None = Field(
        default=None, description="Kind of affiliation that holds people together."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        for number, people in enumerate(self.sets):
            for place, person in enumerate(people):
                path = f"{where}.sets[{number}][{place}]"
                yield from unknown_person(self.kind, person, round_, path)
                if person in people[:place]:
                    yield Fault(
                        "repeated_person", path, f"{self.kind} names {person!r} twice in one set"
                    )
        if self.affiliation is not None:
            yield from unknown_affiliation(self.affiliation, round_, where)

    def without(self, left: Collection[str]) -> Rule | None:
        sets = sets_without(self.sets, left)
        return self.changed(sets=sets) if sets or self.affiliation else None

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        pairs = self._pairs(round_)
        for group in solution.groups:
            here = {person.id: person for person in group.members}
            for one, other in sorted(pairs):
                if one in here and other not in here:
                    yield Violation(
                        1,
                        f"{here[one].label} is in group {group.id} without "
                        f"{named([other], round_)}, though they belong together.",
                        (one, other),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each ordered pair (a, b) and group of a without b."""
        place = round_.position
        yield from apart({(place[one], place[other]): 1 for one, other in self._pairs(round_)})

    def describe(self) -> str:
        return f"keep together by {self.affiliation or 'name'}"

    def sentence(self, round_: Round) -> str:
        sets = [f"{named(people, round_)} are in one group or in none." for people in self.sets]
        if self.affiliation is not None:
            sets.append(f"People who share a {self.affiliation} are in one group or in none.")
        return " ".join(sets) or super().sentence(round_)

    def parts(self) -> tuple[Rule, ...]:
        parts = [self.changed(sets=(people,), affiliation=None) for people in self.sets]
        if self.affiliation is not None:
            parts.append(self.changed(sets=()))
        return tuple(parts)

    def _pairs(self, round_: Round) -> set[tuple[str, str]]:
        sets: list[tuple[str, ...]] = list(self.sets)
        if self.affiliation is not None:
            by_value: dict[str, list[str]] = defaultdict(list)
            for person in round_.people:
                for value in dict.fromkeys(person.affiliations.get(self.affiliation, ())):
                    by_value[value].append(person.id)
            sets += map(tuple, by_value.values())
        return {pair for people in sets for pair in permutations(people, 2)}
