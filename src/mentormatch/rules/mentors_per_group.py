"""The right number of mentors for each group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.forms import CountCost, Form, indices


class MentorsPerGroup(Rule):
    """Every group has exactly the number of mentors that the problem's `shape` states.

    A breach amounts to the mentors missing or too many.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["mentors_per_group"] = "mentors_per_group"

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        wanted = around.shape.mentors
        for group in seating.groups:
            found = len(group.mentors)
            if found != wanted:
                yield Breach(
                    abs(found - wanted),
                    f"Group {group.id} has {found} mentor{'' if found == 1 else 's'} instead of "
                    f"{wanted}.",
                    group=group.id,
                )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount ``|n - wanted|`` of the number n of mentors."""
        wanted = around.shape.mentors
        first = len(around.students)
        mentors = indices(range(first, first + len(around.mentors)))
        yield CountCost(mentors, tuple(abs(n - wanted) for n in range(wanted + 2)))

    def describe(self) -> str:
        return "mentors per group"

    def sentence(self, around: Round) -> str:
        wanted = around.shape.mentors
        return f"Every group has exactly {wanted} mentor{'s' if wanted != 1 else ''}."
