"""Forms: elementary statements on groups, of which every rule is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mentormatch_check.round import Template


@dataclass(frozen=True)
class Form:
    """A form: `kind` says which of the attributes counts.

    Attributes
    ----------
    at
        person: amount of a person, by place, being in a template.
    members, table, where
        count: amount by number of members in a group, in the templates where it counts.
        load: amount by number of groups of each member; `tables` if they differ.
    pairs
        pair: amount of two in one group; apart: of the first being there without the second.
    weights, lines
        sum: the greatest of slope times the sum of weights plus intercept.
    """

    kind: str
    at: Callable[[int, Template], int] | None = None
    members: tuple[int, ...] = ()
    table: tuple[int, ...] = ()
    tables: Mapping[int, tuple[int, ...]] | None = None
    where: Callable[[Template], bool] | None = None
    pairs: dict[tuple[int, int], int] | None = None
    weights: dict[int, int] | None = None
    lines: tuple[tuple[int, int], ...] = ()

    def amount(self, count: int) -> int:
        """Return the table's value at a count; beyond the end the last step repeats."""
        if count < len(self.table):
            return self.table[count]
        step = self.table[-1] - self.table[-2] if len(self.table) > 1 else 0
        return self.table[-1] + step * (count - len(self.table) + 1)

    def load(self, person: int, groups: int) -> int:
        """Return the amount of a number of groups of a person; the last one stays."""
        table = self.table if self.tables is None else self.tables[person]
        return table[min(groups, len(table) - 1)]

    def counts_in(self, template: Template) -> bool:
        """Return whether the form counts in groups of a template."""
        return self.where is None or self.where(template)
