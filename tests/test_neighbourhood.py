"""Plans that are improved a few columns at a time, everybody else in their seats."""

from __future__ import annotations

from functools import cache

import pytest

from mentormatch import synthetic
from mentormatch.solve.clock import Clock
from mentormatch.solve.columns import whole_columns
from mentormatch.solve.compiled import compile_problem
from mentormatch.solve.cpsat import solve
from mentormatch.solve.model import PlanModel
from mentormatch.solve.neighbourhood import improve
from mentormatch.solve.planning import plan_model

PLACES, MIXING = 0, 1
NOTHING = -1
"""Less than any plan costs, so that only patience ends the search."""


def program() -> PlanModel:
    """Return the program of thirty students, about which nothing is known yet."""
    compiled = compile_problem(synthetic.generate(30, seed=1), 0)
    return plan_model(compiled, whole_columns(compiled))


@cache
def nobody() -> tuple[int, ...]:
    """Return values of the program's variables for the plan without groups."""
    plan = program()
    plan.model.add(sum(plan.groups) == 0)
    found = solve(plan.model, plan.variables, Clock(None), seed=0)
    assert found.values is not None
    return tuple(plan.tighten(found.values))


def improved(
    plan: PlanModel,
    tier: int,
    values: tuple[int, ...],
    *,
    enough: int = NOTHING,
    patience: int = 6,
    clock: Clock | None = None,
) -> tuple[int, ...]:
    """Improve a plan in one tier, with the whole program's objective set to it."""
    objective = plan.objectives[tier]
    plan.model.minimize(objective.expression)
    return tuple(
        improve(plan, objective, values, enough, clock or Clock(None), seed=3, patience=patience)
    )


def holds(plan: PlanModel, values: tuple[int, ...]) -> bool:
    """Return whether values are a solution of the program."""
    plan.hint(values)
    return solve(plan.model, plan.variables, Clock(None), seed=0, fix_hinted=True).values == values


@cache
def placed() -> tuple[int, ...]:
    """Return values of the plan that comes of the one without groups."""
    return improved(program(), PLACES, nobody())


def test_a_plan_without_groups_gets_some() -> None:
    """Empty columns are free at first, and later ones that cost something."""
    plan = program()
    before, after = plan.read(nobody()), plan.read(placed())
    assert before.columns == ()
    assert after.values[PLACES] < before.values[PLACES] // 2
    assert holds(plan, placed())


def test_a_later_tier_is_improved_at_no_cost_to_an_earlier_one() -> None:
    """What was reached is a row of the program, which every neighbourhood keeps."""
    plan = program()
    reached = plan.read(placed()).values
    plan.model.add(plan.objectives[PLACES].expression <= reached[PLACES])
    values = improved(plan, MIXING, placed(), patience=12)
    assert plan.read(values).values[PLACES] <= reached[PLACES]
    assert plan.read(values).values[MIXING] < reached[MIXING]
    assert holds(plan, values)


def test_the_same_plan_and_seed_give_the_same_plan() -> None:
    """The columns are drawn from the seed."""
    assert improved(program(), PLACES, nobody()) == placed()


@pytest.mark.parametrize("over", [False, True])
def test_a_plan_that_is_good_enough_stays_as_it_is(over: bool) -> None:
    """And so does one for which no time is left."""
    plan = program()
    cost = plan.read(nobody()).values[PLACES]
    clock = Clock(0.0) if over else None
    enough = NOTHING if over else cost
    assert improved(plan, PLACES, nobody(), enough=enough, clock=clock) == nobody()


def test_a_search_ends_where_enough_is_reached() -> None:
    """One place less than nobody's is reached at once, and no more is looked for."""
    plan = program()
    cost = plan.read(nobody()).values[PLACES]
    assert plan.read(placed()).values[PLACES] < cost - 12
    reached = plan.read(improved(plan, PLACES, nobody(), enough=cost - 1)).values[PLACES]
    assert plan.read(placed()).values[PLACES] < reached < cost


def test_the_best_plan_stays_as_good() -> None:
    """Attempts in vain end, and none of them makes it worse."""
    plan = program()
    plan.model.minimize(plan.objectives[PLACES].expression)
    best = solve(plan.model, plan.variables, Clock(None), seed=0)
    assert best.values is not None
    assert best.outcome == "OPTIMAL"
    start = tuple(plan.tighten(best.values))
    after = improved(plan, PLACES, start, patience=3)
    assert plan.read(after).values[PLACES] == plan.read(start).values[PLACES]
    assert holds(plan, after)
