"""Blocks of interchangeable groups, which are the units of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.hard_counts import most_groups


@dataclass(frozen=True)
class GroupBlock:
    """Up to `max_groups` groups of one template.

    With more than one the plan sees only their totals, which is a relaxation; with one it is a
    single opening, in which every form is exact.
    """

    template: int
    max_groups: int


def template_blocks(compiled: Compiled) -> list[GroupBlock]:
    """Return one block for each template in which a group can meet."""
    return [
        GroupBlock(template, most)
        for template, most in enumerate(most_groups(compiled))
        if most > 0
    ]


def split_blocks(blocks: Sequence[GroupBlock], templates: set[int]) -> Iterator[GroupBlock]:
    """Yield the blocks with some templates taken apart into single openings."""
    for block in blocks:
        if block.template in templates and block.max_groups > 1:
            for _ in range(block.max_groups):
                yield GroupBlock(block.template, 1)
        else:
            yield block
