"""A place for everybody who signed up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule, Tier
from mentormatch.rules.forms import Form, LoadCost, indices


class PlaceEveryone(Rule):
    """No student is left out.

    A breach is one student without a group; it amounts to the student's `priority`.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["place_everyone"] = "place_everyone"
    tier: Tier = 1

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for student in seating.left_out:
            yield Breach(student.priority, f"{student.label} is left out.", (student.id,))

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount the priority for a load of 0, nothing from 1 on."""
        table = np.zeros((len(around.students), 2), dtype=np.int64)
        table[:, 0] = [student.priority for student in around.students]
        yield LoadCost(indices(range(len(around.students))), table)

    def describe(self) -> str:
        return "students left out"

    def sentence(self, around: Round) -> str:
        return "No student is left out."
