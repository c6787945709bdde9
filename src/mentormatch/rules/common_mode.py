"""On campus or online, as everybody in the group can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.people import MODES
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.forms import Form, PersonCost


class CommonMode(Rule):
    """Every student and mentor takes part in the group's mode, campus or online.

    A breach is one person who takes part only in the other.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["common_mode"] = "common_mode"

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for group in seating.groups:
            mode = group.template.mode
            for person in group.members:
                if person.mode not in ("either", mode):
                    yield Breach(
                        1,
                        f"{person.label} takes part {_HOW[person.mode]} only, but group "
                        f"{group.id} meets {_HOW[mode]}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount 1 in the templates of the other mode."""
        stated = ("either", *MODES)
        wrong = [
            [mode not in ("either", template.mode) for template in around.templates]
            for mode in stated
        ]
        table = np.array(wrong, dtype=np.int32).reshape(len(stated), len(around.templates))
        yield PersonCost(table[[stated.index(person.mode) for person in around.people]])

    def describe(self) -> str:
        return "campus or online"

    def sentence(self, around: Round) -> str:
        return "Everybody in a group can take part as it meets, on campus or online."


_HOW = {"campus": "on campus", "online": "online"}
