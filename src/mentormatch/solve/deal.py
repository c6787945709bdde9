"""Dealing the people of a column into its groups."""

from __future__ import annotations

from mentormatch.solve.clock import Clock
from mentormatch.solve.columns import Column
from mentormatch.solve.compiled import Compiled
from mentormatch.solve.cpsat import solve
from mentormatch.solve.groups import Opening
from mentormatch.solve.model import Plan, PlanModel, Planned
from mentormatch.solve.planning import plan_model


def deal(compiled: Compiled, plan: Plan, clock: Clock, seed: int) -> tuple[list[Opening], set[int]]:
    """Return groups for a plan, and the templates that could not be dealt as planned.

    Groups of the latter cost more than planned, or have lost people.
    """
    openings: list[Opening] = []
    short: set[int] = set()
    for planned in plan.columns:
        if planned.groups == 1:
            openings.append(Opening(planned.column.template, planned.people))
            continue
        dealt = _as_planned(compiled, planned, clock, seed)
        if dealt is None:
            short.add(planned.column.template)
            dealt = _at_best(compiled, planned, clock, seed)
        openings += dealt
    return openings, short


def _as_planned(
    compiled: Compiled, planned: Planned, clock: Clock, seed: int
) -> list[Opening] | None:
    """Deal everybody at the planned cost; None if that is not found."""
    model = _openings(compiled, planned, placed=True)
    for objective, cost in zip(model.objectives, planned.costs, strict=True):
        if objective.variables:
            model.model.add(objective.expression <= cost)
    solved = solve(model.model, model.variables, clock, seed=seed)
    return None if solved.values is None else _as_openings(model.read(solved.values))


def _at_best(compiled: Compiled, planned: Planned, clock: Clock, seed: int) -> list[Opening]:
    """Deal as well as possible, tier by tier, leaving people out where they do not fit."""
    model = _openings(compiled, planned, placed=False)
    dealt: list[Opening] = []
    for place, objective in enumerate(model.objectives):
        model.model.minimize(objective.expression)
        solved = solve(model.model, model.variables, clock, seed=seed, limit=5.0)
        if solved.values is None:
            break
        plan = model.read(solved.values)
        dealt = _as_openings(plan)
        model.model.add(objective.expression <= plan.values[place])
        model.hint(solved.values)
    return dealt


def _openings(compiled: Compiled, planned: Planned, *, placed: bool) -> PlanModel:
    columns = [Column(planned.column.template, 1)] * planned.groups
    return plan_model(compiled, columns, people=planned.people, placed=placed)


def _as_openings(plan: Plan) -> list[Opening]:
    return [Opening(column.column.template, column.people) for column in plan.columns]
