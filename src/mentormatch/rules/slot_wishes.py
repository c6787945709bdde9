"""Times in the order in which people like them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mentormatch.data.people import Text, values_of
from mentormatch.data.round import Round, Solution
from mentormatch.errors import Fault
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, chosen, rank_in, rank_words
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

    def faults(self, round_: Round, where: str) -> Iterator[Fault]:
        yield from unknown_attribute(self.attribute, round_, where)
        yield from unknown_wishes("slot", self.attribute, round_, self.who, round_.slot, where)

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            slot = group.template.plan.slot
            for person in chosen(group.members, self.who):
                wishes = values_of(person, self.attribute)
                amount = rank_in(wishes, slot)
                if amount:
                    yield Violation(
                        amount,
                        f"{person.label} meets in group {group.id} at {slot}, "
                        f"{rank_words(wishes, slot)}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount the place of the template's slot on the person's list, from 0."""
        amount = np.zeros((len(round_.people), len(round_.templates)), dtype=np.int32)
        slots = [template.plan.slot for template in round_.templates]
        for person in chosen(round_.people, self.who):
            wishes = values_of(person, self.attribute)
            if wishes:
                amount[round_.position[person.id]] = [rank_in(wishes, slot) for slot in slots]
        yield PersonCost(amount)

    def describe(self) -> str:
        return "wishes for slots passed over"

    def sentence(self, round_: Round) -> str:
        return f"All {PEOPLE[self.who]} in groups meet at the first slot of their list, if any."
