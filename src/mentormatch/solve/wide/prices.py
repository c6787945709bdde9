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
from datetime import timedelta
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2  # type: ignore[import-untyped]  # ortools ships no types
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]  # likewise

from mentormatch.rules.forms import table_value
from mentormatch.solve.clock import Clock
from mentormatch.solve.columns import Caps, intervals, most_groups
from mentormatch.solve.compiled import HARD, Compiled, Count

Floats = NDArray[np.float64]

SAMPLE = 1_500
"""Students in the sample; beyond it prices hardly change."""
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
        for line, price in zip(self.lines, rounded.tolist(), strict=True):
            if price:
                on_count[line.count, line.template] += price * line.slope
                on_groups[line.template] += price * line.intercept
        on_groups += weights @ self.per_group
        total = float(weights @ self.out) - float(weights[:tier] @ np.array(held[:tier]))
        total += float(np.minimum(0.0, on_groups * self.most).sum())
        total += self._people(weights, on_count)
        return ceil(total / SCALE)

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


@dataclass(frozen=True)
class Sampled:
    """What the relaxation over the sample says: prices, and groups scaled up to everybody."""

    prices: Prices
    groups: Floats
    value: float


class SampleProgram:
    """The relaxation over the first people in canonical order, which is a random sample."""

    def __init__(self, market: Market, size: int = SAMPLE) -> None:
        compiled = market.compiled
        self.market = market
        everybody, students = len(compiled.around.people), compiled.students
        self.share = min(1.0, size / max(students, 1))
        mentors = ceil((everybody - students) * self.share)
        self.people = np.concatenate(
            [np.arange(ceil(students * self.share)), np.arange(students, students + mentors)]
        )
        rows, columns = np.nonzero(compiled.allowed[self.people] & (market.most > 0))
        self.seat_person, self.seat_template = self.people[rows], columns
        self._seat_row = rows
        self.seats = len(rows)
        self.templates = len(compiled.templates)
        keys = {(line.count, line.template) for line in market.soft}
        self.price_of = {key: place for place, key in enumerate(sorted(keys))}

    def solve(self, tier: int, held: Sequence[int], clock: Clock) -> Sampled | None:
        """Return prices for a tier with the earlier ones held; None if there are none."""
        proto, fixed = self._proto(tier, held)
        model = mathopt.Model.from_model_proto(proto)
        left = clock.remaining
        limit = None if left is None else timedelta(seconds=max(left, 0.01))
        settings = mathopt.SolveParameters(
            time_limit=limit, lp_algorithm=mathopt.LPAlgorithm.BARRIER
        )
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=settings)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        duals = np.zeros(len(proto.linear_constraints.ids))
        for row, dual in result.dual_values().items():
            duals[row.id] = dual
        groups = np.array(
            [
                result.variable_values(model.get_variable(self.seats + template))
                for template in range(self.templates)
            ]
        )
        lines = np.abs(duals[len(self.people) : len(self.people) + len(self.market.lines)])
        first = len(self.people) + len(self.market.lines)
        prices = Prices(lines, np.abs(duals[first : first + tier]))
        return Sampled(prices, groups / self.share, (result.objective_value() + fixed) / self.share)

    def _proto(self, tier: int, held: Sequence[int]) -> tuple[model_pb2.ModelProto, float]:
        market, compiled = self.market, self.market.compiled
        count_of_seat = market.masks[:, self.seat_person]
        entries: list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]] = []
        people = len(self.people)
        seats = np.arange(self.seats)
        entries.append((self._seat_row.astype(np.int64), seats, np.ones(self.seats)))
        upper = compiled.capacity[self.people].astype(np.float64).tolist()
        in_template = [np.flatnonzero(self.seat_template == t) for t in range(self.templates)]
        first_price = self.seats + self.templates
        for place, line in enumerate(market.lines):
            mine = in_template[line.template]
            mine = mine[count_of_seat[line.count, mine]]
            row = people + place
            columns = [*mine.tolist(), self.seats + line.template]
            values = [float(line.slope)] * len(mine) + [float(line.intercept)]
            if compiled.counts[line.count].tier != HARD:
                columns.append(first_price + self.price_of[line.count, line.template])
                values.append(-1.0)
            entries.append(
                (np.full(len(columns), row), np.array(columns), np.array(values, dtype=float))
            )
            upper.append(0.0)
        costs = [self._costs(number) for number in range(tier + 1)]
        for number in range(tier):
            places = np.flatnonzero(costs[number])
            row = people + len(market.lines) + number
            entries.append((np.full(len(places), row), places, costs[number][places]))
            upper.append((held[number] - market.out[number]) * self.share)
        proto = model_pb2.ModelProto()
        total = first_price + len(self.price_of)
        tops = np.full(total, 1e9)
        tops[: self.seats] = 1.0
        tops[self.seats : first_price] = market.most * self.share
        proto.variables.ids.extend(range(total))
        proto.variables.lower_bounds.extend([0.0] * total)
        proto.variables.upper_bounds.extend(tops.tolist())
        proto.variables.integers.extend([False] * total)
        proto.objective.linear_coefficients.ids.extend(np.flatnonzero(costs[tier]).tolist())
        proto.objective.linear_coefficients.values.extend(costs[tier][costs[tier] != 0].tolist())
        proto.linear_constraints.ids.extend(range(len(upper)))
        proto.linear_constraints.lower_bounds.extend([-np.inf] * len(upper))
        proto.linear_constraints.upper_bounds.extend(upper)
        rows = np.concatenate([entry[0] for entry in entries])
        columns_ = np.concatenate([entry[1] for entry in entries])
        values_ = np.concatenate([entry[2] for entry in entries])
        order = np.lexsort((columns_, rows))
        matrix = proto.linear_constraint_matrix
        matrix.row_ids.extend(rows[order].tolist())
        matrix.column_ids.extend(columns_[order].tolist())
        matrix.coefficients.extend(values_[order].tolist())
        return proto, float(market.out[tier] * self.share)

    def _costs(self, tier: int) -> Floats:
        """Cost of every variable in a tier."""
        market = self.market
        total = self.seats + self.templates + len(self.price_of)
        cost = np.zeros(total)
        cost[: self.seats] = market.direct[tier, self.seat_person, self.seat_template]
        cost[self.seats : self.seats + self.templates] = market.per_group[tier]
        for (count, _), place in self.price_of.items():
            if market.compiled.counts[count].tier == tier:
                cost[self.seats + self.templates + place] = 1.0
        return cost
