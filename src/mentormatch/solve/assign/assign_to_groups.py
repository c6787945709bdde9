"""Assignment of the people of a planned template to its groups, by CP-SAT.

Each template is a small program of single openings. First a feasibility problem: everybody is
placed and no tier costs more than planned. Where that has no solution, an optimisation problem:
as cheap as possible in lexicographic order of the tiers, where people may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import Solved, solve
from mentormatch.solve.backend.remote import begin, end, forget, task_of
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.params import DEFAULTS, SolveParams
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.model import Plan, PlanModel, PlannedBlock


def assign_to_groups(
    compiled: Compiled,
    plan: Plan,
    clock: Clock,
    seed: int,
    executor: Executor | None = None,
    params: SolveParams = DEFAULTS,
) -> tuple[list[Opening], set[int]]:
    """Return groups for a plan, and the templates whose groups do not exist at the planned cost.

    Groups of these templates cost more than planned, or leave people out. With an executor the
    templates are assigned side by side.
    """
    several = [planned for planned in plan.blocks if planned.groups > 1]
    found = _as_planned(compiled, several, clock, seed, executor)
    openings: list[Opening] = []
    short: set[int] = set()
    for planned in plan.blocks:
        if planned.groups == 1:
            openings.append(Opening(planned.block.template, planned.people))
            continue
        assigned = next(found)
        if assigned is None:
            short.add(planned.block.template)
            assigned = _at_best(compiled, planned, clock, seed, params.assign_effort)
        openings += assigned
    return openings, short


def _as_planned(
    compiled: Compiled,
    several: Sequence[PlannedBlock],
    clock: Clock,
    seed: int,
    executor: Executor | None,
) -> Iterator[list[Opening] | None]:
    """Yield for each template its groups at the planned cost; None if there are none."""
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
    # Some may not have begun when the time was over.
    forget(futures)
    yield from map(_openings_of, models, found)


def _at_planned_cost(compiled: Compiled, planned: PlannedBlock) -> PlanModel:
    """Return the program that places everybody of a template at no more than the planned cost."""
    model = _openings(compiled, planned, placed=True)
    for objective, cost in zip(model.objectives, planned.costs, strict=True):
        if objective.variables:
            model.model.add(objective.expression <= cost)
    return model


def _openings_of(model: PlanModel, solved: Solved) -> list[Opening] | None:
    return None if solved.values is None else _as_openings(model.read(solved.values))


def _at_best(
    compiled: Compiled, planned: PlannedBlock, clock: Clock, seed: int, effort: float
) -> list[Opening]:
    """Return the best groups that are found for a template, where people may be left out.

    Each tier is minimised for a deterministic effort and not for some seconds, so that a busy
    machine finds the same groups.
    """
    model = _openings(compiled, planned, placed=False)
    assigned: list[Opening] = []
    for place, objective in enumerate(model.objectives):
        model.model.minimize(objective.expression)
        solved = solve(model.model, model.variables, clock, seed=seed, effort=effort)
        if solved.values is None:
            break
        plan = model.read(solved.values)
        assigned = _as_openings(plan)
        model.model.add(objective.expression <= plan.values[place])
        model.hint(solved.values)
    return assigned


def _openings(compiled: Compiled, planned: PlannedBlock, *, placed: bool) -> PlanModel:
    blocks = [GroupBlock(planned.block.template, 1)] * planned.groups
    return plan_model(compiled, blocks, people=planned.people, placed=placed)


def _as_openings(plan: Plan) -> list[Opening]:
    return [Opening(planned.block.template, planned.people) for planned in plan.blocks]
