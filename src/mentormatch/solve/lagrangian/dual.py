"""The Lagrangian dual of a round: multipliers on rows that people share, and the bound they prove.

The relaxed rows are about counts in a template (`Cut`), about numbers of groups (`GroupLimit`),
and about earlier tiers, which are held. `relaxation` forms their multipliers, which are also called
prices; no person has one. By weak duality, for any multipliers of 0 or more no matching costs less
than

    sum over people of the least, over their templates and staying out, of cost plus prices
    + sum over templates of the least of its groups' price
    - sum over limits of multiplier times limit
    - sum over earlier tiers of multiplier times what they are held to,

where the cost is this tier's plus the earlier ones' times their multipliers. This takes a few
products of arrays for any number of people. A person takes as many templates as they can have
groups, of equal or overlapping slots one at most. Forms about pairs, sums and places of a set are
left out here, and of slots that overlap in a chain the ends may both be taken, which can only make
the bound lower. Geoffrion, A. M. (1974). Lagrangean relaxation for integer programming.
Mathematical Programming Study 2, 82-114. doi:10.1007/BFb0120690
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import floor

import numpy as np
from numpy.typing import NDArray

from mentormatch.rules.forms import Ints, intervals, table_value
from mentormatch.solve.backend.bounds import integer_lower_bound
from mentormatch.solve.instance.compiled import HARD, Compiled, Count
from mentormatch.solve.instance.hard_counts import Caps, most_groups
from mentormatch.solve.instance.kinds import kinds_of_people
from mentormatch.solve.lagrangian.loads import load_increments

Floats = NDArray[np.float64]

CHUNK = 16_384
"""People whose choices are priced at a time, which keeps the arrays small."""
SCALE = 2.0**20
"""Prices are rounded to this part of one, so that the bound is a sum of whole numbers."""


@dataclass(frozen=True)
class Cut:
    """A row ``slope c + intercept k`` about a count c in k groups of a template.

    For a hard count it is at most 0; for a soft one the tier's cost of the template is no less.
    """

    count: int
    template: int
    slope: int
    intercept: int


@dataclass(frozen=True, eq=False)
class GroupLimit:
    """A row: no more than so many groups in all of some templates.

    Where every group has two mentors, half a group's worth of mentors is no group; and a slot can
    have only so many rooms.
    """

    templates: NDArray[np.bool_]
    most: int


@dataclass(frozen=True, eq=False)
class Multipliers:
    """Multipliers of cuts (`lines`), earlier tiers (`held`) and `limits` of groups."""

    lines: Floats
    held: Floats
    limits: Floats = field(default_factory=lambda: np.zeros(0))


class LagrangianDual:
    """The relaxed rows of a problem, and the bound that their multipliers prove."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.most = np.array(most_groups(compiled), dtype=np.float64)
        people = len(compiled.round_.people)
        self.masks = np.zeros((len(compiled.counts), people), dtype=np.bool_)
        for number, count in enumerate(compiled.counts):
            self.masks[number, count.members] = True
        # What a group costs by itself, where amounts below zero were lifted to zero.
        self.per_group = np.zeros((compiled.tiers, len(compiled.templates)))
        self.lines = list(self._lines())
        self.soft = [line for line in self.lines if compiled.counts[line.count].tier != HARD]
        self.part = disjoint_parts(compiled)
        self._groups_of: dict[int, set[int]] = {}
        for number, group in enumerate(compiled.slot_groups()):
            for template in group:
                self._groups_of.setdefault(template, set()).add(number)
        self.limits = list(self._limits())
        self.loads = load_increments(compiled)
        # People who are counted alike have the same prices of counts.
        self._kinds, self._kind = kinds_of_people(compiled)
        self.out = self.loads.out.sum(axis=1).astype(np.float64)

    def _lines(self) -> list[Cut]:
        caps = Caps(self.compiled)
        lines: list[Cut] = []
        for number, count in enumerate(self.compiled.counts):
            eligible = self.compiled.allowed[count.members].sum(axis=0)
            for template in np.flatnonzero(self.most > 0).tolist():
                if count.applies(template):
                    cap = caps.cap(count, template, int(eligible[template]))
                    if count.tier == HARD:
                        lines += _of_ban(number, count, template, cap)
                        continue
                    lift, hull = _lifted(count.table, count.weight, cap)
                    self.per_group[count.tier, template] -= lift
                    lines += [Cut(number, template, *line) for line in hull]
        return lines

    def overlap(self, one: int, other: int) -> bool:
        """Whether nobody can have a group of both templates."""
        return not self._groups_of[one].isdisjoint(self._groups_of[other])

    def _limits(self) -> Iterator[GroupLimit]:
        compiled = self.compiled
        everywhere = np.ones(len(compiled.templates), dtype=np.bool_)
        for count in compiled.counts:
            if count.tier != HARD or count.templates is not None:
                continue
            runs = intervals(count.table, len(count.members))
            if runs and runs[0][0] > 1:
                here = compiled.allowed[count.members] & (self.most > 0)
                usable = np.minimum(compiled.capacity[count.members], here.sum(axis=1)).sum()
                yield GroupLimit(everywhere, int(usable) // runs[0][0])
        slots = [template.plan.slot for template in compiled.templates]
        for slot in sorted(set(slots)):
            rooms = compiled.rooms.get(slot)
            here = np.array([one == slot for one in slots], dtype=np.bool_)
            if rooms is not None and self.most[here].sum() > rooms:
                yield GroupLimit(here, rooms)

    def direct(self, tier: int, people: Ints, templates: Ints) -> Floats:
        """Return what people cost in templates in a tier, apart from counts.

        Further groups of a person can cost more than the first: `loads` says how much.
        """
        direct: Ints = self.compiled.cost[tier, people, templates] + self.loads.first[tier, people]
        return direct.astype(np.float64)

    def bound(self, tier: int, prices: Multipliers, held: Sequence[int]) -> int:
        """Return the least cost of the tier that the prices prove, for the whole problem."""
        compiled = self.compiled
        weights = np.zeros(compiled.tiers)
        weights[tier] = SCALE
        weights[:tier] = np.maximum(0, np.rint(prices.held * SCALE))
        rounded = np.maximum(0, np.rint(prices.lines * SCALE))
        self._keep_within(rounded, weights)
        on_count = self.on_count(rounded)
        on_groups = np.zeros(len(compiled.templates))
        size = constant = 0.0
        for line, price in zip(self.lines, rounded.tolist(), strict=True):
            if price:
                on_groups[line.template] += price * line.intercept
                members = len(compiled.counts[line.count].members)
                most = float(self.most[line.template])
                size += price * (abs(line.slope) * members + abs(line.intercept) * most)
        on_groups += weights @ self.per_group
        for limit, price in zip(self.limits, np.rint(prices.limits * SCALE).tolist(), strict=False):
            on_groups[limit.templates] += max(0.0, price)
            constant += max(0.0, price) * limit.most
        size += constant * 2
        total = float(weights @ self.out) - float(weights[:tier] @ np.array(held[:tier]))
        total += float(np.minimum(0.0, on_groups * self.most).sum()) - constant
        chosen, costs = self._people(weights, on_count)
        total += chosen
        size += costs
        size += float(weights @ np.abs(self.out)) + float(weights[:tier] @ np.abs(held[:tier]))
        size += float((weights @ np.abs(self.per_group)) @ self.most)
        return integer_lower_bound(total, size, SCALE)

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

    def on_count(self, lines: Floats) -> Floats:
        """Return what one more of a count's set costs in a template, shape (counts, templates)."""
        on_count = np.zeros((len(self.compiled.counts), len(self.compiled.templates)))
        for line, price in zip(self.lines, lines.tolist(), strict=True):
            on_count[line.count, line.template] += price * line.slope
        return on_count

    def of_counts(self, first: int, last: int, on_count: Floats) -> Floats:
        """Return what some people, in order, cost by the counts that they are in, by template."""
        kinds, kind = np.unique(self._kind[first:last], return_inverse=True)
        priced: Floats = self._kinds[kinds].astype(np.float64) @ on_count
        return priced[kind]

    def _people(self, weights: Floats, on_count: Floats) -> tuple[float, float]:
        """Return the least that people choose at the prices, and the size of all they could."""
        compiled = self.compiled
        total = size = 0.0
        further = np.tensordot(weights, self.loads.further, axes=1)
        for first in range(0, len(compiled.round_.people), CHUNK):
            part = slice(first, first + CHUNK)
            rows, columns = np.nonzero(compiled.allowed[part] & (self.most > 0))
            cost = self.of_counts(first, first + CHUNK, on_count)[rows, columns]
            for tier in np.flatnonzero(weights).tolist():
                direct = weights[tier] * self.direct(tier, first + rows, columns)
                size += float(np.abs(direct).sum())
                cost += direct
            several = np.searchsorted(self.loads.several, [first, first + CHUNK])
            mine = self.loads.several[slice(*several)] - first
            gains = cost < 0.0
            total += _least_of_each(
                rows[gains],
                self.part[columns[gains]],
                cost[gains],
                (compiled.capacity[part], mine, further[slice(*several)]),
            )
        return total, size + float(np.abs(further).sum())


def _least_of_each(
    rows: Ints, parts: Ints, gains: Floats, loads: tuple[Ints, Ints, Floats]
) -> float:
    """Return the sum of the least numbers of each row, of each as many as it may have.

    Rows come in order. Of one part a row takes one number at most.

    Parameters
    ----------
    rows, parts, gains
        The numbers, all below zero, with their rows and parts.
    loads
        Most numbers of each row; rows that may have several; what each of the numbers of these
        rows costs more, in the order in which they are taken.
    """
    if not len(rows):
        return 0.0
    most, several, further = loads
    some = most[rows] == 1
    first = np.flatnonzero(np.diff(rows[some], prepend=-1))
    total = float(np.minimum.reduceat(gains[some], first).sum()) if len(first) else 0.0
    some = most[rows] > 1
    rows, parts, gains = rows[some], parts[some], gains[some]
    order = np.lexsort((gains, parts, rows))
    rows, parts, gains = rows[order], parts[order], gains[order]
    best = (np.diff(rows, prepend=-1) != 0) | (np.diff(parts, prepend=-1) != 0)
    rows, gains = rows[best], gains[best]
    gains = gains[np.lexsort((gains, rows))]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    taken = place < most[rows]
    rows, gains, place = rows[taken], gains[taken], place[taken]
    gains += further[np.searchsorted(several, rows), place]
    return total + float(np.minimum(gains, 0.0).sum())


def disjoint_parts(compiled: Compiled) -> Ints:
    """Return for each template its part; nobody can be in two templates of one part.

    Parts are sets of equal or overlapping slots. Where these overlap in a chain, templates of
    different parts can overlap as well.
    """
    part = np.full(len(compiled.templates), -1, dtype=np.int64)
    groups = sorted(compiled.slot_groups(), key=lambda group: (-len(group), group))
    for number, group in enumerate(groups):
        fresh = [template for template in group if part[template] < 0]
        part[fresh] = number
    return part


def _of_ban(number: int, count: Count, template: int, cap: int) -> list[Cut]:
    """Return the lines of a hard count: between its runs of counts the outermost ones bound."""
    runs = intervals(count.table, cap)
    if not runs:
        return []
    least, most = runs[0][0], runs[-1][1]
    lines = []
    if least > 0:
        lines.append(Cut(number, template, -1, least))
    if most < len(count.members):
        lines.append(Cut(number, template, 1, -most))
    return lines


@lru_cache(maxsize=4096)
def _lifted(table: tuple[int, ...], weight: int, cap: int) -> tuple[int, list[tuple[int, int]]]:
    """Return how far amounts are lifted to be zero or more, and the lines below them then.

    There are few tables and many templates.
    """
    amounts = [weight * table_value(table, n) for n in range(cap + 1)]
    lift = max(0, -min(amounts))
    return lift, _hull([amount + lift for amount in amounts])


def _hull(amounts: Sequence[int]) -> list[tuple[int, int]]:
    """Return slope and intercept of the lines below a table of amounts of zero or more.

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
            lines.append((whole, intercept))
        at = -end
    return lines
