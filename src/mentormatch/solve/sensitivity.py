"""Sensitivity analysis: shadow prices of mentors and of group sizes, from the LP relaxation.

A mentor who could be recruited for a slot is in the program with a seat x of at most EPSILON.
With the duals y of the rows, the mentor is worth minus the seat's reduced cost,

    worth = - (c[x] - sum over rows r of a[r,x] y[r]),

and a limit of sizes is worth the duals of its rows, ``|y[r]| k[j]`` for the k groups of block j.
Bertsimas, D. and Tsitsiklis, J. N. (1997). Introduction to Linear Optimization, chapter 5. Athena
Scientific.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.data.problem import Problem
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import HARD, Compiled, compile_problem
from mentormatch.solve.plan.blocks import template_blocks
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.model import PlanModel
from mentormatch.solve.plan.relaxation import Relaxation, Relaxed, linear_rows

EPSILON = 2.0**-10
"""Upper bound of a newcomer's seat; at 0 the dual of a slot without mentors would be unbounded."""

DIGITS = 6
"""Digits after the point that are not the solver's rounding errors."""


@dataclass(frozen=True)
class ShadowPrices:
    """Shadow prices, in units of the cost of one tier.

    Attributes
    ----------
    tier
        The tier's number in the problem.
    mentor
        For each slot, the worth of one more mentor there.
    larger
        The worth of one more place in every group.
    smaller
        The worth of a smallest size of groups that is one student lower.
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
    """Return shadow prices of the first tier that costs something, with earlier tiers held.

    None means that no tier costs anything, or that the relaxation was not solved: there was no
    time, or the newcomers alone break a hard rule.

    Parameters
    ----------
    problem
        The problem with mentors who could be recruited.
    newcomers
        Their ids, by slot.
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
    plan = plan_model(compiled, template_blocks(compiled))
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
    """Return the reduced cost of each variable."""
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
    """Return a person's worth in the block where it is greatest."""
    return max((float(saved[seat.index]) for seat in plan.seats_of[person]), default=0.0)


def _sizes(plan: PlanModel, relaxed: Relaxed) -> tuple[float, float]:
    """Return the worth of a larger upper limit, and of a smaller lower limit, of group sizes."""
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
        # The sign of the row as seats less groups, on whichever side CP-SAT has them.
        dual = -dual if coefficients[groups] > 0 else dual
        open_here = float(relaxed.values[groups])
        if dual < 0:
            larger -= dual * open_here
        elif abs(coefficients[groups]) > 1:
            # The row that a group has a student is no limit of sizes.
            smaller += dual * open_here
    return round(larger, DIGITS), round(smaller, DIGITS)


def _sized(plan: PlanModel) -> Iterator[tuple[frozenset[int], int]]:
    """Yield the variables of rows that limit a block's sizes, and its number of groups."""
    for members in _everybody(plan.compiled):
        for groups, seats in zip(plan.groups, plan.seats, strict=True):
            mine = [seats[person].index for person in members if person in seats]
            yield frozenset([*mine, groups.index]), groups.index


def _everybody(compiled: Compiled) -> Iterator[list[int]]:
    """Yield the sets of hard counts that contain every student."""
    for count in compiled.counts:
        members = count.members.tolist()
        if count.tier == HARD and set(range(compiled.students)) <= set(members):
            yield members
