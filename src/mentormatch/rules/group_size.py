"""Groups of a workable size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from mentormatch.data.round import Round, Solution
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.forms import CountCost, Form, indices


class GroupSize(Rule):
    """A group has no fewer students than the smallest size and no more than the largest.

    The sizes are those of the problem's `shape`; mentors are counted only if it says so. A
    breach amounts to the people missing or too many.
    """

    foundation: ClassVar[bool] = True
    kind: Literal["group_size"] = "group_size"

    def violations(self, round_: Round, solution: Solution) -> Iterator[Violation]:
        least, most = round_.shape.min_students, round_.shape.max_students
        for group in solution.groups:
            size = len(group.members if round_.shape.count_mentors else group.students)
            what = _ONE_OR_MORE[round_.shape.count_mentors][size != 1]
            if size < least:
                yield Violation(
                    least - size,
                    f"Group {group.id} has {size} {what}, fewer than {least}.",
                    group=group.id,
                )
            elif size > most:
                yield Violation(
                    size - most,
                    f"Group {group.id} has {size} {what}, more than {most}.",
                    group=group.id,
                )

    def lower(self, round_: Round) -> Iterator[Form]:
        """Amount ``max(least - n, 0, n - most)`` of the number n of those counted."""
        least, most = round_.shape.min_students, round_.shape.max_students
        table = tuple(max(least - n, 0, n - most) for n in range(most + 2))
        counted = round_.people if round_.shape.count_mentors else round_.students
        yield CountCost(indices(range(len(counted))), table)

    def describe(self) -> str:
        return "group size"

    def sentence(self, round_: Round) -> str:
        shape = round_.shape
        what = "people" if shape.count_mentors else "students"
        least, most = shape.min_students, shape.max_students
        sizes = f"{least} to {most}" if least < most else f"exactly {most}"
        return f"Every group has {sizes} {what}."


_ONE_OR_MORE = (("student", "students"), ("person", "people"))
