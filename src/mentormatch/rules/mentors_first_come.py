"""Which mentors lead a group when there are more than are needed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Tier, Violation, signed_up_at
from mentormatch.rules.forms import Form, LoadCost, indices


class MentorsFirstCome(Rule):
    """Mentors who signed up earlier lead a group before those who signed up later.

    Whoever has no time of sign-up comes last. A breach is one mentor who leads any group and
    amounts to the number of mentors who signed up before them.
    """

    kind: Literal["mentors_first_come"] = "mentors_first_come"
    tier: Tier = 5

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        before = self._before(round_)
        leading = {mentor.id for group in solution.groups for mentor in group.mentors}
        for mentor in round_.mentors:
            amount = before[mentor.id]
            if mentor.id in leading and amount:
                earlier = f"{amount} mentor{'' if amount == 1 else 's'}"
                yield Violation(
                    amount,
                    f"{mentor.label} leads a group, after {earlier} who signed up earlier.",
                    (mentor.id,),
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount of the mentors before somebody, from a load of 1 on."""
        before = self._before(round_)
        first, count = len(round_.students), len(round_.mentors)
        table = np.zeros((count, 2), dtype=np.int64)
        table[:, 1] = [before[mentor.id] for mentor in round_.mentors]
        yield LoadCost(indices(range(first, first + count)), table)

    def describe(self) -> str:
        return "mentors first come, first served"

    def sentence(self, round_: Round) -> str:
        return "Only mentors who signed up first lead groups."

    def _before(self, round_: Round) -> Mapping[str, int]:
        """Return for each mentor how many signed up before them."""
        times = {mentor.id: signed_up_at(mentor, round_) for mentor in round_.mentors}
        in_order = sorted(time for time in times.values() if time is not None)
        return {
            mentor: len(in_order) if time is None else bisect_left(in_order, time)
            for mentor, time in times.items()
        }
