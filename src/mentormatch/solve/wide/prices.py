"""Prices of places, learnt from a sample, and the bound that they prove for everybody.

The relaxation over a random sample of the people tells what a place in each template is worth.
For any such prices no matching costs less than

    sum over people of the least, over their templates and staying out, of cost plus prices
    + sum over templates of the least of its groups' price
    - sum over earlier tiers of multiplier times what they are held to,

which takes a few products of arrays for any number of people. Rows about pairs and overlapping
slots are left out here, which can only make the bound lower.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from mentormatch.rules.forms import table_value
from mentormatch.solve.bounds import least_whole
from mentormatch.solve.columns import Caps, intervals, most_groups
from mentormatch.solve.compiled import HARD, Compiled, Count

Floats = NDArray[np.float64]

SCALE = 2.0**20
"""Prices are rounded to this part of one, so that the bound is a sum of whole numbers."""


@dataclass(frozen=True)
class Line:
    """A row ``slope c + intercept k`` about a count c in k groups of a template.

    For a hard count it is at most 0; for a soft one the tier's cost of the template is no less.
    """

    count: int
    template: int
    slope: int
    intercept: int


@dataclass(frozen=True)
class Prices:
    """Multipliers of lines and of earlier tiers; see the module."""

    lines: Floats
    held: Floats


class Market:
    """The rows of a problem that prices are put on."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.most = np.array(most_groups(compiled), dtype=np.float64)
        people = len(compiled.around.people)
        self.masks = np.zeros((len(compiled.counts), people), dtype=np.bool_)
        for number, count in enumerate(compiled.counts):
            self.masks[number, count.members] = True
        # What a group costs by itself, where amounts below zero were lifted to zero.
        self.per_group = np.zeros((compiled.tiers, len(compiled.templates)))
        self.lines = list(self._lines())
        self.soft = [line for line in self.lines if compiled.counts[line.count].tier != HARD]
        self.direct = self._direct()
        self.out = self._out()

    def _lines(self) -> list[Line]:
        caps = Caps(self.compiled)
        lines: list[Line] = []
        for number, count in enumerate(self.compiled.counts):
            eligible = self.compiled.allowed[count.members].sum(axis=0)
            for template in np.flatnonzero(self.most > 0).tolist():
                if count.applies(template):
                    cap = caps.cap(count, template, int(eligible[template]))
                    if count.tier == HARD:
                        lines += _of_ban(number, count, template, cap)
                        continue
                    amounts = [count.weight * table_value(count.table, n) for n in range(cap + 1)]
                    lift = max(0, -min(amounts))
                    self.per_group[count.tier, template] -= lift
                    lines += _of_price(number, template, [amount + lift for amount in amounts])
        return lines

    def _direct(self) -> Floats:
        """Cost by tier, person and template that no line covers."""
        cost = self.compiled.cost.astype(np.float64)
        for load in self.compiled.loads:
            if load.tier != HARD:
                capacity = self.compiled.capacity[load.people]
                slopes = np.array(
                    [
                        _least_slope(table, most)
                        for table, most in zip(load.table.tolist(), capacity.tolist(), strict=True)
                    ]
                )
                cost[load.tier, load.people] += load.weight * slopes[:, None]
        return cost

    def _out(self) -> Floats:
        """Cost by tier of everybody staying out."""
        out = np.zeros(self.compiled.tiers)
        for load in self.compiled.loads:
            if load.tier != HARD:
                out[load.tier] += load.weight * load.table[:, 0].sum()
        return out

    def bound(self, tier: int, prices: Prices, held: Sequence[int]) -> int:
        """Return the least cost of the tier that the prices prove, for the whole problem."""
        compiled = self.compiled
        weights = np.zeros(compiled.tiers)
        weights[tier] = SCALE
        weights[:tier] = np.maximum(0, np.rint(prices.held * SCALE))
        rounded = np.maximum(0, np.rint(prices.lines * SCALE))
        self._keep_within(rounded, weights)
        on_count = np.zeros((len(compiled.counts), len(compiled.templates)))
        on_groups = np.zeros(len(compiled.templates))
        size = 0.0
        for line, price in zip(self.lines, rounded.tolist(), strict=True):
            if price:
                on_count[line.count, line.template] += price * line.slope
                on_groups[line.template] += price * line.intercept
                members = len(compiled.counts[line.count].members)
                most = float(self.most[line.template])
                size += price * (abs(line.slope) * members + abs(line.intercept) * most)
        on_groups += weights @ self.per_group
        total = float(weights @ self.out) - float(weights[:tier] @ np.array(held[:tier]))
        total += float(np.minimum(0.0, on_groups * self.most).sum())
        total += self._people(weights, on_count)
        size += float(weights @ np.abs(self.out)) + float(weights[:tier] @ np.abs(held[:tier]))
        size += float((weights @ np.abs(self.per_group)) @ self.most)
        size += float(weights @ np.abs(self.direct).sum(axis=(1, 2)))
        return least_whole(total, size, SCALE)

    def _keep_within(self, rounded: Floats, weights: Floats) -> None:
        """Lower the prices of a soft count's lines to what the count is worth in all."""
        worth: dict[tuple[int, int], float] = {}
        for place, line in enumerate(self.lines):
            count = self.compiled.counts[line.count]
            if count.tier == HARD:
                continue
            key = (line.count, line.template)
            left = worth.setdefault(key, float(weights[count.tier]))
            rounded[place] = min(rounded[place], left)
            worth[key] = left - rounded[place]

    def _people(self, weights: Floats, on_count: Floats) -> float:
        compiled = self.compiled
        total = 0.0
        size = 4096
        for first in range(0, len(compiled.around.people), size):
            part = slice(first, first + size)
            cost = np.tensordot(weights, self.direct[:, part], axes=1)
            cost += self.masks[:, part].T.astype(np.float64) @ on_count
            cost[~compiled.allowed[part]] = 0.0
            cost[:, self.most == 0] = 0.0
            gain = np.minimum(cost, 0.0)
            capacity = compiled.capacity[part]
            single = capacity <= 1
            total += float(gain[single].min(axis=1, initial=0.0).sum())
            for row in np.flatnonzero(~single).tolist():
                total += float(np.sort(gain[row])[: int(capacity[row])].sum())
        return total


def _of_ban(number: int, count: Count, template: int, cap: int) -> list[Line]:
    """Return the lines of a hard count: between its runs of counts the outermost ones bound."""
    runs = intervals(count.table, cap)
    if not runs:
        return []
    least, most = runs[0][0], runs[-1][1]
    lines = []
    if least > 0:
        lines.append(Line(number, template, -1, least))
    if most < len(count.members):
        lines.append(Line(number, template, 1, -most))
    return lines


def _of_price(number: int, template: int, amounts: Sequence[int]) -> list[Line]:
    """Return the lines below a table of amounts, none of them below zero.

    They are the edges of its lower convex hull, moved down to whole slopes where needed.
    """
    lines = []
    at = 0
    while at < len(amounts) - 1:
        slope, end = min(
            ((amounts[n] - amounts[at]) / (n - at), -n) for n in range(at + 1, len(amounts))
        )
        whole = floor(slope)
        intercept = min(amount - whole * n for n, amount in enumerate(amounts))
        if whole or intercept > 0:
            lines.append(Line(number, template, whole, intercept))
        at = -end
    return lines


def _least_slope(table: Sequence[int], most: int) -> int:
    """Return the most per group that can be charged so that no load is charged too much.

    It is rounded down to a whole number, because parts of one would make the bound inexact.
    """
    return min(
        (table[min(load, len(table) - 1)] - table[0]) // load for load in range(1, max(most, 1) + 1)
    )
