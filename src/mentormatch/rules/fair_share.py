"""Places shared out in proportion to those who applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Literal

from pydantic import Field

from mentormatch.data.people import Student, Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import Rule, Tier, Violation, counted
from mentormatch.rules.checks import unknown_attribute
from mentormatch.rules.forms import Form, PlacedCost, indices


class FairShare(Rule):
    """When places are short, about the same share of each kind of applicants is left out.

    Kinds are the values of an attribute, such as the department. Each further student of a kind
    who is left out costs more than the one before, and the less the larger the kind is, so that
    it is cheapest to leave out equal shares of all. Whoever has several values counts in each,
    and whoever has none in no kind. A breach is one kind with students left out: of a kind with
    n applicants, the first who is left out costs 50/n, the second 150/n, the third 250/n and so
    on, each rounded down.
    """

    kind: Literal["fair_share"] = "fair_share"
    tier: Tier = 2
    attribute: Text = Field(
        default="department", description="Field or attribute that tells kinds of applicants."
    )

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        left_out = {student.id for student in solution.left_out}
        for value, students in sorted(self._kinds(round_).items()):
            names = tuple(student.id for student in students if student.id in left_out)
            amount = _prices(len(students))[len(names)]
            if amount:
                kind = f"{counted(len(students), 'students')} of {self.attribute} {value}"
                yield Violation(
                    amount,
                    f"{len(names)} of {kind} {'is' if len(names) == 1 else 'are'} left out.",
                    names,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``sum of floor(50 (2 i - 1) / a)`` for i = 1..a - p, with p of a placed."""
        for _, students in sorted(self._kinds(round_).items()):
            places = indices([round_.position[student.id] for student in students])
            yield PlacedCost(places, _prices(len(students))[::-1])

    def describe(self) -> str:
        return f"places shared out fairly by {self.attribute}"

    def sentence(self, round_: Round) -> str:
        return f"Hardly anybody of one {self.attribute} is left out."

    def _kinds(self, round_: Round) -> Mapping[str, list[Student]]:
        kinds: dict[str, list[Student]] = defaultdict(list)
        for student in round_.students:
            for value in values_of(student, self.attribute):
                kinds[value].append(student)
        return kinds


def _prices(applicants: int) -> tuple[int, ...]:
    """Return the amount for 0, 1, 2, ... left out of so many applicants."""
    steps = [100 * (2 * i - 1) // (2 * applicants) for i in range(1, applicants + 1)]
    return (0, *accumulate(steps))
