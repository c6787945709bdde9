"""The LP relaxation over a random sample of people, or everybody; its duals are multipliers.

The duals of rows about a single person are not used: in `LagrangianDual` each person chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from mentormatch.rules.forms import Ints
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.interior_point import SparseRows, interior_point
from mentormatch.solve.instance.compiled import HARD
from mentormatch.solve.lagrangian.calibration import calibrated_weights
from mentormatch.solve.lagrangian.dual import Floats, LagrangianDual, Multipliers
from mentormatch.solve.lagrangian.flow_prices import flow_prices

SLACK = 0.005
"""How much more than held an earlier tier may cost: so much, and in a sample this share besides."""
WHOLE_SLACK = 1e-5
"""The share where everybody is in the sample."""


@dataclass(frozen=True)
class SampleSolution:
    """What the relaxation over the sample says: prices, and groups scaled up to everybody."""

    prices: Multipliers
    groups: Floats
    value: float


class SampledRelaxation:
    """The relaxation over the first people in canonical order, which is a random sample.

    Its variables are, in this order, the seats, the groups of each template, the counts, the
    amounts that soft counts come to, and further groups of mentors. Its rows are about people,
    mentors in each part of `disjoint_parts`, further groups, limits of groups, lines, counts and
    held tiers, in this order.
    """

    def __init__(self, dual: LagrangianDual, size: int) -> None:
        compiled = dual.compiled
        self.dual = dual
        everybody, students = len(compiled.round_.people), compiled.students
        self.share = min(1.0, size / max(students, 1))
        mentors = ceil((everybody - students) * self.share)
        self.people = np.concatenate(
            [np.arange(ceil(students * self.share)), np.arange(students, students + mentors)]
        )
        self.weights = self._weights()
        self.out = dual.loads.out[:, self.people] @ self.weights
        rows, columns = np.nonzero(compiled.allowed[self.people] & (dual.most > 0))
        self.seat_person, self.seat_template = self.people[rows], columns
        self._seat_row = rows
        self.seats = len(rows)
        self.templates = len(compiled.templates)
        keys = sorted({(line.count, line.template) for line in dual.lines})
        self.count_of = {key: place for place, key in enumerate(keys)}
        soft = [key for key in keys if compiled.counts[key[0]].tier != HARD]
        self.price_of = {key: place for place, key in enumerate(soft)}
        self._first_count = self.seats + self.templates
        self._first_price = self._first_count + len(keys)
        self._first_load = self._first_price + len(soft)
        self._loaded, self._load_step = self._further_groups()
        self.variables = self._first_load + len(self._loaded)
        self._matrix = self._all_rows()
        self.costs = np.array([self._cost(tier) for tier in range(compiled.tiers)])

    def _weights(self) -> Floats:
        """Return what each person of the sample counts for."""
        dual = self.dual
        if self.share == 1:
            return np.ones(len(self.people))
        kinds = flow_prices(dual).kinds
        kind = np.full(len(dual.compiled.capacity), len(kinds), dtype=np.int64)
        for number, count in enumerate(kinds):
            kind[dual.masks[count]] = number
        kind[dual.compiled.students :] = len(kinds) + 1
        return calibrated_weights(dual, self.people, kind, self.share)

    def solve(
        self, tier: int, held: Sequence[float], clock: Clock, *, vertex: bool
    ) -> SampleSolution | None:
        """Return prices for a tier with the earlier ones held; None if there are none.

        Parameters
        ----------
        tier
            Index of the tier.
        held
            Most that each earlier tier may cost, nearly: a little more is let pass, since a
            relaxation without room inside has no best prices. Less than the sample can reach
            has no solution.
        clock
            Ends the search early.
        vertex
            Whether to go on to a vertex of the relaxation, which takes several times as long.
        """
        rows = self._held(tier, held)
        solved = interior_point(self.costs[tier], self._box(), rows, clock, vertex=vertex)
        if solved is None:
            return None
        duals = np.abs(solved.duals)
        limits = self._people_rows + np.arange(len(self.dual.limits))
        lines = self._people_rows + len(limits) + np.arange(len(self.dual.lines))
        prices = Multipliers(duals[lines], duals[len(self._matrix.upper) :], duals[limits])
        groups = solved.values[self.seats : self._first_count] / self.share
        return SampleSolution(prices, groups, (solved.objective + self.out[tier]) / self.share)

    def solve_within(
        self, weights: Floats, fewest: Floats, most: Floats, clock: Clock
    ) -> Floats | None:
        """Return the groups of each template at the least weighted sum of the tiers' costs.

        Parameters
        ----------
        weights
            What a unit of each tier counts for.
        fewest, most
            Shape (templates,): groups of each template.
        clock
            Ends the search early.
        """
        lb, ub = self._box()
        lb[self.seats : self._first_count] = fewest * self.share
        ub[self.seats : self._first_count] = most * self.share
        ub[: self.seats] *= (most > 0)[self.seat_template]
        cost = np.tensordot(weights, self.costs, axes=1)
        solved = interior_point(cost, (lb, ub), self._matrix, clock)
        if solved is None:
            return None
        return solved.values[self.seats : self._first_count] / self.share

    def free(self, tier: int) -> SampleSolution:
        """Return the tier's value with all multipliers zero: nothing that people share is scarce.

        The sample cannot reach less, and can often reach this.
        """
        dual = self.dual
        direct = np.zeros(len(self.people))
        seats = dual.direct(tier, self.seat_person, self.seat_template)
        np.minimum.at(direct, self._seat_row, seats)
        least = float(direct @ (dual.compiled.capacity[self.people] * self.weights))
        least += float(np.minimum(0.0, dual.per_group[tier]) @ dual.most) * self.share
        prices = Multipliers(np.zeros(len(dual.lines)), np.zeros(tier))
        return SampleSolution(
            prices, np.zeros(self.templates), (self.out[tier] + least) / self.share
        )

    def _all_rows(self) -> SparseRows:
        dual, compiled = self.dual, self.dual.compiled
        entries: list[tuple[Ints, Ints, Floats]] = []
        seats = np.arange(self.seats)
        entries.append((self._seat_row, seats, np.ones(self.seats)))
        upper = [compiled.capacity[self.people] * self.weights]
        # A mentor has at most one group in each part of templates that overlap in time. Whoever
        # can have only one group at all needs no such row.
        several = compiled.capacity[self.seat_person] > 1
        parts = self._seat_row[several] * self.templates + dual.part[self.seat_template[several]]
        kinds, part = np.unique(parts, return_inverse=True)
        entries.append((len(self.people) + part, seats[several], np.ones(len(part))))
        upper.append(self.weights[kinds // self.templates])
        rows = len(self.people) + len(kinds)
        # Where further groups cost something, a mentor's seats less one are further groups.
        laden, place = np.unique(self._loaded, return_inverse=True)
        entries.append(
            (rows + place, self._first_load + np.arange(len(place)), np.full(len(place), -1.0))
        )
        row_of = np.full(len(compiled.capacity), -1, dtype=np.int64)
        row_of[self.dual.loads.several[laden]] = np.arange(len(laden))
        mine = np.flatnonzero(row_of[self.seat_person] >= 0)
        entries.append((rows + row_of[self.seat_person[mine]], mine, np.ones(len(mine))))
        laden_row = np.searchsorted(self.people, self.dual.loads.several[laden])
        upper.append(self.weights[laden_row])
        rows = self._people_rows = rows + len(laden)
        for limit in dual.limits:
            here = np.flatnonzero(limit.templates)
            entries.append((np.full(len(here), rows), self.seats + here, np.ones(len(here))))
            upper.append(np.array([limit.most * self.share]))
            rows += 1
        entries += self._lines(rows)
        rows += len(dual.lines)
        upper.append(np.zeros(len(dual.lines) + len(self.count_of)))
        entries += self._counts(rows)
        sides = np.concatenate(upper)
        lower = np.full(len(sides), -np.inf)
        lower[rows:] = 0.0
        return SparseRows(*_joined(entries), lower, sides)

    def _further_groups(self) -> tuple[Ints, Ints]:
        """Return whose further groups cost more, as places among those with several, and which."""
        loads = self.dual.loads
        places, steps = np.nonzero(loads.further.any(axis=0))
        capacity = self.dual.compiled.capacity[loads.several[places]]
        sampled = np.zeros(len(self.dual.compiled.capacity), dtype=np.bool_)
        sampled[self.people] = True
        mine = (steps < capacity) & (steps > 0) & sampled[loads.several[places]]
        # Steps that cost nothing come before those that do, and are there as well.
        laden = np.unique(places[mine])
        steps_of = [np.arange(1, one) for one in capacity[np.searchsorted(places, laden)].tolist()]
        lengths = [len(steps) for steps in steps_of]
        joined = np.concatenate([np.empty(0, dtype=np.int64), *steps_of])
        return np.repeat(laden, lengths), joined

    def _lines(self, row: int) -> list[tuple[Ints, Ints, Floats]]:
        """Return the entries of the lines: on counts, on groups, and on amounts."""
        lines = self.dual.lines
        keys = [(line.count, line.template) for line in lines]
        rows = row + np.arange(len(lines))
        counts = np.array([self.count_of[key] for key in keys], dtype=np.int64)
        templates = np.array([line.template for line in lines], dtype=np.int64)
        slopes = np.array([line.slope for line in lines], dtype=np.float64)
        intercepts = np.array([line.intercept for line in lines], dtype=np.float64)
        prices = np.array([self.price_of.get(key, -1) for key in keys], dtype=np.int64)
        soft = prices >= 0
        return [
            (rows, self._first_count + counts, slopes),
            (rows, self.seats + templates, intercepts),
            (rows[soft], self._first_price + prices[soft], np.full(int(soft.sum()), -1.0)),
        ]

    def _counts(self, row: int) -> list[tuple[Ints, Ints, Floats]]:
        """Return the entries by which counts are the sums of their seats."""
        numbers = np.arange(len(self.count_of))
        entries = [(row + numbers, self._first_count + numbers, np.full(len(numbers), -1.0))]
        by_template = np.argsort(self.seat_template, kind="stable")
        ends = np.searchsorted(self.seat_template[by_template], np.arange(self.templates + 1))
        for (count, template), number in self.count_of.items():
            mine = by_template[ends[template] : ends[template + 1]]
            mine = mine[self.dual.masks[count, self.seat_person[mine]]]
            entries.append((np.full(len(mine), row + number), mine, np.ones(len(mine))))
        return entries

    def _held(self, tier: int, held: Sequence[float]) -> SparseRows:
        """Return the rows with one more for each earlier tier."""
        rows = self._matrix
        entries = [(rows.rows, rows.columns, rows.values)]
        upper = []
        slack = SLACK * (self.share < 1) + WHOLE_SLACK
        for number in range(tier):
            places = np.flatnonzero(self.costs[number])
            row = np.full(len(places), len(rows.upper) + number)
            entries.append((row, places, self.costs[number][places]))
            most = held[number] * self.share * (1 + slack) + SLACK
            upper.append(most - self.out[number])
        return SparseRows(
            *_joined(entries),
            np.concatenate([rows.lower, np.full(tier, -np.inf)]),
            np.concatenate([rows.upper, np.array(upper)]),
        )

    def _box(self) -> tuple[Floats, Floats]:
        """Return the least and the most of every variable."""
        most = np.full(self.variables, 1e9)
        most[: self.seats] = self.weights[self._seat_row]
        load_row = np.searchsorted(self.people, self.dual.loads.several[self._loaded])
        most[self._first_load :] = self.weights[load_row]
        most[self.seats : self._first_count] = self.dual.most * self.share
        return np.zeros(self.variables), most

    def _cost(self, tier: int) -> Floats:
        """Cost of every variable in a tier."""
        dual = self.dual
        cost = np.zeros(self.variables)
        cost[: self.seats] = dual.direct(tier, self.seat_person, self.seat_template)
        cost[self.seats : self._first_count] = dual.per_group[tier]
        for (count, _), place in self.price_of.items():
            if dual.compiled.counts[count].tier == tier:
                cost[self._first_price + place] = 1.0
        cost[self._first_load :] = dual.loads.further[tier, self._loaded, self._load_step]
        return cost


def _joined(entries: Sequence[tuple[Ints, Ints, Floats]]) -> tuple[Ints, Ints, Floats]:
    rows, columns, values = zip(*entries, strict=True)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(values)
