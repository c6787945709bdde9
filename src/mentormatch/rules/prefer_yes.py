"""Times that people like, before times they can just manage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import PEOPLE, Rule, Tier, Violation, Who, chosen
from mentormatch.rules.forms import Form, PersonCost


class PreferYes(Rule):
    """Few people meet at a time to which they did not say yes.

    A breach is one person in a group whose time is for them a second choice: they said "if need
    be". A time at which they cannot come at all is no better, where other rules allow it.
    """

    standard: ClassVar[bool] = True
    kind: Literal["prefer_yes"] = "prefer_yes"
    tier: Tier = 4
    who: Who = "everybody"

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        for group in solution.groups:
            for person in chosen(group.members, self.who):
                answer = round_.answer(person, group.template.plan)
                if answer != "yes":
                    suits = "only if need be" if answer == "if_need_be" else "too rarely"
                    yield Violation(
                        1,
                        f"The time of group {group.id} suits {person.label} {suits}.",
                        (person.id,),
                        group.id,
                    )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount 1 where the answer is not yes; so a better answer never costs more."""
        amount = (round_.answers < 2).astype(np.int32)
        first_mentor = len(round_.students)
        if self.who == "students":
            amount[first_mentor:] = 0
        elif self.who == "mentors":
            amount[:first_mentor] = 0
        yield PersonCost(amount)

    def describe(self) -> str:
        return 'times used "if need be"'

    def sentence(self, round_: Round) -> str:
        return f'No {PEOPLE[self.who]} meet at a time to which they said "if need be".'
