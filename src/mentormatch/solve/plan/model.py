"""The plan as an integer program over blocks of interchangeable groups.

With x[p,j] = 1 if person p is in block j, and k[j] groups open in block j,

    sum_j x[s,j] <= 1                       a student is in at most one group
    sum_j x[m,j] <= capacity[m]             and in at most one block of overlapping slots
    lb k[j] <= sum_{p in S} x[p,j] <= ub k[j]          hard counts of a set S
    sum_{p in C} x[p,j] <= k[j]                        cliques C of people kept apart
    z[j,S] >= f(n) k[j] + (f(n+1) - f(n)) (sum_{p in S} x[p,j] - n k[j])    for n = 0, 1, ...

The last rows are the epigraph form of the cost f of a convex count: k groups cost least when the
set is spread evenly over them, and that cost is the maximum of these lines (Boyd, S. and
Vandenberghe, L. (2004). Convex Optimization, section 4.1.3. Cambridge University Press.
doi:10.1017/CBO9780511804441). Costs that are not convex are stated by y[j,n], the number of
groups with n of the set, which is exact for any f. The variables, and who can be where, are here;
what each kind of form adds is in `encode`.
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
"""The number of no block, for costs that belong to a person."""


@dataclass
class Objective:
    """A tier's cost as a linear expression, term by term, each with its block."""

    variables: list[cp_model.IntVar] = field(default_factory=list)
    prices: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    constant: int = 0

    def add(self, variables: Iterable[cp_model.IntVar], price: int, block: int) -> None:
        """Add a term for each of some variables, with the same coefficient."""
        for variable in variables:
            self.variables.append(variable)
            self.prices.append(price)
            self.blocks.append(block)

    @property
    def expression(self) -> cp_model.LinearExprT:
        """The expression for the solver."""
        return cp_model.LinearExpr.weighted_sum(self.variables, self.prices) + self.constant

    @property
    def magnitude(self) -> int:
        """An upper bound of the absolute value.

        A variable that can only be 0 counts as 1: CP-SAT checks coefficients of those, too.
        """
        magnitude = abs(self.constant)
        for variable, price in zip(self.variables, self.prices, strict=True):
            magnitude += abs(price) * max(1, *map(abs, variable.proto.domain))
        return magnitude

    def costs(self, value: Sequence[int]) -> dict[int, int]:
        """Return the cost by block, given the values of all variables."""
        total = {NOWHERE: self.constant}
        for variable, price, block in zip(self.variables, self.prices, self.blocks, strict=True):
            total[block] = total.get(block, 0) + price * value[variable.index]
        return total


@dataclass(frozen=True)
class PlannedBlock:
    """A block of a solved plan.

    Attributes
    ----------
    block
        The block.
    people
        The people in it.
    groups
        The number of their groups, at least 1.
    costs
        What it costs in each tier by the plan; its groups cannot cost less.
    """

    block: GroupBlock
    people: tuple[int, ...]
    groups: int
    costs: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """A solved plan: its open blocks, and its cost in each tier."""

    blocks: tuple[PlannedBlock, ...]
    values: tuple[int, ...]


class PlanModel:
    """The integer program for some people and blocks, without what forms add.

    Parameters
    ----------
    compiled
        The problem.
    blocks
        Where groups can meet.
    people
        People included; None for everybody.
    placed
        Whether this assigns people to groups that are planned: everybody is placed exactly once,
        every block is open, and forms on numbers of groups, which the plan decided, are left out.
    """

    def __init__(
        self,
        compiled: Compiled,
        blocks: Sequence[GroupBlock],
        *,
        people: Iterable[int] | None = None,
        placed: bool = False,
    ) -> None:
        self.compiled = compiled
        self.blocks = tuple(blocks)
        self.model = cp_model.CpModel()
        self.variables: list[cp_model.IntVar] = []
        self.objectives = [Objective() for _ in range(compiled.tiers)]
        self._one: cp_model.IntVar | None = None
        self._floor: dict[int, int] = {}
        self._epigraphs: list[tuple[int, list[tuple[list[int], list[int]]]]] = []
        everybody = range(len(compiled.round_.people))
        self.people = sorted(people) if people is not None else list(everybody)
        self.here: NDArray[np.bool_] = np.zeros(len(everybody), dtype=np.bool_)
        self.here[self.people] = True
        self.caps = Caps(compiled)
        self.groups = [self.integer(0, block.max_groups) for block in self.blocks]
        self.seats: list[dict[int, cp_model.IntVar]] = [
            {
                int(person): self.boolean()
                for person in np.flatnonzero(compiled.allowed[:, block.template] & self.here)
            }
            for block in self.blocks
        ]
        self._places(placed)
        self._slots()
        self._openings(placed)
        self._whole_groups()
        self._person_costs()

    def one(self) -> cp_model.IntVar:
        """Return a variable fixed to 1, for the constants of lines."""
        if self._one is None:
            self._one = self.integer(1, 1)
        return self._one

    def epigraph_variable(self, lines: Sequence[Terms], lb: int, ub: int) -> cp_model.IntVar:
        """Return a new variable in ``lb..ub`` that is at least as large as every line."""
        price = self.integer(lb, ub)
        kept = []
        for variables, slopes in lines:
            self.model.add(price >= cp_model.LinearExpr.weighted_sum(variables, slopes))
            kept.append(([variable.index for variable in variables], list(slopes)))
        self._epigraphs.append((price.index, kept))
        self._floor[price.index] = lb
        return price

    @property
    def epigraph_variables(self) -> set[int]:
        """Indices of the epigraph variables, which are integral where all others are."""
        return {place for place, _ in self._epigraphs}

    def recompute_epigraph(self, values: Sequence[int]) -> list[int]:
        """Return the same plan with every epigraph variable at its smallest value."""
        tight = list(values)
        for place, lines in self._epigraphs:
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
        blocks = tuple(
            PlannedBlock(
                block,
                tuple(person for person, seat in self.seats[number].items() if values[seat.index]),
                values[self.groups[number].index],
                tuple(cost.get(number, 0) for cost in costs),
            )
            for number, block in enumerate(self.blocks)
            if values[self.groups[number].index]
        )
        return Plan(blocks, tuple(sum(cost.values()) for cost in costs))

    def hint(self, values: Sequence[int]) -> None:
        """Give a complete solution to the next search as a warm start."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for variable, value in zip(self.variables, values, strict=True):
            self.model.add_hint(variable, value)

    def boolean(self) -> cp_model.IntVar:
        """Return a new variable 0 or 1."""
        return self.integer(0, 1)

    def integer(self, lb: int, ub: int) -> cp_model.IntVar:
        """Return a new variable in ``lb..ub``."""
        if (lb, ub) == (0, 1):
            variable = self.model.new_bool_var("")
        else:
            variable = self.model.new_int_var(lb, ub, "")
        self.variables.append(variable)
        return variable

    def _places(self, placed: bool) -> None:
        """A person is in at most so many blocks, or in exactly one if they are to be placed."""
        seats: dict[int, list[cp_model.IntVar]] = {person: [] for person in self.people}
        for block in self.seats:
            for person, seat in block.items():
                seats[person].append(seat)
        self.seats_of = seats
        for person, mine in seats.items():
            capacity = int(self.compiled.capacity[person])
            if placed:
                self.model.add(sum(mine) == 1)
            elif len(mine) > capacity:
                if capacity == 1:
                    self.model.add_at_most_one(mine)
                else:
                    self.model.add(sum(mine) <= capacity)

    def _slots(self) -> None:
        """People have at most one group at a time, and slots at most so many groups."""
        of_template: dict[int, list[int]] = {}
        for number, block in enumerate(self.blocks):
            of_template.setdefault(block.template, []).append(number)
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
        for number, block in enumerate(self.blocks):
            slot = self.compiled.templates[block.template].plan.slot
            by_slot.setdefault(slot, []).append(number)
        for slot, numbers in sorted(by_slot.items()):
            rooms = self.compiled.rooms.get(slot)
            if rooms is not None and sum(self.blocks[one].max_groups for one in numbers) > rooms:
                self.model.add(sum(self.groups[one] for one in numbers) <= rooms)

    def _openings(self, placed: bool) -> None:
        """A group has a student; single openings of one template open in order."""
        students = self.compiled.students
        for groups, seats in zip(self.groups, self.seats, strict=True):
            mine = [seat for person, seat in seats.items() if person < students]
            self.model.add(sum(mine) >= groups)
            for seat in seats.values():
                # Implied by limits of sizes, but not in the LP relaxation.
                self.model.add(seat <= groups)
        if placed:
            for groups in self.groups:
                self.model.add(groups == 1)
        for number in range(1, len(self.blocks)):
            if (
                self.blocks[number] == self.blocks[number - 1]
                and self.blocks[number].max_groups == 1
            ):
                self.model.add(self.groups[number] <= self.groups[number - 1])

    def _whole_groups(self) -> None:
        """The number of groups is at most the integer number that a set's people make up.

        Where every group needs two or more of a set, the LP relaxation would run half a group
        with half of them; this row cuts that off.
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
            if total < sum(block.max_groups for block in self.blocks):
                self.model.add(sum(self.groups) <= total)

    def _person_costs(self) -> None:
        for objective, cost in zip(self.objectives, self.compiled.cost, strict=True):
            for number, block in enumerate(self.blocks):
                prices = cost[:, block.template].tolist()
                for person, seat in self.seats[number].items():
                    if prices[person]:
                        objective.add([seat], prices[person], number)
