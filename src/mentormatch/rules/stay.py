"""Students stay in their group, which is known by one of its mentors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Tier, Violation, apart, named
from mentormatch.rules.forms import Form, PersonCost
from mentormatch.rules.staying import StayingRule


class Stay(StayingRule):
    """Few students of earlier groups are moved to another group.

    A group is known by the first of its mentors, as stated, who is still there; a group whose
    mentors have all left, or that had none, is known by its slot. A breach is one student in a
    group without that mentor, or in another slot.
    """

    kind: Literal["stay"] = "stay"
    tier: Tier = 1

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        guides, slots = self._signs(round_)
        for group in solution.groups:
            here = {person.id: person for person in group.members}
            for person in here.values():
                guide = guides.get(person.id)
                if guide is not None and guide not in here:
                    yield Violation(
                        1,
                        f"{person.label} is moved to group {group.id}, away from "
                        f"{named([guide], round_)}.",
                        (person.id, guide),
                        group.id,
                    )
                slot = slots.get(person.id)
                if slot is not None and slot != group.template.plan.slot:
                    yield Violation(
                        1,
                        f"{person.label} is moved to group {group.id}, away from {slot}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 for s without their guide, or for s in a template of another slot."""
        guides, slots = self._signs(round_)
        place = round_.position
        yield from apart({(place[one], place[guide]): 1 for one, guide in guides.items()})
        amount = np.zeros((len(round_.people), len(round_.templates)), dtype=np.int32)
        for one, slot in slots.items():
            amount[place[one]] = [slot != each.plan.slot for each in round_.templates]
        yield PersonCost(amount)

    def describe(self) -> str:
        return "students moved to another group"

    def sentence(self, round_: Round) -> str:
        return "Whoever had a group stays in it."

    def _signs(self, round_: Round) -> tuple[dict[str, str], dict[str, str]]:
        """Return the mentor by whom each student's group is known, or else its slot."""
        first_mentor = len(round_.students)
        guides: dict[str, str] = {}
        slots: dict[str, str] = {}
        for student, group in self.members(round_):
            if round_.position[student] >= first_mentor or student in guides or student in slots:
                continue
            there = [m for m in group.mentors if round_.position.get(m, -1) >= first_mentor]
            if there:
                guides[student] = there[0]
            else:
                slots[student] = group.slot
        return guides, slots
