"""Columns of the plan: templates, each with the most groups that can run in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.hard_counts import most_groups


@dataclass(frozen=True)
class GroupBlock:
    """A template in the plan.

    With `most` above 1 the plan sees only how many groups run in it together; with 1 it is a
    single opening, in which every form is exact.
    """

    template: int
    most: int


def whole_columns(compiled: Compiled) -> list[GroupBlock]:
    """Return one column for each template in which a group can run."""
    return [
        GroupBlock(template, most)
        for template, most in enumerate(most_groups(compiled))
        if most > 0
    ]


def split_columns(columns: Sequence[GroupBlock], templates: set[int]) -> Iterator[GroupBlock]:
    """Yield the columns with some templates taken apart into single openings."""
    for column in columns:
        if column.template in templates and column.most > 1:
            for _ in range(column.most):
                yield GroupBlock(column.template, 1)
        else:
            yield column
