"""What one more mentor, or another size of groups, is worth by the prices of the relaxation.

The relaxation's duals y say what every row costs. A mentor who could be had for a slot is in the
program, but may be used as little as EPSILON; their worth there is what their seat x saves,

    worth = - (c[x] - sum over rows r of a[r,x] y[r])

and a size of groups is worth what its rows cost, ``|y[r]| k[j]`` for the k groups of column j.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.data.problem import Problem
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import HARD, Compiled, compile_problem
from mentormatch.solve.plan.blocks import whole_columns
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.model import PlanModel
from mentormatch.solve.plan.relaxation import Relaxation, Relaxed, linear_rows

EPSILON = 2.0**-10
"""How much of a newcomer may be used: at nothing at all the price of a slot that has no mentor
could be any number, however large."""

DIGITS = 6
"""Digits after the point that are more than rounding of the solver."""


@dataclass(frozen=True)
class ShadowPrices:
    """Prices in the cost of one tier.

    Attributes
    ----------
    tier
        The tier's number in the problem.
    mentor
        For each slot, what one more mentor there is worth.
    larger
        What one more place in every group is worth.
    smaller
        What one student fewer as the least of a group is worth.
    """

    tier: int
    mentor: Mapping[str, float]
    larger: float
    smaller: float


def shadow_prices(
    problem: Problem,
    newcomers: Mapping[str, Sequence[str]],
    reached: Sequence[int],
    clock: Clock,
    seed: int,
) -> ShadowPrices | None:
    """Return prices in the first tier that costs something, with those before it held.

    None means that no tier costs anything, or that the relaxation was not solved: there was no
    time, or the newcomers alone break a rule.

    Parameters
    ----------
    problem
        The problem with mentors who could be had.
    newcomers
        Those mentors' ids, by the slot for which they are.
    reached
        What the matching at hand costs in each tier.
    clock
        Ends the search early.
    seed
        Orders the people.
    """
    tier = next((place for place, value in enumerate(reached) if value > 0), None)
    if tier is None or clock.expired():
        return None
    compiled = compile_problem(problem, seed)
    plan = plan_model(compiled, whole_columns(compiled))
    relaxation = Relaxation(plan)
    for place in range(tier):
        relaxation.hold(plan.objectives[place], reached[place])
    relaxation.minimise(plan.objectives[tier])
    people = {one: compiled.round_.position[one] for ids in newcomers.values() for one in ids}
    for seats in plan.seats:
        for person in people.values():
            if person in seats:
                relaxation.bind(seats[person].index, 0.0, EPSILON)
    relaxed = relaxation.solve(clock)
    if relaxed is None:
        return None
    saved = -_reduced(plan, relaxed, tier)
    mentor = {
        slot: round(sum(_worth(plan, saved, people[one]) for one in ids) / max(len(ids), 1), DIGITS)
        for slot, ids in newcomers.items()
    }
    larger, smaller = _sizes(plan, relaxed)
    return ShadowPrices(compiled.problem.tiers[tier], mentor, larger, smaller)


def _reduced(plan: PlanModel, relaxed: Relaxed, tier: int) -> NDArray[np.float64]:
    """Return what each variable costs beyond what its rows pay."""
    reduced = np.zeros(len(relaxed.values))
    objective = plan.objectives[tier]
    for variable, price in zip(objective.variables, objective.prices, strict=True):
        reduced[variable.index] += price
    rows = 0
    for row, (terms, _, _) in enumerate(linear_rows(plan)):
        rows += 1
        if dual := relaxed.duals[row]:
            for place, coefficient in terms:
                reduced[place] -= coefficient * dual
    for dual, held in zip(relaxed.duals[rows:], plan.objectives, strict=False):
        for variable, price in zip(held.variables, held.prices, strict=True):
            reduced[variable.index] -= price * dual
    return reduced


def _worth(plan: PlanModel, saved: NDArray[np.float64], person: int) -> float:
    """Return what somebody saves where they save most."""
    return max((float(saved[seat.index]) for seat in plan.seats_of[person]), default=0.0)


def _sizes(plan: PlanModel, relaxed: Relaxed) -> tuple[float, float]:
    """Return the worth of a larger largest and of a smaller smallest size of all groups."""
    of_seats = dict(_sized(plan))
    larger = smaller = 0.0
    for row, (terms, _, _) in enumerate(linear_rows(plan)):
        dual = float(relaxed.duals[row])
        if not dual:
            continue
        coefficients = dict(terms)
        groups = of_seats.get(frozenset(coefficients))
        if groups is None:
            continue
        # Written as seats against groups, whichever side the solver's row has them on.
        dual = -dual if coefficients[groups] > 0 else dual
        open_here = float(relaxed.values[groups])
        if dual < 0:
            larger -= dual * open_here
        elif abs(coefficients[groups]) > 1:
            # That a group has somebody at all is no size that could be smaller.
            smaller += dual * open_here
    return round(larger, DIGITS), round(smaller, DIGITS)


def _sized(plan: PlanModel) -> Iterator[tuple[frozenset[int], int]]:
    """Yield the variables of rows that bound the sizes of a column's groups, and its groups."""
    for members in _everybody(plan.compiled):
        for groups, seats in zip(plan.groups, plan.seats, strict=True):
            mine = [seats[person].index for person in members if person in seats]
            yield frozenset([*mine, groups.index]), groups.index


def _everybody(compiled: Compiled) -> Iterator[list[int]]:
    """Yield the sets of hard counts in which every student is."""
    for count in compiled.counts:
        members = count.members.tolist()
        if count.tier == HARD and set(range(compiled.students)) <= set(members):
            yield members
