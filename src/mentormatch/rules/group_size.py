"""Groups of a workable size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from mentormatch.rounds import Round, Seating
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.forms import CountCost, Form, indices


class GroupSize(Rule):
    """A group has no fewer students than the smallest size and no more than the largest.

    The sizes are those of the problem's `shape`; mentors are counted only if it says so. A
    breach amounts to the people missing or too many.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["group_size"] = "group_size"

    def breaches(self, around: Round, seating: Seating) -> Iterator[Breach]:
        least, most = around.shape.min_students, around.shape.max_students
        for group in seating.groups:
            size = len(group.members if around.shape.count_mentors else group.students)
            what = _ONE_OR_MORE[around.shape.count_mentors][size != 1]
            if size < least:
                yield Breach(
                    least - size,
                    f"Group {group.id} has {size} {what}, fewer than {least}.",
                    group=group.id,
                )
            elif size > most:
                yield Breach(
                    size - most,
                    f"Group {group.id} has {size} {what}, more than {most}.",
                    group=group.id,
                )

    def lower(self, around: Round) -> Iterator[Form]:
        """Amount ``max(least - n, 0, n - most)`` of the number n of those counted."""
        least, most = around.shape.min_students, around.shape.max_students
        table = tuple(max(least - n, 0, n - most) for n in range(most + 2))
        counted = around.people if around.shape.count_mentors else around.students
        yield CountCost(indices(range(len(counted))), table)

    def describe(self) -> str:
        return "group size"

    def sentence(self, around: Round) -> str:
        shape = around.shape
        what = "people" if shape.count_mentors else "students"
        least, most = shape.min_students, shape.max_students
        sizes = f"{least} to {most}" if least < most else f"exactly {most}"
        return f"Every group has {sizes} {what}."


_ONE_OR_MORE = (("student", "students"), ("person", "people"))
