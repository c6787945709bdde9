"""The relaxation over a random sample of the people: what places are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2  # type: ignore[import-untyped]  # ortools ships no types
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]  # likewise

from mentormatch.solve.clock import Clock
from mentormatch.solve.compiled import HARD
from mentormatch.solve.wide.prices import Floats, Market, Prices

SAMPLE = 1_000
"""Students in the sample; beyond it prices hardly change."""
SLACK = 0.005
"""How much more than held an earlier tier may cost in the sample: a share, and so much besides."""


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

    def solve(
        self, tier: int, held: Sequence[float], clock: Clock, *, corner: bool
    ) -> Sampled | None:
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
        corner
            Whether to go on to a corner of the relaxation, whose groups are nearer to whole
            numbers; prices do as well without.
        """
        if clock.over:
            return None
        proto, fixed = self._proto(tier, held)
        model = mathopt.Model.from_model_proto(proto)
        left = clock.remaining
        limit = None if left is None else timedelta(seconds=max(left, 0.01))
        settings = mathopt.SolveParameters(
            time_limit=limit, lp_algorithm=mathopt.LPAlgorithm.BARRIER
        )
        if not corner:
            settings.highs.string_options["run_crossover"] = "off"
        try:
            result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=settings)
        except Exception:  # noqa: BLE001  # Raised where the solver stops without a status.
            return None if corner else self.solve(tier, held, clock, corner=True)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            if result.termination.limit == mathopt.Limit.TIME:
                # The solver can stop a moment before the clock is over.
                clock.note()
            return None
        duals = np.zeros(len(proto.linear_constraints.ids))
        if result.has_dual_feasible_solution():
            for row, dual in result.dual_values().items():
                duals[row.id] = dual
        elif not corner:
            # A program with nothing to choose, for one, ends without; any prices bound, so then
            # those of a corner or none do.
            return self.solve(tier, held, clock, corner=True)
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

    def free(self, tier: int) -> Sampled:
        """Return what a tier costs where nothing that people share is scarce: all prices nothing.

        The sample cannot reach less, and often just that.
        """
        market = self.market
        direct = np.zeros(len(self.people))
        seats = market.direct(tier, self.seat_person, self.seat_template)
        np.minimum.at(direct, self._seat_row, seats)
        least = float(direct @ market.compiled.capacity[self.people])
        least += float(np.minimum(0.0, market.per_group[tier]) @ market.most) * self.share
        prices = Prices(np.zeros(len(market.lines)), np.zeros(tier))
        return Sampled(prices, np.zeros(self.templates), market.out[tier] + least / self.share)

    def _proto(self, tier: int, held: Sequence[float]) -> tuple[model_pb2.ModelProto, float]:
        market, compiled = self.market, self.market.compiled
        count_of_seat = market.masks[:, self.seat_person]
        entries: list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]] = []
        people = len(self.people)
        seats = np.arange(self.seats)
        entries.append((self._seat_row.astype(np.int64), seats, np.ones(self.seats)))
        upper = compiled.capacity[self.people].astype(np.float64).tolist()
        in_template = [np.flatnonzero(self.seat_template == t) for t in range(self.templates)]
        first_price = self.seats + self.templates
        first_count = first_price + len(self.price_of)
        for place, line in enumerate(market.lines):
            row = people + place
            key = (line.count, line.template)
            if compiled.counts[line.count].tier == HARD:
                mine = in_template[line.template]
                mine = mine[count_of_seat[line.count, mine]]
                columns = [*mine.tolist(), self.seats + line.template]
                values = [float(line.slope)] * len(mine) + [float(line.intercept)]
            else:
                number = self.price_of[key]
                columns = [first_count + number, self.seats + line.template, first_price + number]
                values = [float(line.slope), float(line.intercept), -1.0]
            entries.append(
                (np.full(len(columns), row), np.array(columns), np.array(values, dtype=float))
            )
            upper.append(0.0)
        costs = [self._costs(number) for number in range(tier + 1)]
        for number in range(tier):
            places = np.flatnonzero(costs[number])
            row = people + len(market.lines) + number
            entries.append((np.full(len(places), row), places, costs[number][places]))
            most = held[number] * self.share * (1 + SLACK) + SLACK
            upper.append(most - market.out[number] * self.share)
        lower = [-np.inf] * len(upper)
        # A count has a variable of its own, so that its seats stand in one row and not in each
        # of its lines.
        for (count, template), number in self.price_of.items():
            mine = in_template[template]
            mine = mine[count_of_seat[count, mine]]
            columns = [*mine.tolist(), first_count + number]
            entries.append(
                (
                    np.full(len(columns), len(upper)),
                    np.array(columns),
                    np.array([1.0] * len(mine) + [-1.0]),
                )
            )
            upper.append(0.0)
            lower.append(0.0)
        proto = model_pb2.ModelProto()
        total = first_count + len(self.price_of)
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
        proto.linear_constraints.lower_bounds.extend(lower)
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
        cost = np.zeros(self.seats + self.templates + 2 * len(self.price_of))
        cost[: self.seats] = market.direct(tier, self.seat_person, self.seat_template)
        cost[self.seats : self.seats + self.templates] = market.per_group[tier]
        for (count, _), place in self.price_of.items():
            if market.compiled.counts[count].tier == tier:
                cost[self.seats + self.templates + place] = 1.0
        return cost
