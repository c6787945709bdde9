"""A lower bound of every tier by one linear program, with the earlier ones held at given values.

The relaxation of a lexicographic subproblem: the plan's rows, and one row for each earlier tier
that its cost is at most its value. The bound is recomputed in integers from the LP duals (weak
duality), so it is true of every matching that costs no more than these values in the earlier
tiers, whether or not they are proven. Ehrgott, M. (2005). Multicriteria Optimization, 2nd ed.,
chapter 5. Springer. doi:10.1007/3-540-27659-9
"""

from __future__ import annotations

from collections.abc import Sequence

from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.plan.blocks import template_blocks
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.relaxation import Relaxation


def bound_held(compiled: Compiled, values: Sequence[int], bounds: Bounds, clock: Clock) -> None:
    """Note a bound of each tier that is not proven, with the earlier ones held at their values.

    Parameters
    ----------
    compiled
        The problem.
    values
        What a matching costs in each tier.
    bounds
        Takes what is proven.
    clock
        Ends it early; the first tiers come first.
    """
    unproven = [tier for tier, bound in enumerate(bounds.certified(values)) if bound < values[tier]]
    if not unproven or clock.expired():
        return
    plan = plan_model(compiled, template_blocks(compiled))
    relaxation = Relaxation(plan)
    with clock.stopping(relaxation.interrupt):
        for tier, objective in enumerate(plan.objectives[: unproven[-1] + 1]):
            if tier in unproven:
                relaxation.minimise(objective)
                found = relaxation.solve(clock)
                if found is not None:
                    bounds.add(values[:tier], found.bound)
            relaxation.hold(objective, values[tier])
