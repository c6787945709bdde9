"""Builds the integer program of a plan: the variables, then what every form adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.encode.counts import add_count
from mentormatch.solve.plan.encode.loads import add_loads, add_placed
from mentormatch.solve.plan.encode.pairs import add_pairs
from mentormatch.solve.plan.encode.sums import add_sum
from mentormatch.solve.plan.model import PlanModel


def plan_model(
    compiled: Compiled,
    blocks: Sequence[GroupBlock],
    *,
    people: Iterable[int] | None = None,
    placed: bool = False,
) -> PlanModel:
    """Return the integer program for some people and blocks; see `PlanModel`."""
    plan = PlanModel(compiled, blocks, people=people, placed=placed)
    if not placed:
        add_loads(plan)
        for total in compiled.placed:
            add_placed(plan, total)
    for number in range(len(plan.blocks)):
        for count in compiled.counts:
            add_count(plan, number, count)
        for form in compiled.sums:
            add_sum(plan, number, form)
    add_pairs(plan)
    if not placed and people is None:
        # A plan costs no more than its groups, so no matching within the ceilings is cut off. A
        # program for some of the people says nothing of what everybody costs.
        for tier, most in compiled.ceilings.items():
            objective = plan.objectives[tier]
            # A ceiling beyond all costs may be beyond the solver's integers, too.
            if most < objective.magnitude:
                plan.model.add(objective.expression <= most)
    return plan
