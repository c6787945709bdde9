"""The plan as an integer program over columns.

With x[p,j] for person p in column j, and k[j] for the groups open in it,

    sum_j x[s,j] <= 1                       a student is in one group at most
    sum_j x[m,j] <= capacity[m]             and one column at most among overlapping slots
    lo k[j] <= sum_{p in S} x[p,j] <= hi k[j]          hard counts of a set S
    sum_{p in C} x[p,j] <= k[j]                        cliques C of people kept apart
    z[j,S] >= f(n) k[j] + (f(n+1) - f(n)) (sum_{p in S} x[p,j] - n k[j])    for n = 0, 1, ...

The last is the price f of a convex count: with k groups it is least when the set is spread
evenly over them, and that least cost is exactly the maximum of these lines. Other prices go by
y[j,n], the number of groups with n of the set, which is exact for any f.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from mentormatch.rules.forms import table_value
from mentormatch.solve.columns import Caps, Column, intervals
from mentormatch.solve.compiled import HARD, Compiled, Count, clique_cover

NOWHERE = -1
"""In place of a column's number, for prices of a person and not of a column."""


@dataclass
class Objective:
    """A tier's cost as a linear expression being collected, each term with its column."""

    variables: list[cp_model.IntVar] = field(default_factory=list)
    prices: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    constant: int = 0

    def add(self, variables: Iterable[cp_model.IntVar], price: int, column: int) -> None:
        """Add a price on each of some variables."""
        for variable in variables:
            self.variables.append(variable)
            self.prices.append(price)
            self.columns.append(column)

    @property
    def expression(self) -> cp_model.LinearExprT:
        """The expression for the solver."""
        return cp_model.LinearExpr.weighted_sum(self.variables, self.prices) + self.constant

    def costs(self, value: Mapping[int, int]) -> dict[int, int]:
        """Return the cost by column, given the values of variables by index."""
        total = {NOWHERE: self.constant}
        for variable, price, column in zip(self.variables, self.prices, self.columns, strict=True):
            total[column] = total.get(column, 0) + price * value[variable.index]
        return total


@dataclass(frozen=True)
class Planned:
    """A column of a solved plan.

    Attributes
    ----------
    column
        Where.
    people
        Who is in it.
    groups
        In how many groups, at least 1.
    costs
        What the plan counts for it in each tier; its groups can cost no less.
    """

    column: Column
    people: tuple[int, ...]
    groups: int
    costs: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """A solved plan: its open columns, and the cost of each tier."""

    columns: tuple[Planned, ...]
    values: tuple[int, ...]


class PlanModel:
    """The integer program for some people and columns.

    Parameters
    ----------
    compiled
        The problem.
    columns
        Where groups can be.
    people
        Whom it is about; None for everybody. Others are as if they were not there.
    placed
        Whether to deal people into groups: every one of them is placed exactly once and every
        column is open; how many groups somebody is in elsewhere then has no part in it.
    """

    def __init__(
        self,
        compiled: Compiled,
        columns: Sequence[Column],
        *,
        people: Iterable[int] | None = None,
        placed: bool = False,
    ) -> None:
        self.compiled = compiled
        self.columns = tuple(columns)
        self.model = cp_model.CpModel()
        self.variables: list[cp_model.IntVar] = []
        self.objectives = [Objective() for _ in range(compiled.tiers)]
        everybody = range(len(compiled.around.people))
        self.people = sorted(people) if people is not None else list(everybody)
        self._here: NDArray[np.bool_] = np.zeros(len(everybody), dtype=np.bool_)
        self._here[self.people] = True
        self._caps = Caps(compiled)
        self.groups = [self._integer(column.most) for column in self.columns]
        self.seats: list[dict[int, cp_model.IntVar]] = [
            {
                int(person): self._boolean()
                for person in np.flatnonzero(compiled.allowed[:, column.template] & self._here)
            }
            for column in self.columns
        ]
        self._places(placed)
        self._slots()
        self._openings(placed)
        self._person_costs()
        if not placed:
            self._loads()
        for number in range(len(self.columns)):
            for count in compiled.counts:
                self._count(number, count)
        self._pairs()

    def read(self, values: Sequence[int]) -> Plan:
        """Return the plan that values of all the variables describe."""
        value = {
            variable.index: number for variable, number in zip(self.variables, values, strict=True)
        }
        costs = [objective.costs(value) for objective in self.objectives]
        columns = tuple(
            Planned(
                column,
                tuple(person for person, seat in self.seats[number].items() if value[seat.index]),
                value[self.groups[number].index],
                tuple(cost.get(number, 0) for cost in costs),
            )
            for number, column in enumerate(self.columns)
            if value[self.groups[number].index]
        )
        return Plan(columns, tuple(sum(cost.values()) for cost in costs))

    def hint(self, values: Sequence[int]) -> None:
        """Start the next search from a complete solution."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for variable, value in zip(self.variables, values, strict=True):
            self.model.add_hint(variable, value)

    def _boolean(self) -> cp_model.IntVar:
        return self._integer(1)

    def _integer(self, most: int, least: int = 0) -> cp_model.IntVar:
        if (least, most) == (0, 1):
            variable = self.model.new_bool_var("")
        else:
            variable = self.model.new_int_var(least, most, "")
        self.variables.append(variable)
        return variable

    def _places(self, placed: bool) -> None:
        seats: dict[int, list[cp_model.IntVar]] = {person: [] for person in self.people}
        for column in self.seats:
            for person, seat in column.items():
                seats[person].append(seat)
        self._seats_of = seats
        for person, mine in seats.items():
            most = int(self.compiled.capacity[person])
            if placed:
                self.model.add(sum(mine) == 1)
            elif len(mine) > most:
                if most == 1:
                    self.model.add_at_most_one(mine)
                else:
                    self.model.add(sum(mine) <= most)

    def _slots(self) -> None:
        """At most one column among overlapping slots for whoever may have several."""
        of_template: dict[int, list[int]] = {}
        for number, column in enumerate(self.columns):
            of_template.setdefault(column.template, []).append(number)
        busy = [person for person in self.people if self.compiled.capacity[person] > 1]
        for templates in self.compiled.slot_groups():
            numbers = [number for one in templates for number in of_template.get(one, ())]
            for person in busy:
                mine = [
                    self.seats[number][person] for number in numbers if person in self.seats[number]
                ]
                if len(mine) > 1:
                    self.model.add_at_most_one(mine)
        by_slot: dict[str, list[int]] = {}
        for number, column in enumerate(self.columns):
            slot = self.compiled.templates[column.template].plan.slot
            by_slot.setdefault(slot, []).append(number)
        for slot, numbers in sorted(by_slot.items()):
            rooms = self.compiled.around.slot[slot].max_groups
            if rooms is not None and sum(self.columns[one].most for one in numbers) > rooms:
                self.model.add(sum(self.groups[one] for one in numbers) <= rooms)

    def _openings(self, placed: bool) -> None:
        """A group has a student; openings of one template open in order."""
        students = self.compiled.students
        for groups, seats in zip(self.groups, self.seats, strict=True):
            mine = [seat for person, seat in seats.items() if person < students]
            self.model.add(sum(mine) >= groups)
            for seat in seats.values():
                # Implied for students of bounded groups, but it makes the relaxation see it.
                self.model.add(seat <= groups)
        if placed:
            for groups in self.groups:
                self.model.add(groups == 1)
        for number in range(1, len(self.columns)):
            if self.columns[number] == self.columns[number - 1] and self.columns[number].most == 1:
                self.model.add(self.groups[number] <= self.groups[number - 1])

    def _person_costs(self) -> None:
        for objective, cost in zip(self.objectives, self.compiled.cost, strict=True):
            for number, column in enumerate(self.columns):
                prices = cost[:, column.template].tolist()
                for person, seat in self.seats[number].items():
                    if prices[person]:
                        objective.add([seat], prices[person], number)

    def _loads(self) -> None:
        for load in self.compiled.loads:
            for person, table in zip(load.people.tolist(), load.table.tolist(), strict=True):
                if not self._here[person]:
                    continue
                seats = self._seats_of[person]
                most = min(int(self.compiled.capacity[person]), len(seats))
                amounts = [table[min(number, len(table) - 1)] for number in range(most + 1)]
                steps = [self._boolean() for _ in range(most)] if most > 1 else list(seats)
                if most > 1:
                    self.model.add(sum(steps) == sum(seats))
                    for earlier, later in pairwise(steps):
                        self.model.add(later <= earlier)
                if load.tier == HARD:
                    self._ban_loads(amounts, steps, most)
                    continue
                objective = self.objectives[load.tier]
                objective.constant += load.weight * amounts[0]
                if most == 1:
                    objective.add(seats, load.weight * (amounts[1] - amounts[0]), NOWHERE)
                else:
                    for number, step in enumerate(steps):
                        price = load.weight * (amounts[number + 1] - amounts[number])
                        objective.add([step], price, NOWHERE)

    def _ban_loads(
        self, amounts: Sequence[int], steps: Sequence[cp_model.IntVar], most: int
    ) -> None:
        if most <= 1:
            if amounts[0]:
                self.model.add(sum(steps) >= 1)
            if most and amounts[1]:
                self.model.add(sum(steps) == 0)
            return
        for number, amount in enumerate(amounts):
            if amount:
                # Exactly this load: the step to it is taken and the next is not.
                reached = steps[number - 1] if number else 1
                passed = steps[number] if number < most else 0
                self.model.add(reached - passed <= 0)

    def _count(self, number: int, count: Count) -> None:
        column, groups = self.columns[number], self.groups[number]
        if not count.applies(column.template):
            return
        seats = self.seats[number]
        mine = [seats[person] for person in count.members.tolist() if person in seats]
        cap = self._caps.cap(count, column.template, len(mine))
        if count.tier == HARD:
            self._hard_count(count, groups, column.most, mine, cap)
        else:
            self._count_price(count, number, mine, cap)

    def _hard_count(
        self,
        count: Count,
        groups: cp_model.IntVar,
        most: int,
        mine: Sequence[cp_model.IntVar],
        cap: int,
    ) -> None:
        runs = intervals(count.table, cap)
        if not runs:
            self.model.add(groups == 0)
            return
        total = sum(mine)
        if len(runs) == 1:
            first, last = runs[0]
            if first > 0:
                self.model.add(total >= first * groups)
            if last < len(mine):
                self.model.add(total <= last * groups)
            return
        parts = [self._integer(most) for _ in runs]
        self.model.add(sum(parts) == groups)
        self.model.add(
            total >= sum(first * part for (first, _), part in zip(runs, parts, strict=True))
        )
        self.model.add(
            total <= sum(last * part for (_, last), part in zip(runs, parts, strict=True))
        )

    def _count_price(
        self,
        count: Count,
        number: int,
        mine: Sequence[cp_model.IntVar],
        cap: int,
    ) -> None:
        groups, most = self.groups[number], self.columns[number].most
        objective = self.objectives[count.tier]
        amounts = [count.weight * table_value(count.table, n) for n in range(cap + 1)]
        steps = [after - before for before, after in pairwise(amounts)]
        if len(set(steps)) <= 1:
            slope = steps[0] if steps else 0
            if amounts[0]:
                objective.add([groups], amounts[0], number)
            if slope:
                objective.add(mine, slope, number)
            return
        if steps == sorted(steps):
            price = self._integer(most * max(*amounts, 0), min(most * min(amounts), 0))
            for n, slope in enumerate(steps):
                if n and slope == steps[n - 1]:
                    continue
                line = amounts[n] - slope * n
                self.model.add(price >= slope * sum(mine) + line * groups)
            objective.add([price], 1, number)
            return
        with_n = [self._integer(most) for _ in amounts]
        self.model.add(sum(with_n) == groups)
        self.model.add(sum(n * part for n, part in enumerate(with_n)) == sum(mine))
        for part, amount in zip(with_n, amounts, strict=True):
            objective.add([part], amount, number)

    def _pairs(self) -> None:
        apart: dict[int, set[int]] = {}
        for pairs in self.compiled.pairs:
            places, amounts = pairs.pairs.tolist(), pairs.amount.tolist()
            for (one, other), amount in zip(places, amounts, strict=True):
                if not self._here[one]:
                    continue
                if pairs.together and not self._here[other]:
                    continue
                if pairs.tier == HARD and pairs.together:
                    apart.setdefault(one, set()).add(other)
                    apart.setdefault(other, set()).add(one)
                elif pairs.together:
                    self._meeting_price(one, other, pairs.tier, amount * pairs.weight)
                else:
                    self._parting(one, other, pairs.tier, amount * pairs.weight)
        rows: set[tuple[int, tuple[int, ...]]] = set()
        for clique in clique_cover(apart):
            for number, seats in enumerate(self.seats):
                mine = tuple(person for person in clique if person in seats)
                if len(mine) > 1 and (number, mine) not in rows:
                    rows.add((number, mine))
                    self.model.add(sum(seats[person] for person in mine) <= self.groups[number])

    def _meeting_price(self, one: int, other: int, tier: int, price: int) -> None:
        for number, seats in enumerate(self.seats):
            if one in seats and other in seats:
                met = self._boolean()
                self.model.add(met >= seats[one] + seats[other] - self.groups[number])
                self.objectives[tier].add([met], price, number)

    def _parting(self, one: int, other: int, tier: int, price: int) -> None:
        """Person `one` in a column without `other`."""
        for number, seats in enumerate(self.seats):
            if one not in seats:
                continue
            there = seats.get(other)
            if tier == HARD:
                self.model.add(seats[one] <= (0 if there is None else there))
            elif there is None:
                self.objectives[tier].add([seats[one]], price, number)
            else:
                missed = self._boolean()
                self.model.add(missed >= seats[one] - there)
                self.objectives[tier].add([missed], price, number)
