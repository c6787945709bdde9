"""People go on meeting at the time of the published groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Tier, Violation
from mentormatch.rules.forms import Form, PersonCost
from mentormatch.rules.staying import StayingRule


class KeepTime(StayingRule):
    """Few people of earlier groups meet in a slot that none of their earlier groups had.

    Somebody without a group has no other time. A breach is one person in one group.
    """

    kind: Literal["keep_time"] = "keep_time"
    tier: Tier = 1

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        known = self._slots(round_)
        for group in solution.groups:
            slot = group.template.plan.slot
            for person in group.members:
                if slot not in known.get(person.id, {slot}):
                    yield Violation(
                        1,
                        f"{person.label} in group {group.id} meets in {slot}, not in "
                        f"{' or '.join(sorted(known[person.id]))} as before.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for each (p, t) where t has no slot of p's earlier groups."""
        slots = np.array([template.plan.slot for template in round_.templates], dtype=object)
        amount = np.zeros((len(round_.people), len(slots)), dtype=np.int32)
        for person, known in self._slots(round_).items():
            amount[round_.position[person]] = [slot not in known for slot in slots]
        yield PersonCost(amount)

    def describe(self) -> str:
        return "people who meet at another time than before"

    def sentence(self, round_: Round) -> str:
        return "Whoever had a group meets in the slot that they had."

    def _slots(self, round_: Round) -> dict[str, set[str]]:
        slots: dict[str, set[str]] = {}
        for person, group in self.members(round_):
            slots.setdefault(person, set()).add(group.slot)
        return slots
