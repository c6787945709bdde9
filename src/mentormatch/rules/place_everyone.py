"""A place for everybody who signed up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Tier, Violation
from mentormatch.rules.forms import Form, LoadCost, indices


class PlaceEveryone(Rule):
    """No student is left out.

    A breach is one student without a group; it amounts to the student's `priority`.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["place_everyone"] = "place_everyone"
    tier: Tier = 1

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for student in solution.left_out:
            yield Violation(student.priority, f"{student.label} is left out.", (student.id,))

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount the priority for a load of 0, nothing from 1 on."""
        table = np.zeros((len(round_.students), 2), dtype=np.int64)
        table[:, 0] = [student.priority for student in round_.students]
        yield LoadCost(indices(range(len(round_.students))), table)

    def describe(self) -> str:
        return "students left out"

    def measure(self, round_: Round) -> str:
        # The cost is no number of students where some count for several.
        if all(student.priority == 1 for student in round_.students):
            return self.describe()
        return "priorities of students left out, added up"

    def sentence(self, round_: Round) -> str:
        return "No student is left out."
