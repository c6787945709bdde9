"""Exchange of groups between templates: one less where it costs little, one more where it saves.

With k groups of a template and c people of a set there, one more group saves what these people cost
less when they are spread evenly over k + 1 groups, and one less costs what they cost more over
k - 1. The estimate is good for small changes only. So every exchange is evaluated by new flows,
and after one in vain fewer groups are moved at once. (`local_search.swaps` swaps people.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from mentormatch.evaluate.group_sizes import GroupSizes
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.lagrangian.dual import Floats, LagrangianDual
from mentormatch.solve.lagrangian.flow_prices import flow_prices
from mentormatch.solve.lagrangian.flows import Ints
from mentormatch.solve.lagrangian.plan_costs import Assigned, plan_costs, spread_cost
from mentormatch.solve.params import DEFAULTS, SolveParams


def exchanged(
    dual: LagrangianDual,
    sizes: GroupSizes,
    start: Assigned,
    assign: Callable[[Ints], Assigned],
    total: int,
    clock: Clock,
    params: SolveParams = DEFAULTS,
) -> Iterator[Assigned]:
    """Yield better and better assignments, tier by tier in their order.

    Parameters
    ----------
    dual
        The problem.
    sizes
        Most students of a group of each template.
    start
        An assignment.
    assign
        Returns the assignment for numbers of groups, with those that cannot be had left away.
    total
        Most groups in all.
    clock
        Ends it early.
    params
        How many groups are exchanged at first, and when to give up.
    """
    now, costs = start, plan_costs(dual, start)
    batch = max(1, int(start.groups.sum()) // params.exchange_parts)
    vain = 0
    while vain < params.exchange_patience and not clock.expired():
        groups = _moved(dual, sizes, now, (batch, total), vain)
        if groups is None:
            return
        tried = assign(groups)
        reached = plan_costs(dual, tried)
        if reached < costs:
            now, costs, vain = tried, reached, 0
            yield now
        elif batch > 1:
            batch = batch // 2
        else:
            vain += 1


def _moved(
    dual: LagrangianDual, sizes: GroupSizes, now: Assigned, most: tuple[int, int], skipped: int
) -> Ints | None:
    """Return numbers of groups after an exchange; None if no group is worth more elsewhere.

    Parameters
    ----------
    dual, sizes, now
        As above.
    most
        Groups to move, of different templates; groups in all.
    skipped
        How many of the most promising exchanges of single groups were in vain already.
    """
    batch, total = most
    gain, loss = _worths(dual, sizes, now)
    takers = np.argsort(-gain, kind="stable").tolist()
    givers = np.argsort(loss, kind="stable").tolist()
    # Groups that mentors could lead besides are taken from nobody.
    spare = max(0, total - int(now.groups.sum()))
    from_whom: list[int | None] = [*[None] * min(spare, batch), *givers]
    if batch == 1:
        # Pairs by the sum of their two ranks, the most promising first; those before were in vain.
        side = range(min(len(takers), skipped + 1))
        order = sorted((i + j, i, j) for i in side for j in range(min(len(from_whom), skipped + 1)))
        if not order:
            # There is nowhere to meet, or nobody to take a group from.
            return None
        _, i, j = order[min(skipped, len(order) - 1)]
        pairs = [(takers[i], from_whom[j])]
    else:
        pairs = list(zip(takers[:batch], from_whom, strict=False))
    groups = now.groups.copy()
    for taker, giver in pairs:
        if giver is None and gain[taker] > 0:
            groups[taker] += 1
        elif giver is not None and giver != taker and gain[taker] > loss[giver]:
            groups[taker] += 1
            groups[giver] -= 1
    return groups if bool((groups != now.groups).any()) else None


def _worths(dual: LagrangianDual, sizes: GroupSizes, now: Assigned) -> tuple[Floats, Floats]:
    """Return what one more group of each template would save, and one less cost, about."""
    compiled = dual.compiled
    known = flow_prices(dual)
    students, templates = compiled.students, len(now.groups)
    gain = np.zeros(templates)
    loss = np.where(now.groups > 0, 0.0, np.inf)
    can_open = now.groups < dual.most
    for number in known.kinds:
        count = compiled.counts[number]
        mine = now.where[dual.masks[number, :students] & (now.where >= 0)]
        members = np.bincount(mine, minlength=templates)
        for template in np.flatnonzero(now.groups).tolist():
            if count.applies(template):
                people, groups = int(members[template]), int(now.groups[template])
                cost = spread_cost(count, people, groups)
                gain[template] += cost - spread_cost(count, people, groups + 1)
                if groups > 1:
                    loss[template] += spread_cost(count, people, groups - 1) - cost
    here = np.bincount(now.where[now.where >= 0], minlength=templates)
    left = np.flatnonzero(now.where < 0)
    waiting = compiled.allowed[left].sum(axis=0)
    # A place goes before anything else.
    place = 1.0 + 2 * max(gain.max(initial=0.0), loss[np.isfinite(loss)].max(initial=0.0))
    full = here >= now.groups * sizes.room
    gain += place * np.minimum(waiting, sizes.room) * full
    pressed = here - (now.groups - 1) * sizes.room
    loss += place * np.maximum(0, pressed)
    return np.where(can_open, gain, -np.inf), loss
