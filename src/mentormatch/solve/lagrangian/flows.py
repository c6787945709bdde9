"""Numbers of groups, and who goes where, by min-cost flows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]  # has no types

from mentormatch.rules.forms import table_value
from mentormatch.solve.instance.compiled import HARD, Compiled
from mentormatch.solve.lagrangian.dual import Floats, LagrangianDual
from mentormatch.solve.tier_weights import tier_weights

Ints = NDArray[np.int64]

RANK = 1_000
"""How much one unit of a tier counts for against one of the next, where flows choose."""
SHARED_RANK = 100
"""The same in the shares of a very large round: the larger the prices, the longer a flow takes."""
SHARE = 25_000
"""Students of each share into which the flow of a very large round is cut."""
SPARE = 1.1
"""Seats for each student who can have one from which on it is cut."""
SIDE_BY_SIDE = 4
"""Flows that run at a time, each of which takes some hundred megabytes."""
MOST_COST = 2**60
"""Most that a path of the flow may come to, over all its nodes."""


def whole_groups(wished: Floats, most: Floats, total: int) -> Ints:
    """Return whole numbers of groups near the wished ones that add up to no more than `total`."""
    floor = np.floor(wished + 1e-6)
    groups = np.minimum(floor, most)
    short = int(min(total, round(float(wished.sum())))) - int(groups.sum())
    order = np.lexsort((np.arange(len(wished)), -(wished - floor)))
    for template in order.tolist():
        if short <= 0:
            break
        if groups[template] < most[template]:
            groups[template] += 1
            short -= 1
    return groups.astype(np.int64)


def assign_mentors(
    dual: LagrangianDual, groups: Ints, per_group: int
) -> tuple[NDArray[np.int64], Ints]:
    """Return each mentor's template (-1 for none), and the groups that they can staff.

    A mentor leads one group here, whatever their capacity, and costs what they do in the last
    tier.

    Parameters
    ----------
    market
        The problem.
    groups
        Shape (templates,): groups wanted.
    per_group
        Mentors that each group has.
    """
    compiled = dual.compiled
    students = compiled.students
    allowed = compiled.allowed[students:] & (groups > 0)
    rows, columns = np.nonzero(allowed)
    mentors, templates = allowed.shape
    last = compiled.tiers - 1
    prices = np.rint(dual.direct(last, students + rows, columns)).astype(np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = mentors + templates, mentors + templates + 1
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([np.full(mentors, source), rows, mentors + np.arange(templates)]),
        np.concatenate([np.arange(mentors), mentors + columns, np.full(templates, sink)]),
        np.concatenate([np.ones(mentors + len(rows)), groups * per_group]).astype(np.int64),
        np.concatenate(
            [np.zeros(mentors, dtype=np.int64), prices, np.zeros(templates, dtype=np.int64)]
        ),
    )
    amount = int(min(mentors, groups.sum() * per_group))
    flow.set_node_supply(source, amount)
    flow.set_node_supply(sink, -amount)
    where = np.full(mentors, -1, dtype=np.int64)
    if flow.solve_max_flow_with_min_cost() == flow.OPTIMAL:
        carried = flow.flows(arcs)[mentors : mentors + len(rows)]
        where[rows[carried > 0]] = columns[carried > 0]
    staffed = np.bincount(where[where >= 0], minlength=templates) // per_group
    return where, np.minimum(groups, staffed).astype(np.int64)


def assign_students(
    dual: LagrangianDual,
    groups: Ints,
    least: int,
    room: int,
    candidates: Callable[[], NDArray[np.bool_]],
) -> NDArray[np.int64]:
    """Return each student's template, -1 for none.

    A very large round with seats to spare is cut into shares of its people and groups, whose flows
    run side by side over few templates for each: people stand in a random order, so that the
    shares are alike. If somebody who could have a place has none then, one flow over everything
    finds out whether it has to be.

    Parameters
    ----------
    market
        The problem.
    groups
        Shape (templates,): groups open.
    least
        Fewest students of a group.
    room
        Most students of a group.
    narrow
        Returns the templates that are good enough for each student.
    """
    students = dual.compiled.students
    allowed = dual.compiled.allowed[:students] & (groups > 0)
    able = allowed.any(axis=1)
    shares = students // SHARE
    if shares > 1 and int(groups.sum()) * room >= SPARE * int(able.sum()):
        where = np.full(students, -1, dtype=np.int64)
        few = candidates()

        def flow(share: int) -> None:
            mine = np.arange(share, students, shares)
            open_here = groups * (share + 1) // shares - groups * share // shares
            options = few[mine] & (open_here > 0)
            where[mine] = _assign(dual, mine, options, open_here, (least, room), SHARED_RANK)

        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            for done in [pool.submit(flow, share) for share in range(shares)]:
                done.result()
        if bool((where[able] >= 0).all()):
            return where
    return _assign(dual, np.arange(students), allowed, groups, (least, room), RANK)


def _assign(
    dual: LagrangianDual,
    people: Ints,
    allowed: NDArray[np.bool_],
    groups: Ints,
    sizes: tuple[int, int],
    rank: int,
) -> Ints:
    """Return the template of each of some students, -1 for none, by one flow.

    The first soft count whose sets do not meet (departments, as a rule) goes into the flow
    exactly: its price in a template with k groups rises after every k people. Other prices on
    groups are not looked at here. Seats that a template's groups need to run at all come with a
    reward below the worth of a place: as few groups as can be are left to be closed, and nobody
    is left out for it, since one more student never takes one from a group that has them.
    """
    compiled = dual.compiled
    students = len(people)
    least, room = sizes
    rows, columns = np.nonzero(allowed)
    kinds, tier = counted_in_flows(dual)
    templates = len(groups)
    direct = np.array([dual.direct(tier, people[rows], columns) for tier in range(compiled.tiers)])
    most = np.abs(direct).max(axis=1, initial=0.0)
    for kind in kinds:
        most[tier] = max(most[tier], *(abs(price) for _, price in _steps(compiled, kind, room)))
    # The flow multiplies prices by the number of its nodes.
    limit = MOST_COST // (students + (len(kinds) + 2) * templates + 2)
    scale = np.array(
        tier_weights(np.ceil(most).astype(int).tolist(), rank, limit), dtype=np.float64
    )
    prices = np.rint(scale @ direct).astype(np.int64)
    kind_of = np.full(students, len(kinds), dtype=np.int64)
    for kind, number in enumerate(kinds):
        kind_of[np.flatnonzero(dual.masks[number, people])] = kind
    cells = (len(kinds) + 1) * templates
    cell = kind_of[rows] * templates + columns
    tails: list[Ints] = [rows]
    heads: list[Ints] = [students + cell]
    capacities: list[Ints] = [np.ones(len(rows), dtype=np.int64)]
    costs: list[Ints] = [prices]
    for kind in range(len(kinds) + 1):
        counted = kinds[kind] if kind < len(kinds) else None
        for template in np.flatnonzero(groups).tolist():
            node = students + kind * templates + template
            for step, price in _steps(compiled, counted, room):
                tails.append(np.array([node]))
                heads.append(np.array([students + cells + template]))
                capacities.append(np.array([groups[template] * step]))
                costs.append(np.array([int(price * scale[tier])]))
    sink = students + cells + templates
    # Hard rules at odds with each other can ask for more students than they let in.
    least = min(least, room)
    for seats, price in ((least, -int(scale[0]) // 2), (room - least, 0)):
        tails.append(students + cells + np.arange(templates))
        heads.append(np.full(templates, sink))
        capacities.append(groups * seats)
        costs.append(np.full(templates, price, dtype=np.int64))
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.concatenate(capacities).astype(np.int64),
        np.concatenate(costs).astype(np.int64),
    )
    # Staying out is an arc of its own, so that nobody is placed where that costs more.
    flow.add_arcs_with_capacity_and_unit_cost(
        np.arange(students, dtype=np.int32),
        np.full(students, sink, dtype=np.int32),
        np.ones(students, dtype=np.int64),
        np.zeros(students, dtype=np.int64),
    )
    flow.set_nodes_supplies(np.arange(students, dtype=np.int32), np.ones(students, dtype=np.int64))
    flow.set_node_supply(sink, -students)
    where = np.full(students, -1, dtype=np.int64)
    if flow.solve() == flow.OPTIMAL:
        carried = flow.flows(arcs)[: len(rows)]
        where[rows[carried > 0]] = columns[carried > 0]
    return where


def counted_in_flows(dual: LagrangianDual) -> tuple[list[int], int]:
    """Return the counts of the first soft tier that are convex and share nobody."""
    compiled = dual.compiled
    taken = np.zeros(dual.masks.shape[1], dtype=np.bool_)
    kinds: list[int] = []
    tier: int | None = None
    priced = {line.count for line in dual.soft}
    for number, count in sorted(
        enumerate(compiled.counts), key=lambda pair: (pair[1].tier, pair[0])
    ):
        if count.tier == HARD or number not in priced:
            continue
        if tier not in (None, count.tier) or bool((taken & dual.masks[number]).any()):
            continue
        tier = count.tier
        taken |= dual.masks[number]
        kinds.append(number)
    return kinds, tier or 0


def _steps(compiled: Compiled, number: int | None, room: int) -> Sequence[tuple[int, int]]:
    """Return widths and prices: the first person of each group, the second, and so on."""
    if number is None:
        return [(room, 0)]
    count = compiled.counts[number]
    return [
        (1, count.weight * (table_value(count.table, n + 1) - table_value(count.table, n)))
        for n in range(room)
    ]
