"""People of a group who are near each other in a number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from pydantic import Field

from mentormatch.data.people import Text
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import (
    PEOPLE,
    Rule,
    Violation,
    Who,
    chosen,
    ordered,
    together,
    whole_number,
)
from mentormatch.rules.checks import not_whole_numbers
from mentormatch.rules.forms import Form


class KeepRange(Rule):
    """No two people of a group differ by more than a limit in a whole number.

    It keeps, say, years of birth or of studies within a range. Whoever has no number differs
    from nobody. A breach is one pair in one group.
    """

    kind: Literal["keep_range"] = "keep_range"
    attribute: Text = Field(description="Attribute that holds a whole number.")
    within: int = Field(strict=True, ge=0, description="Largest difference of two people.")
    who: Who = "students"

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from not_whole_numbers(self.attribute, round_, self.who, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            numbers = [
                (person, number)
                for person in chosen(group.members, self.who)
                if (number := whole_number(person, self.attribute)) is not None
            ]
            for (one, number), (other, another) in combinations(numbers, 2):
                if abs(number - another) > self.within:
                    yield Violation(
                        1,
                        f"{one.label} and {other.label} in group {group.id} differ by "
                        f"{abs(number - another)} in {self.attribute}, more than {self.within}.",
                        (one.id, other.id),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each pair that differs by more than the limit."""
        numbers = sorted(
            (number, round_.position[person.id])
            for person in chosen(round_.people, self.who)
            if (number := whole_number(person, self.attribute)) is not None
        )
        pairs: dict[tuple[int, int], int] = {}
        for number, place in numbers:
            beyond = bisect_right(numbers, (number + self.within, len(round_.people)))
            pairs.update((ordered(place, other), 1) for _, other in numbers[beyond:])
        yield from together(pairs)

    def describe(self) -> str:
        return f"{self.attribute} within {self.within}"

    def sentence(self, round_: Round) -> str:
        return (
            f"No two {PEOPLE[self.who]} of a group differ by more than {self.within} in "
            f"{self.attribute}."
        )
