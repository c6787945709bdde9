"""Everybody in a group can come when it meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.forms import Form, PersonCost


class CommonSlot(Rule):
    """Every student and mentor of a group can attend enough of its meetings.

    How many are enough is the term's `attendance`; by default all of them. A breach is one
    person who cannot.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["common_slot"] = "common_slot"

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            plan = group.template.plan
            for person in group.members:
                if round_.answer(person, plan) == "no":
                    able = len(round_.can_attend(person, plan))
                    needed = round_.required(plan)
                    yield Violation(
                        1,
                        f"{person.label} can attend {able} of the {len(plan.starts)} meetings of "
                        f"group {group.id}; {needed} {'is' if needed == 1 else 'are'} needed.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 where the answer is no."""
        yield PersonCost((round_.answers == 0).astype(np.int32))

    def describe(self) -> str:
        return "everybody can come"

    def sentence(self, round_: Round) -> str:
        term = round_.term
        return f"Everybody in a group can attend {term.required} of its {term.meetings} meetings."
