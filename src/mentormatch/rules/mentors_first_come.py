"""Which mentors lead a group when there are more than are needed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np

from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule, Tier, signed_up_at
from mentormatch.rules.forms import Form, LoadCost, indices


class MentorsFirstCome(Rule):
    """Mentors who signed up earlier lead a group before those who signed up later.

    Whoever has no time of sign-up comes last. A breach is one mentor who leads any group and
    amounts to the number of mentors who signed up before them.
    """

    kind: Literal["mentors_first_come"] = "mentors_first_come"
    tier: Tier = 5

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        before = self._before(around)
        leading = {mentor.id for group in seating.groups for mentor in group.mentors}
        for mentor in around.mentors:
            amount = before[mentor.id]
            if mentor.id in leading and amount:
                earlier = f"{amount} mentor{'' if amount == 1 else 's'}"
                yield Breach(
                    amount,
                    f"{mentor.label} leads a group, after {earlier} who signed up earlier.",
                    (mentor.id,),
                )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount of the mentors before somebody, from a load of 1 on."""
        before = self._before(around)
        first, count = len(around.students), len(around.mentors)
        table = np.zeros((count, 2), dtype=np.int64)
        table[:, 1] = [before[mentor.id] for mentor in around.mentors]
        yield LoadCost(indices(range(first, first + count)), table)

    def describe(self) -> str:
        return "mentors first come, first served"

    def sentence(self, around: Round) -> str:
        return "Only mentors who signed up first lead groups."

    def _before(self, around: Round) -> Mapping[str, int]:
        """Return for each mentor how many signed up before them."""
        times = {mentor.id: signed_up_at(mentor, around) for mentor in around.mentors}
        in_order = sorted(time for time in times.values() if time is not None)
        return {
            mentor: len(in_order) if time is None else bisect_left(in_order, time)
            for mentor, time in times.items()
        }
