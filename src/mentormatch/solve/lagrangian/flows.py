"""Numbers of groups, and who goes where, by min-cost flows."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mentormatch.evaluate.group_sizes import GroupSizes
from mentormatch.solve.backend.flow_network import FlowNetwork
from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.lagrangian.flow_prices import FlowPrices, flow_prices, steps_of
from mentormatch.solve.params import DEFAULTS, SolveParams
from mentormatch.solve.tier_weights import tier_weights

Ints = NDArray[np.int64]

MANY = 2**31
"""Groups of a template that can run without mentors."""
MOST_COST = 2**60
"""Most that a path of the flow may come to, over all its nodes."""


@dataclass(frozen=True, eq=False)
class Leads:
    """Which mentors lead a group in which templates, pair by pair."""

    mentors: Ints
    templates: Ints

    def staffed(self, sizes: GroupSizes) -> Ints:
        """Return how many groups of each template have all their mentors."""
        here = np.bincount(self.templates, minlength=len(sizes.mentors))
        return np.where(sizes.mentors > 0, here // np.maximum(sizes.mentors, 1), MANY)


def assign_mentors(
    dual: LagrangianDual, groups: Ints, sizes: GroupSizes, params: SolveParams = DEFAULTS
) -> tuple[Leads, Ints]:
    """Return who leads a group where, and the groups that they can staff.

    As many places of mentors are filled as can be, and at the least cost of that. Nobody leads
    more groups than their capacity, nor two at overlapping times. Where a template is short of
    mentors, those of its last group are free for others.

    Parameters
    ----------
    dual
        The problem.
    groups
        Shape (templates,): groups wanted.
    sizes
        Mentors of a group of each template.
    params
        How much earlier tiers outweigh later ones.
    """
    students = dual.compiled.students
    barred = np.zeros(dual.compiled.allowed[students:].shape, dtype=np.bool_)
    while True:
        leads = _lead(dual, groups * sizes.mentors, barred, params.flow_tier_ratio)
        late = _overlapping(dual, leads)
        if late.any():
            barred[leads.mentors[late], leads.templates[late]] = True
            continue
        staffed = np.minimum(groups, leads.staffed(sizes))
        if bool((staffed == groups).all()):
            return leads, groups
        groups = staffed


def _lead(dual: LagrangianDual, wanted: Ints, barred: NDArray[np.bool_], ratio: int) -> Leads:
    """Return who leads where, by one flow; groups of different parts may still overlap in time."""
    compiled = dual.compiled
    students = compiled.students
    mentors, templates = np.nonzero(compiled.allowed[students:] & (wanted > 0) & ~barred)
    direct = np.array(
        [dual.direct(tier, students + mentors, templates) for tier in range(compiled.tiers)]
    )
    several = dual.loads.several
    most = np.abs(direct).max(axis=1, initial=0.0) + dual.loads.further.max(axis=(1, 2), initial=0)
    limit = MOST_COST // (len(compiled.capacity) - students + 2 * len(mentors) + len(wanted) + 2)
    scale = np.array(tier_weights(np.ceil(most).astype(int).tolist(), ratio, limit))
    prices = np.rint(scale @ direct)
    capacity = compiled.capacity[students:]
    network = FlowNetwork()
    source, sink = network.nodes(2)
    person = network.nodes(len(capacity))
    place = network.nodes(len(wanted))
    # Who has one group goes to templates straight, others by a node for each part.
    pairs = mentors * len(wanted) + dual.part[templates]
    gates, gate_of = np.unique(pairs[capacity[mentors] > 1], return_inverse=True)
    gate = network.nodes(len(gates))
    tails = person[mentors]
    tails[capacity[mentors] > 1] = gate[gate_of]
    led = network.arcs(tails, place[templates], 1, prices)
    network.arcs(person[gates // len(wanted)], gate, 1, 0)
    network.arcs(source, person, np.minimum(capacity, 1), 0)
    further = np.tensordot(scale, dual.loads.further, axes=1)
    for step in range(1, further.shape[1]):
        mine = compiled.capacity[several] > step
        network.arcs(source, person[several[mine] - students], 1, further[mine, step])
    network.arcs(place, sink, wanted, 0)
    amount = int(min(capacity.sum(), wanted.sum()))
    network.supply([source, sink], [amount, -amount])
    carried = network.solve(as_much_as_can_be=True)
    taken = np.zeros(len(mentors), dtype=np.bool_) if carried is None else carried[led] > 0
    return Leads(mentors[taken], templates[taken])


def _overlapping(dual: LagrangianDual, leads: Leads) -> NDArray[np.bool_]:
    """Return which pairs come at the time of an earlier one of the same mentor."""
    late = np.zeros(len(leads.mentors), dtype=np.bool_)
    kept: dict[int, list[int]] = {}
    pairs = zip(leads.mentors.tolist(), leads.templates.tolist(), strict=True)
    for place, (mentor, template) in enumerate(pairs):
        mine = kept.setdefault(mentor, [])
        late[place] = any(dual.overlap(template, other) for other in mine)
        if not late[place]:
            mine.append(template)
    return late


def assign_students(
    dual: LagrangianDual,
    groups: Ints,
    sizes: GroupSizes,
    candidates: Callable[[], NDArray[np.bool_]],
    params: SolveParams = DEFAULTS,
) -> NDArray[np.int64]:
    """Return each student's template, -1 for none.

    A very large round with seats to spare is cut into shares of its people and groups, whose flows
    run side by side over few templates for each: people stand in a random order, so that the
    shares are alike. If somebody who could have a place has none then, one flow over everything
    finds out whether it has to be.

    Parameters
    ----------
    dual
        The problem.
    groups
        Shape (templates,): groups open.
    sizes
        Fewest and most students of a group of each template.
    candidates
        Returns the templates that are good enough for each student.
    params
        From which size on, and how, the flow is cut; how much earlier tiers outweigh later ones.
    """
    students = dual.compiled.students
    allowed = dual.compiled.allowed[:students] & (groups > 0)
    able = allowed.any(axis=1)
    known = flow_prices(dual)
    shares = students // params.flow_max_students
    if shares > 1 and int(groups @ sizes.room) >= params.flow_spare_seats * int(able.sum()):
        where = np.full(students, -1, dtype=np.int64)
        few = candidates()
        ratio = params.flow_shared_tier_ratio

        def flow(share: int) -> None:
            mine = np.arange(share, students, shares)
            open_here = groups * (share + 1) // shares - groups * share // shares
            options = few[mine] & (open_here > 0)
            where[mine] = _assign(dual, known, mine, options, open_here, sizes, ratio)

        with ThreadPoolExecutor(params.flow_threads) as pool:
            for done in [pool.submit(flow, share) for share in range(shares)]:
                done.result()
        if bool((where[able] >= 0).all()):
            return where
    return _assign(dual, known, np.arange(students), allowed, groups, sizes, params.flow_tier_ratio)


def _assign(
    dual: LagrangianDual,
    known: FlowPrices,
    people: Ints,
    allowed: NDArray[np.bool_],
    groups: Ints,
    sizes: GroupSizes,
    ratio: int,
) -> Ints:
    """Return the template of each of some students, -1 for none, by one flow.

    The first soft count whose sets do not meet (departments, as a rule) goes into the flow
    exactly: its price in a template with k groups rises after every k people. So does a price of
    groups' sizes. Other prices of counts are not looked at. Seats below a group's least size
    come with a reward, so that few groups stay too small to run and are closed. The reward is
    less than the worth of a place, so that nobody is left out for it.
    """
    compiled = dual.compiled
    students, templates = len(people), len(groups)
    rows, columns = np.nonzero(allowed)
    direct = np.array([dual.direct(tier, people[rows], columns) for tier in range(compiled.tiers)])
    # Hard rules at odds with each other can ask for more students than they let in.
    least = np.minimum(sizes.least, sizes.room)
    largest = int(sizes.room.max(initial=1))
    steps = {number: steps_of(compiled, number, largest) for number in known.kinds + known.sizes}
    most = np.abs(direct).max(axis=1, initial=0.0)
    for number, mine in steps.items():
        tier = compiled.counts[number].tier
        most[tier] = max(most[tier], *(abs(price) for _, _, price in mine))
    # The flow multiplies prices by the number of its nodes.
    limit = MOST_COST // (students + (len(known.kinds) + 2) * templates + 2)
    ceilings = np.ceil(most).astype(int).tolist()
    scale = np.array(tier_weights(ceilings, ratio, limit), dtype=np.float64)
    kind_of = np.full(students, len(known.kinds), dtype=np.int64)
    for kind, number in enumerate(known.kinds):
        kind_of[np.flatnonzero(dual.masks[number, people])] = kind
    network = FlowNetwork()
    person = network.nodes(students)
    rows_of_cells = len(known.kinds) + 1, templates
    cell = network.nodes(rows_of_cells[0] * templates).reshape(rows_of_cells)
    place = network.nodes(templates)
    (sink,) = network.nodes(1)
    seats = network.arcs(person[rows], cell[kind_of[rows], columns], 1, np.rint(scale @ direct))
    here = np.flatnonzero(groups)
    for kind, number in enumerate(known.kinds):
        applies = np.array([compiled.counts[number].applies(one) for one in here.tolist()])
        for first, last, price in steps[number]:
            width = groups[here] * (last - first)
            network.arcs(cell[kind, here], place[here], width, applies * price * scale[known.tier])
    network.arcs(cell[-1, here], place[here], groups[here] * largest, 0)
    ends = {0, largest, *least.tolist(), *sizes.room.tolist()}
    for number in known.sizes:
        ends |= {first for first, _, _ in steps[number]}
    for first, last in pairwise(sorted(ends)):
        reward = np.where(first < least[here], -(scale[0] // 2), 0.0)
        for number in known.sizes:
            applies = np.array([compiled.counts[number].applies(one) for one in here.tolist()])
            price = next(one for start, end, one in steps[number] if start <= first < end)
            reward += applies * price * scale[compiled.counts[number].tier]
        width = groups[here] * (last - first) * (last <= sizes.room[here])
        network.arcs(place[here], sink, width, reward)
    # Staying out is an arc of its own, so that nobody is placed where that costs more.
    network.arcs(person, sink, 1, 0)
    network.supply(person, 1)
    network.supply(sink, -students)
    carried = network.solve()
    where = np.full(students, -1, dtype=np.int64)
    if carried is not None:
        where[rows[carried[seats] > 0]] = columns[carried[seats] > 0]
    return where
