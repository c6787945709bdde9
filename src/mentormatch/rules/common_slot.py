"""Everybody in a group can come when it meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.forms import Form, PersonCost


class CommonSlot(Rule):
    """Every student and mentor of a group can attend enough of its meetings.

    How many are enough is the term's `attendance`; by default all of them. A breach is one
    person who cannot.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["common_slot"] = "common_slot"

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for group in seating.groups:
            plan = group.template.plan
            for person in group.members:
                if around.answer(person, plan) == "no":
                    able = len(around.can_attend(person, plan))
                    needed = around.term.required
                    yield Breach(
                        1,
                        f"{person.label} can attend {able} of the {len(plan.starts)} meetings of "
                        f"group {group.id}; {needed} {'is' if needed == 1 else 'are'} needed.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount 1 where the answer is no."""
        yield PersonCost((around.answers == 0).astype(np.int32))

    def describe(self) -> str:
        return "everybody can come"

    def sentence(self, around: Round) -> str:
        term = around.term
        return f"Everybody in a group can attend {term.required} of its {term.meetings} meetings."
