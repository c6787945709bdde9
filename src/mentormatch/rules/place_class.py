"""A place for everybody of a priority class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.people import MAX_PRIORITY
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule, Tier
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

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for student in seating.left_out:
            if student.priority >= self.priority:
                yield Breach(
                    1,
                    f"{student.label}, of priority {student.priority}, is left out.",
                    (student.id,),
                )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount 1 for a load of 0 of each student of the class."""
        people = [
            place
            for place, student in enumerate(around.students)
            if student.priority >= self.priority
        ]
        yield LoadCost(indices(people), np.tile(np.array([1, 0], dtype=np.int64), (len(people), 1)))

    def describe(self) -> str:
        return f"students of priority {self.priority} or more left out"

    def sentence(self, around: Round) -> str:
        return f"No student of priority {self.priority} or more is left out."
