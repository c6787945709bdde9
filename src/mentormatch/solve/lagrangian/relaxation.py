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

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import HARD
from mentormatch.solve.lagrangian.dual import Floats, LagrangianDual, Multipliers

SAMPLE = 1_000
"""Students in the sample; beyond it prices hardly change."""
SLACK = 0.005
"""How much more than held an earlier tier may cost in the sample: a share, and so much besides."""


@dataclass(frozen=True)
class SampleSolution:
    """What the relaxation over the sample says: prices, and groups scaled up to everybody."""

    prices: Multipliers
    groups: Floats
    value: float


class SampledRelaxation:
    """The relaxation over the first people in canonical order, which is a random sample."""

    def __init__(self, dual: LagrangianDual, size: int = SAMPLE) -> None:
        compiled = dual.compiled
        self.dual = dual
        everybody, students = len(compiled.round_.people), compiled.students
        self.share = min(1.0, size / max(students, 1))
        mentors = ceil((everybody - students) * self.share)
        self.people = np.concatenate(
            [np.arange(ceil(students * self.share)), np.arange(students, students + mentors)]
        )
        rows, columns = np.nonzero(compiled.allowed[self.people] & (dual.most > 0))
        self.seat_person, self.seat_template = self.people[rows], columns
        self._seat_row = rows
        self.seats = len(rows)
        self.templates = len(compiled.templates)
        keys = {(line.count, line.template) for line in dual.soft}
        self.price_of = {key: place for place, key in enumerate(sorted(keys))}

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
        if not vertex:
            settings.highs.string_options["run_crossover"] = "off"
        try:
            result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=settings)
        except Exception:  # noqa: BLE001  # Raised where the solver stops without a status.
            return None if vertex else self.solve(tier, held, clock, vertex=True)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            if result.termination.limit == mathopt.Limit.TIME:
                # The solver can stop a moment before the clock is over.
                clock.note()
            return None
        duals = np.zeros(len(proto.linear_constraints.ids))
        if result.has_dual_feasible_solution():
            for row, dual in result.dual_values().items():
                duals[row.id] = dual
        elif not vertex:
            # A program with nothing to choose, for one, ends without; any prices bound, so then
            # those of a corner or none do.
            return self.solve(tier, held, clock, vertex=True)
        groups = np.array(
            [
                result.variable_values(model.get_variable(self.seats + template))
                for template in range(self.templates)
            ]
        )
        lines = np.abs(duals[len(self.people) : len(self.people) + len(self.dual.lines)])
        first = len(self.people) + len(self.dual.lines)
        prices = Multipliers(lines, np.abs(duals[first : first + tier]))
        return SampleSolution(
            prices, groups / self.share, (result.objective_value() + fixed) / self.share
        )

    def free(self, tier: int) -> SampleSolution:
        """Return what a tier costs where nothing that people share is scarce: all prices nothing.

        The sample cannot reach less, and often just that.
        """
        dual = self.dual
        direct = np.zeros(len(self.people))
        seats = dual.direct(tier, self.seat_person, self.seat_template)
        np.minimum.at(direct, self._seat_row, seats)
        least = float(direct @ dual.compiled.capacity[self.people])
        least += float(np.minimum(0.0, dual.per_group[tier]) @ dual.most) * self.share
        prices = Multipliers(np.zeros(len(dual.lines)), np.zeros(tier))
        return SampleSolution(prices, np.zeros(self.templates), dual.out[tier] + least / self.share)

    def _proto(self, tier: int, held: Sequence[float]) -> tuple[model_pb2.ModelProto, float]:
        dual, compiled = self.dual, self.dual.compiled
        count_of_seat = dual.masks[:, self.seat_person]
        entries: list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]] = []
        people = len(self.people)
        seats = np.arange(self.seats)
        entries.append((self._seat_row.astype(np.int64), seats, np.ones(self.seats)))
        upper = compiled.capacity[self.people].astype(np.float64).tolist()
        in_template = [np.flatnonzero(self.seat_template == t) for t in range(self.templates)]
        first_price = self.seats + self.templates
        first_count = first_price + len(self.price_of)
        for place, line in enumerate(dual.lines):
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
            row = people + len(dual.lines) + number
            entries.append((np.full(len(places), row), places, costs[number][places]))
            most = held[number] * self.share * (1 + SLACK) + SLACK
            upper.append(most - dual.out[number] * self.share)
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
        tops[self.seats : first_price] = dual.most * self.share
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
        return proto, float(dual.out[tier] * self.share)

    def _costs(self, tier: int) -> Floats:
        """Cost of every variable in a tier."""
        dual = self.dual
        cost = np.zeros(self.seats + self.templates + 2 * len(self.price_of))
        cost[: self.seats] = dual.direct(tier, self.seat_person, self.seat_template)
        cost[self.seats : self.seats + self.templates] = dual.per_group[tier]
        for (count, _), place in self.price_of.items():
            if dual.compiled.counts[count].tier == tier:
                cost[self.seats + self.templates + place] = 1.0
        return cost
