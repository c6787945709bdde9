"""On campus or online, as everybody in the group can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.data.people import MODES
from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.forms import Form, PersonCost


class CommonMode(Rule):
    """Every student and mentor takes part in the group's mode, campus or online.

    A breach is one person who takes part only in the other.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["common_mode"] = "common_mode"

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            mode = group.template.mode
            for person in group.members:
                if person.mode not in ("either", mode):
                    yield Violation(
                        1,
                        f"{person.label} takes part {_HOW[person.mode]} only, but group "
                        f"{group.id} meets {_HOW[mode]}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 in the templates of the other mode."""
        stated = ("either", *MODES)
        wrong = [
            [mode not in ("either", template.mode) for template in round_.templates]
            for mode in stated
        ]
        table = np.array(wrong, dtype=np.int32).reshape(len(stated), len(round_.templates))
        yield PersonCost(table[[stated.index(person.mode) for person in round_.people]])

    def describe(self) -> str:
        return "campus or online"

    def sentence(self, round_: Round) -> str:
        return "Everybody in a group can take part as it meets, on campus or online."


_HOW = {"campus": "on campus", "online": "online"}
