"""The right number of mentors for each group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.forms import CountCost, Form, indices


class MentorsPerGroup(Rule):
    """Every group has exactly the number of mentors that the problem's `shape` states.

    A breach amounts to the mentors missing or too many.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["mentors_per_group"] = "mentors_per_group"

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        wanted = round_.shape.mentors
        for group in solution.groups:
            found = len(group.mentors)
            if found != wanted:
                yield Violation(
                    abs(found - wanted),
                    f"Group {group.id} has {found} mentor{'' if found == 1 else 's'} instead of "
                    f"{wanted}.",
                    group=group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``|n - wanted|`` of the number n of mentors."""
        wanted = round_.shape.mentors
        first = len(round_.students)
        mentors = indices(range(first, first + len(round_.mentors)))
        yield CountCost(mentors, tuple(abs(n - wanted) for n in range(wanted + 2)))

    def describe(self) -> str:
        return "mentors per group"

    def sentence(self, round_: Round) -> str:
        wanted = round_.shape.mentors
        return f"Every group has exactly {wanted} mentor{'s' if wanted != 1 else ''}."
