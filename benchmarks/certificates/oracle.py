"""Whether a certificate holds, by the library's own rows: what the checker is held against.

It builds the whole program with the library and adds duals up in whole numbers, where the checker
rebuilds single rows from the problem's document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mentormatch import Problem
from mentormatch.certificates.build_relaxation import relaxation_of
from mentormatch.certificates.relaxation import Relaxation

Box = Mapping[int, tuple[int, int]]
"""Bounds of the columns for which they are narrower than at the root."""


class Oracle:
    """The rows of a problem by name, and the value of duals."""

    def __init__(self, problem: Problem, values: Sequence[int], scale: int) -> None:
        self.relaxation: Relaxation = relaxation_of(problem)
        self.tiers, self.values, self.scale = problem.tiers, tuple(values), scale
        made = self.relaxation
        self.rows = {name: (terms, lower, upper) for name, terms, lower, upper in made.rows}
        for index, tier in enumerate(problem.tiers[: len(self.values)]):
            upper = self.values[index] - made.constants[index]
            self.rows["tier", tier] = (made.costs[index], None, upper)

    def total(self, index: int, duals: Sequence[Sequence[Any]], box: Box) -> int | None:
        """Return what duals put below a tier's cost, times scale; None for rows unknown here."""
        made = self.relaxation
        reduced: dict[int, int] = {}
        for place, price in made.costs[index]:
            reduced[place] = reduced.get(place, 0) + price * self.scale
        total = made.constants[index] * self.scale
        for *name, y in duals:
            known = self.rows.get(tuple(name))
            if known is None:
                return None
            terms, lower, upper = known
            side = lower if y > 0 else upper
            if y and side is None:
                return None
            total += y * (side or 0)
            for place, value in terms:
                reduced[place] = reduced.get(place, 0) - y * value
        for place, price in reduced.items():
            low, high = box.get(place, (made.lb[place], made.ub[place]))
            total += price * (low if price > 0 else high)
        return total

    def proves(self, index: int, duals: Sequence[Sequence[Any]], box: Box, bound: int) -> bool:
        """Return whether duals prove a bound of a tier."""
        total = self.total(index, duals, box)
        return total is not None and total > (bound - 1) * self.scale

    def leaves(self, nodes: Sequence[Mapping[str, Any]]) -> list[tuple[int, Box]]:
        """Return the leaves of a tree by their places, with their boxes."""
        found: list[tuple[int, Box]] = []
        todo: list[tuple[int, dict[int, tuple[int, int]]]] = [(0, {})]
        while todo:
            number, box = todo.pop()
            node = nodes[number]
            if "split" not in node:
                found.append((number, box))
                continue
            place = self.relaxation.place[tuple(node["split"])]
            low, high = box.get(place, (self.relaxation.lb[place], self.relaxation.ub[place]))
            todo.append((node["below"], {**box, place: (low, node["at"])}))
            todo.append((node["above"], {**box, place: (node["at"] + 1, high)}))
        return found
