"""Improving a plan by solving a few of its columns anew, again and again.

Everybody outside the chosen columns keeps their seat, so the program that remains is small. A
neighbourhood has a column that costs something, columns that share people with it, and some
that are empty, so that a group can move to another time.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from mentormatch.solve.clock import Clock
from mentormatch.solve.cpsat import solve
from mentormatch.solve.model import Objective, PlanModel

SHARE = 3
"""One in so many columns is solved anew at a time."""
EFFORT = 0.6
"""Deterministic time of one attempt."""


def improve(
    plan: PlanModel,
    objective: Objective,
    values: Sequence[int],
    enough: int,
    clock: Clock,
    *,
    seed: int,
    patience: int,
) -> list[int]:
    """Return values of the plan's variables that cost no more.

    Parameters
    ----------
    plan
        The integer program.
    objective
        The tier's cost.
    values
        A solution to start from.
    enough
        Cost at which to stop, since nothing can cost less.
    clock
        Ends the search early.
    seed
        Seed of the choice of columns.
    patience
        Attempts without improvement after which to give up.
    """
    draw = Random(seed)  # noqa: S311  # Chance, not secrecy.
    best = list(values)
    cost = _cost(objective, best)
    failures = 0
    allowed = plan.compiled.allowed
    while cost > enough and failures < patience and not clock.over:
        free = _choose(plan, objective, best, draw, allowed)
        plan.model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for number, (groups, seats) in enumerate(zip(plan.groups, plan.seats, strict=True)):
            if number not in free:
                for variable in (groups, *seats.values()):
                    plan.model.add_hint(variable, best[variable.index])
        solved = solve(
            plan.model,
            plan.variables,
            clock,
            seed=seed,
            effort=EFFORT,
            fix_hinted=True,
            enough=enough,
        )
        failures += 1
        if solved.values is not None:
            found = plan.tighten(solved.values)
            less = _cost(objective, found)
            if less <= cost:
                best = found
            if less < cost:
                cost, failures = less, 0
    return best


def _cost(objective: Objective, values: Sequence[int]) -> int:
    return sum(objective.costs(values).values())


def _choose(
    plan: PlanModel,
    objective: Objective,
    values: Sequence[int],
    draw: Random,
    allowed: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
) -> set[int]:
    """Return the numbers of the columns to solve anew."""
    costs = objective.costs(values)
    numbers = range(len(plan.columns))
    costly = [number for number in numbers if costs.get(number, 0) > 0]
    centre = draw.choice(costly or list(numbers))
    here = [person for person, seat in plan.seats[centre].items() if values[seat.index]]
    templates = [column.template for column in plan.columns]
    here = here or list(plan.seats[centre])
    shared = allowed[here][:, templates].sum(axis=0)
    near = sorted(numbers, key=lambda number: (-shared[number] * draw.random(), number))
    return {centre, *near[: len(plan.columns) // SHARE]}
