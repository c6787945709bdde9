"""What is to be said of one group alone, whatever the other groups are."""

from __future__ import annotations

from dataclasses import dataclass

from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.evaluate.cost import Judged, score, structure
from mentormatch.rules.base import Violation


@dataclass(frozen=True)
class GroupScore:
    """Violations that are about one group, and what they cost.

    Attributes
    ----------
    structure
        What no group may do, whatever the rules.
    hard
        Violations of hard rules.
    tiers
        What the group adds to the cost of each tier, by number.
    """

    structure: tuple[Violation, ...]
    hard: tuple[Judged, ...]
    tiers: dict[int, int]

    @property
    def valid(self) -> bool:
        """Whether the group can be part of a valid matching, as far as it depends on itself."""
        return not self.structure and not self.hard

    @property
    def hard_amount(self) -> int:
        """Sum of the amounts by which the group must not be as it is."""
        broken = sum(violation.amount for violation in self.structure)
        return broken + sum(judged.violation.amount for judged in self.hard)


def group_score(problem: Problem, group: SolutionGroup) -> GroupScore:
    """Judge one group by itself.

    A violation that names a group is there whatever the other groups are. One that names none (of
    students without a place, or of a mentor's groups) is of the round as a whole and is left out.
    """
    alone = Solution((group,), ())
    judged = score(problem, alone)
    tiers = dict.fromkeys(problem.tiers, 0)
    for one in judged.soft:
        if one.violation.group is not None and isinstance(one.rule.tier, int):
            tiers[one.rule.tier] += one.cost
    hard = tuple(one for one in judged.hard if one.violation.group is not None)
    return GroupScore(tuple(structure(problem, alone)), hard, tiers)
