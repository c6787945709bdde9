"""A place for everybody of a priority class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.people import MAX_PRIORITY
from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Tier, Violation
from mentormatch.rules.forms import Form, LoadCost, indices


class PlaceClass(Rule):
    """No student of a priority, or a higher one, is left out.

    Stated for several priorities in tiers after one another, and with the general rule on
    places in a tier after these, it makes the order of classes strict: no number of students of
    a lower class outweighs one of a higher. A breach is one such student without a group.
    """

    kind: Literal["place_class"] = "place_class"
    tier: Tier = 1
    priority: int = Field(
        default=2, strict=True, ge=1, le=MAX_PRIORITY, description="Least priority of the class."
    )

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for student in solution.left_out:
            if student.priority >= self.priority:
                yield Violation(
                    1,
                    f"{student.label}, of priority {student.priority}, is left out.",
                    (student.id,),
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for a load of 0 of each student of the class."""
        people = [
            place
            for place, student in enumerate(round_.students)
            if student.priority >= self.priority
        ]
        yield LoadCost(indices(people), np.tile(np.array([1, 0], dtype=np.int64), (len(people), 1)))

    def describe(self) -> str:
        return f"students of priority {self.priority} or more left out"

    def sentence(self, round_: Round) -> str:
        return f"No student of priority {self.priority} or more is left out."
