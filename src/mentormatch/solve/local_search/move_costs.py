"""Evaluation of moves: for some people all swaps with others and all moves to groups, at once.

That p leaves g for h and q comes the other way costs

    enter[h] . p + leave[g] . p - bend[g] . (p and q) + alone(p, h) - alone(p, g)
    enter[g] . q + leave[h] . q - bend[h] . (p and q) + alone(q, g) - alone(q, h) - 2 pair(p, q)

with the letters of `State`: products of matrices over people, sets and groups. Gains are kept so
for pairs in the search for maximally diverse groups (Lai and Hao 2016,
doi:10.1016/j.ejor.2016.04.032).
"""

from __future__ import annotations

import numpy as np

from mentormatch.solve.local_search.energy import Floats, SumTables
from mentormatch.solve.local_search.ground import Ints
from mentormatch.solve.local_search.state import NEVER, State


def move_costs(state: State, units: Ints, first: int, last: int) -> Floats:
    """Return what each move of some units would cost, a row for each of them.

    First come swaps with each of the units from `first` to `last`, which are those of their
    kind, students or mentors; then going to each group, then nowhere.
    """
    rooms, number = state.rooms, last - first
    here = state.where[units]
    of_units = state.of_unit[units]
    arrival: Floats = of_units @ state.enter.T
    arrival += state.alone[:, units].T
    arrival += state.out[units][:, None]
    cost = np.empty((len(units), number + rooms + 1), dtype=np.float64)
    swaps, places = cost[:, :number], cost[:, number:]
    np.add(arrival, state.closed, out=places)
    _swaps(state, units, first, last, arrival, swaps)
    nowhere = here == rooms
    rest = state.rest[units]
    places[:, rooms] += rest
    if nowhere.any():
        places[nowhere] -= rest[nowhere, None]
    if state.energy.sums is not None:
        _sums_of_places(state, state.energy.sums, units, places)
    role = int(first > 0)
    full = state.count[:rooms, role] >= state.scene.most_of_role[role]
    if full.any():
        places[:, :rooms][:, full] = NEVER
    places[np.arange(len(units)), here] = NEVER
    return cost


def _swaps(
    state: State, units: Ints, first: int, last: int, arrival: Floats, swaps: Floats
) -> None:
    rooms = state.rooms
    here, there = state.where[units], state.where[first:last]
    of_units, of_set = state.of_unit[units], state.of_set[:, first:last]
    np.take(arrival, there, axis=1, out=swaps)
    swaps += state.out[first:last]
    swaps += state.alone[here, first:last]
    bent = of_units * state.bend[here]
    swaps += (state.enter[here] - bent) @ of_set
    swaps -= of_units @ (of_set * state.bend.T[:, there])
    nowhere, away = here == rooms, there == rooms
    some = bool(away.any()) or bool(nowhere.any())
    pair = state.energy.pair
    if pair is not None:
        together = pair[units, first:last]
        if some:
            swaps -= together * ((~away).astype(np.float64) + ~nowhere[:, None])
        else:
            swaps -= 2.0 * together
    if some:
        side = nowhere[:, None] * 1.0 - away
        swaps += side * (state.rest[first:last] - state.rest[units][:, None])
        for (form, _), bend in zip(state.energy.placed, state.bend_placed, strict=True):
            both = form.member[units][:, None] & form.member[first:last]
            swaps -= np.abs(side) * both * bend
    if state.energy.sums is not None:
        _sums_of_swaps(state, state.energy.sums, units, first, last, swaps)
    np.copyto(swaps, NEVER, where=there == here[:, None])
    for row, unit in enumerate(units.tolist() if first < last else ()):
        if unit in state.siblings:
            swaps[row, state.siblings[unit] - first] = NEVER


def _sums_of_swaps(
    state: State, sums: SumTables, units: Ints, first: int, last: int, swaps: Floats
) -> None:
    rooms = state.rooms
    here, there = state.where[units], state.where[first:last]
    change = state.adds[units][:, None] - state.adds[first:last]
    more = sums(state.sum[there] + change)
    more -= state.sum_cost[there]
    # Nowhere no sum counts.
    more[:, there == rooms] = 0.0
    swaps += more
    more = sums(state.sum[here][:, None] - change)
    more -= state.sum_cost[here][:, None]
    more[here == rooms] = 0.0
    swaps += more


def _sums_of_places(state: State, sums: SumTables, units: Ints, places: Floats) -> None:
    rooms = state.rooms
    here = state.where[units]
    mine = state.adds[units]
    more = sums(state.sum + mine[:, None])
    more -= state.sum_cost
    more[:, rooms] = 0.0
    places += more
    less = sums(state.sum[here] - mine) - state.sum_cost[here]
    less[here == rooms] = 0.0
    places += less[:, None]


def arrivals(state: State, group: int) -> Floats:
    """Return what it would cost that each unit comes to a group from where it is."""
    scene, rooms = state.scene, state.rooms
    nowhere = state.where == rooms
    cost: Floats = state.alone[group] + state.of_unit @ state.enter[group]
    cost += state.out
    cost -= np.where(nowhere, state.rest, 0.0)
    sums = state.energy.sums
    if sums is not None:
        cost += sums(state.sum[group] + state.adds)
        cost -= state.sum_cost[group]
        left = sums(state.sum[state.where] - state.adds)
        left -= state.sum_cost[state.where]
        cost += np.where(nowhere, 0.0, left)
    for role, (first, last) in enumerate(((0, scene.students), (scene.students, scene.units))):
        if state.count[group, role] >= scene.most_of_role[role]:
            cost[first:last] = NEVER
    cost[state.where == group] = NEVER
    return cost


def relocations(state: State, group: int) -> Floats:
    """Return what it would cost that a whole group goes to each template."""
    scene, energy = state.scene, state.energy
    now = int(state.template[group])
    members = np.flatnonzero(state.where == group)
    cost = state.of_counts(group)[scene.kind]
    cost += energy.place[members].sum(axis=0)
    for unit in members.tolist():
        for sibling in state.siblings.get(unit, ()):
            other = int(state.where[sibling])
            # Two of one person in one group stay as wrong as they are.
            if other not in (state.rooms, group):
                cost += energy.hard * scene.overlaps[state.template[other]]
    cost -= cost[now]
    cost[(state.room[scene.slot] <= 0) & (scene.slot != scene.slot[now])] = NEVER
    cost[now] = NEVER
    return cost
