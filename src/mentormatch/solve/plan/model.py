"""The plan as an integer program over columns.

With x[p,j] for person p in column j, and k[j] for the groups open in it,

    sum_j x[s,j] <= 1                       a student is in one group at most
    sum_j x[m,j] <= capacity[m]             and one column at most among overlapping slots
    lo k[j] <= sum_{p in S} x[p,j] <= hi k[j]          hard counts of a set S
    sum_{p in C} x[p,j] <= k[j]                        cliques C of people kept apart
    z[j,S] >= f(n) k[j] + (f(n+1) - f(n)) (sum_{p in S} x[p,j] - n k[j])    for n = 0, 1, ...

The last is the price f of a convex count: with k groups it is least when the set is spread
evenly over them, and that least cost is exactly the maximum of these lines. Other prices go by
y[j,n], the number of groups with n of the set, which is exact for any f. The variables, and who
can be where, are here; what each kind of form adds is in `encode`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from mentormatch.rules.forms import intervals
from mentormatch.solve.instance.compiled import HARD, Compiled
from mentormatch.solve.instance.hard_counts import Caps
from mentormatch.solve.plan.blocks import GroupBlock

Terms = tuple[Sequence[cp_model.IntVar], Sequence[int]]
"""Variables and their coefficients."""

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

    @property
    def most(self) -> int:
        """Most that it can cost, and the amount of what it can save.

        A variable that can only be 0 counts as 1: the solver takes no price beyond its numbers.
        """
        most = abs(self.constant)
        for variable, price in zip(self.variables, self.prices, strict=True):
            most += abs(price) * max(1, *map(abs, variable.proto.domain))
        return most

    def costs(self, value: Sequence[int]) -> dict[int, int]:
        """Return the cost by column, given the values of all variables."""
        total = {NOWHERE: self.constant}
        for variable, price, column in zip(self.variables, self.prices, self.columns, strict=True):
            total[column] = total.get(column, 0) + price * value[variable.index]
        return total


@dataclass(frozen=True)
class PlannedBlock:
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

    column: GroupBlock
    people: tuple[int, ...]
    groups: int
    costs: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """A solved plan: its open columns, and the cost of each tier."""

    columns: tuple[PlannedBlock, ...]
    values: tuple[int, ...]


class PlanModel:
    """The integer program for some people and columns, before prices on groups.

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
        columns: Sequence[GroupBlock],
        *,
        people: Iterable[int] | None = None,
        placed: bool = False,
    ) -> None:
        self.compiled = compiled
        self.columns = tuple(columns)
        self.model = cp_model.CpModel()
        self.variables: list[cp_model.IntVar] = []
        self.objectives = [Objective() for _ in range(compiled.tiers)]
        self._one: cp_model.IntVar | None = None
        self._floor: dict[int, int] = {}
        self._prices: list[tuple[int, list[tuple[list[int], list[int]]]]] = []
        everybody = range(len(compiled.round_.people))
        self.people = sorted(people) if people is not None else list(everybody)
        self.here: NDArray[np.bool_] = np.zeros(len(everybody), dtype=np.bool_)
        self.here[self.people] = True
        self.caps = Caps(compiled)
        self.groups = [self.integer(column.most) for column in self.columns]
        self.seats: list[dict[int, cp_model.IntVar]] = [
            {
                int(person): self.boolean()
                for person in np.flatnonzero(compiled.allowed[:, column.template] & self.here)
            }
            for column in self.columns
        ]
        self._places(placed)
        self._slots()
        self._openings(placed)
        self._whole_groups()
        self._person_costs()

    def one(self) -> cp_model.IntVar:
        """Return a variable that is always 1, for the constants of lines."""
        if self._one is None:
            self._one = self.integer(1, 1)
        return self._one

    def price(self, lines: Sequence[Terms], most: int, least: int = 0) -> cp_model.IntVar:
        """Return a new variable that is no less than each line, nor than `least`."""
        price = self.integer(most, least)
        kept = []
        for variables, slopes in lines:
            self.model.add(price >= cp_model.LinearExpr.weighted_sum(variables, slopes))
            kept.append(([variable.index for variable in variables], list(slopes)))
        self._prices.append((price.index, kept))
        self._floor[price.index] = least
        return price

    @property
    def priced(self) -> set[int]:
        """Indices of the prices, which are whole where all else is."""
        return {place for place, _ in self._prices}

    def recompute_epigraph(self, values: Sequence[int]) -> list[int]:
        """Return the same plan with every price as low as its lines let it be."""
        tight = list(values)
        for place, lines in self._prices:
            tight[place] = max(
                [self._floor[place]]
                + [
                    sum(tight[one] * slope for one, slope in zip(variables, slopes, strict=True))
                    for variables, slopes in lines
                ]
            )
        return tight

    def read(self, values: Sequence[int]) -> Plan:
        """Return the plan that values of all the variables describe."""
        costs = [objective.costs(values) for objective in self.objectives]
        columns = tuple(
            PlannedBlock(
                column,
                tuple(person for person, seat in self.seats[number].items() if values[seat.index]),
                values[self.groups[number].index],
                tuple(cost.get(number, 0) for cost in costs),
            )
            for number, column in enumerate(self.columns)
            if values[self.groups[number].index]
        )
        return Plan(columns, tuple(sum(cost.values()) for cost in costs))

    def hint(self, values: Sequence[int]) -> None:
        """Start the next search from a complete solution."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for variable, value in zip(self.variables, values, strict=True):
            self.model.add_hint(variable, value)

    def boolean(self) -> cp_model.IntVar:
        """Return a new variable 0 or 1."""
        return self.integer(1)

    def integer(self, most: int, least: int = 0) -> cp_model.IntVar:
        """Return a new variable in ``least..most``."""
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
        self.seats_of = seats
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
            rooms = self.compiled.round_.slot[slot].max_groups
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

    def _whole_groups(self) -> None:
        """No more groups in all than the people that each of them needs make up.

        Where every group has at least `least` of a set, half a group's worth of people is no
        group; the relaxation sees that only from this row.
        """
        for count in self.compiled.counts:
            if count.tier != HARD or count.templates is not None:
                continue
            runs = intervals(count.table, len(count.members))
            if not runs or runs[0][0] < 2:
                continue
            usable = sum(
                min(int(self.compiled.capacity[person]), len(self.seats_of[person]))
                for person in count.members.tolist()
                if self.here[person]
            )
            total = usable // runs[0][0]
            if total < sum(column.most for column in self.columns):
                self.model.add(sum(self.groups) <= total)

    def _person_costs(self) -> None:
        for objective, cost in zip(self.objectives, self.compiled.cost, strict=True):
            for number, column in enumerate(self.columns):
                prices = cost[:, column.template].tolist()
                for person, seat in self.seats[number].items():
                    if prices[person]:
                        objective.add([seat], prices[person], number)
