"""Times in the order in which people like them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.errors import Fault
from mentormatch.people import Text, values_of
from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import PEOPLE, Breach, Rule, Tier, Who, chosen, rank_in, rank_words
from mentormatch.rules.checks import unknown_attribute, unknown_wishes
from mentormatch.rules.forms import Form, PersonCost


class SlotWishes(Rule):
    """People meet at a slot that stands high on their list.

    Each person's attribute lists ids of slots, best first. Whoever has no list has no wish. A
    breach is one person in a group and amounts to the wishes passed over: 1 for the second of
    the list, and the length of the list for a slot that is not on it.
    """

    kind: Literal["slot_wishes"] = "slot_wishes"
    tier: Tier = 4
    attribute: Text = Field(
        default="slot_wishes", description="Attribute that lists slot ids, best first."
    )
    who: Who = "students"

    def faults(self, around: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, around, where)
        yield from unknown_wishes("slot", self.attribute, around, self.who, around.slot, where)

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        for group in seating.groups:
            slot = group.template.plan.slot
            for person in chosen(group.members, self.who):
                wishes = values_of(person, self.attribute)
                amount = rank_in(wishes, slot)
                if amount:
                    yield Breach(
                        amount,
                        f"{person.label} meets in group {group.id} at {slot}, "
                        f"{rank_words(wishes, slot)}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount the place of the template's slot on the person's list, from 0."""
        amount = np.zeros((len(around.people), len(around.templates)), dtype=np.int32)
        slots = [template.plan.slot for template in around.templates]
        for person in chosen(around.people, self.who):
            wishes = values_of(person, self.attribute)
            if wishes:
                amount[around.position[person.id]] = [rank_in(wishes, slot) for slot in slots]
        yield PersonCost(amount)

    def describe(self) -> str:
        return "wishes for slots passed over"

    def sentence(self, around: Round) -> str:
        return f"All {PEOPLE[self.who]} in groups meet at the first slot of their list, if any."
