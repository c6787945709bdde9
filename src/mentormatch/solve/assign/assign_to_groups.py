"""Dealing the people of a column into its groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import Solved, solve
from mentormatch.solve.backend.remote import begin, end, forget, task_of
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.model import Plan, PlanModel, PlannedBlock


def deal(
    compiled: Compiled, plan: Plan, clock: Clock, seed: int, executor: Executor | None = None
) -> tuple[list[Opening], set[int]]:
    """Return groups for a plan, and the templates that could not be dealt as planned.

    Groups of the latter cost more than planned, or have lost people. With an executor the
    templates are dealt side by side.
    """
    several = [planned for planned in plan.columns if planned.groups > 1]
    found = _as_planned(compiled, several, clock, seed, executor)
    openings: list[Opening] = []
    short: set[int] = set()
    for planned in plan.columns:
        if planned.groups == 1:
            openings.append(Opening(planned.column.template, planned.people))
            continue
        dealt = next(found)
        if dealt is None:
            short.add(planned.column.template)
            dealt = _at_best(compiled, planned, clock, seed)
        openings += dealt
    return openings, short


def _as_planned(
    compiled: Compiled,
    several: Sequence[PlannedBlock],
    clock: Clock,
    seed: int,
    executor: Executor | None,
) -> Iterator[list[Opening] | None]:
    """Yield everybody's groups at the planned cost for each column; None if not found."""
    if executor is None:
        for planned in several:
            model = _at_planned_cost(compiled, planned)
            solved = solve(model.model, model.variables, clock, seed=seed)
            yield _openings_of(model, solved)
        return
    models = [_at_planned_cost(compiled, planned) for planned in several]
    tasks = [task_of(model.model, seed=seed, limit=clock.remaining) for model in models]
    futures = begin(executor, tasks)
    found = [end(future, task, clock) for future, task in zip(futures, tasks, strict=True)]
    # Those that did not begin before the time was over.
    forget(futures)
    yield from map(_openings_of, models, found)


def _at_planned_cost(compiled: Compiled, planned: PlannedBlock) -> PlanModel:
    """Return the program that deals everybody of a column at no more than the planned cost."""
    model = _openings(compiled, planned, placed=True)
    for objective, cost in zip(model.objectives, planned.costs, strict=True):
        if objective.variables:
            model.model.add(objective.expression <= cost)
    return model


def _openings_of(model: PlanModel, solved: Solved) -> list[Opening] | None:
    return None if solved.values is None else _as_openings(model.read(solved.values))


def _at_best(compiled: Compiled, planned: PlannedBlock, clock: Clock, seed: int) -> list[Opening]:
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


def _openings(compiled: Compiled, planned: PlannedBlock, *, placed: bool) -> PlanModel:
    columns = [GroupBlock(planned.column.template, 1)] * planned.groups
    return plan_model(compiled, columns, people=planned.people, placed=placed)


def _as_openings(plan: Plan) -> list[Opening]:
    return [Opening(column.column.template, column.people) for column in plan.columns]
