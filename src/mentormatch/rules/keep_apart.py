"""People who must not meet in one group, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field

from mentormatch.data.people import Identifier
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Violation, named
from mentormatch.rules.checks import sets_without, unknown_person
from mentormatch.rules.forms import Form, PairCost, indices


class KeepApart(Rule):
    """No two people of a named set share a group, be they students or mentors.

    A breach is one pair in one group, however many sets name it.
    """

    kind: Literal["keep_apart"] = "keep_apart"
    sets: tuple[Annotated[tuple[Identifier, ...], Field(min_length=2)], ...] = Field(
        description="Ids of people: pairs, or larger sets of which no two may meet."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        for number, people in enumerate(self.sets):
            for place, person in enumerate(people):
                path = f"{where}.sets[{number}][{place}]"
                yield from unknown_person(self.kind, person, round_, path)
                if person in round_.position and person in people[:place]:
                    yield Fault(
                        "apart_from_self", path, f"keep_apart names {person!r} twice in one set"
                    )

    def without(self, left: Collection[str]) -> Rule | None:
        sets = sets_without(self.sets, left)
        return self.changed(sets=sets) if sets else None

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        # There can be as many sets as people, few of which concern a group.
        named_in: dict[str, list[int]] = defaultdict(list)
        for number, people in enumerate(self.sets):
            for person in people:
                named_in[person].append(number)
        for group in solution.groups:
            here = {person.id: person for person in group.members}
            met = {
                frozenset(pair)
                for number in {number for person in here for number in named_in.get(person, ())}
                for pair in combinations([one for one in self.sets[number] if one in here], 2)
            }
            for one, other in sorted(sorted(pair) for pair in met):
                yield Violation(
                    1,
                    f"{here[one].label} and {here[other].label} are to be kept apart but share "
                    f"group {group.id}.",
                    (one, other),
                    group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each pair in one group."""
        pairs = {
            frozenset((round_.position[one], round_.position[other]))
            for people in self.sets
            for one, other in combinations(people, 2)
        }
        if pairs:
            rows = indices(sorted(sorted(pair) for pair in pairs))
            yield PairCost(rows, indices([1] * len(rows)))

    def describe(self) -> str:
        return "keep apart by name"

    def sentence(self, round_: Round) -> str:
        sets = [f"No two of {named(people, round_)} share a group." for people in self.sets]
        return " ".join(sets) or super().sentence(round_)

    def parts(self) -> tuple[Rule, ...]:
        return tuple(self.changed(sets=(people,)) for people in self.sets)
