"""Work shared evenly among mentors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import numpy as np

from mentormatch.data.people import MAX_CAPACITY
from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Tier, Violation
from mentormatch.rules.forms import Form, LoadCost, indices, pair_counts


class MentorLoad(Rule):
    """Few mentors lead several groups while others lead none.

    A breach is one mentor of several groups and amounts to the pairs of their groups: 1 for
    two groups, 3 for three, 6 for four.
    """

    kind: Literal["mentor_load"] = "mentor_load"
    tier: Tier = 5

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        groups_of: dict[str, list[str]] = defaultdict(list)
        for group in solution.groups:
            for mentor in group.mentors:
                groups_of[mentor.id].append(group.id)
        for mentor in round_.mentors:
            groups = groups_of[mentor.id]
            if len(groups) > 1:
                yield Violation(
                    len(groups) * (len(groups) - 1) // 2,
                    f"{mentor.label} leads {len(groups)} groups: {', '.join(groups)}.",
                    (mentor.id,),
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``l (l - 1) / 2`` of the number l of groups of each mentor."""
        first, count = len(round_.students), len(round_.mentors)
        table = np.tile(np.array(pair_counts(MAX_CAPACITY), dtype=np.int64), (count, 1))
        yield LoadCost(indices(range(first, first + count)), table)

    def describe(self) -> str:
        return "even load of mentors"

    def sentence(self, round_: Round) -> str:
        return "No mentor leads more than one group."
