"""What a person's first, second and further group costs, by the number of their groups alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentormatch.rules.forms import Ints
from mentormatch.solve.instance.compiled import HARD, Compiled


@dataclass(frozen=True, eq=False)
class LoadIncrements:
    """A convex lower bound, in whole numbers, of what each person's number of groups costs.

    Attributes
    ----------
    out
        Shape (tiers, people): what it costs that each person has no group.
    first
        Shape (tiers, people): what a group of each person costs, at least.
    several
        People who can have more than one group, in order.
    further
        Shape (tiers, several, groups): how much more than the first the first, second and
        further group of each of them costs; it never falls from one group to the next.
    """

    out: Ints
    first: Ints
    several: Ints
    further: Ints


def load_increments(compiled: Compiled) -> LoadIncrements:
    """Return the increments of all soft prices of loads."""
    capacity = compiled.capacity
    several = np.flatnonzero(capacity > 1)
    place = np.full(len(capacity), -1, dtype=np.int64)
    place[several] = np.arange(len(several))
    out = np.zeros((compiled.tiers, len(capacity)), dtype=np.int64)
    first = np.zeros((compiled.tiers, len(capacity)), dtype=np.int64)
    most = int(capacity.max(initial=1))
    further = np.zeros((compiled.tiers, len(several), most), dtype=np.int64)
    for load in compiled.loads:
        if load.tier == HARD:
            continue
        out[load.tier, load.people] += load.weight * load.table[:, 0]
        steps = load.weight * convex_steps(load.table, capacity[load.people], most)
        first[load.tier, load.people] += steps[:, 0]
        here = place[load.people] >= 0
        mine = steps[here]
        further[load.tier, place[load.people[here]]] += mine - mine[:, :1]
    return LoadIncrements(out, first, several, further)


def convex_steps(table: Ints, capacity: Ints, most: int) -> Ints:
    """Return the slopes of each table's lower convex hull, step by step, rounded down.

    They never fall, and their sums never exceed what the table rises by. They are rounded because
    bounds are exact in whole numbers only. Beyond a person's capacity the last slope repeats.

    Parameters
    ----------
    table
        Shape (people, loads): the amount for each by number of groups.
    capacity
        Shape (people,): most groups of each.
    most
        Steps wanted.
    """
    loads = np.minimum(np.arange(most + 1), table.shape[1] - 1)
    rises = table[:, loads] - table[:, :1]
    steps = np.zeros((len(table), most), dtype=np.int64)
    at = np.zeros(len(table), dtype=np.int64)
    rows = np.arange(len(table))
    top = np.maximum(capacity, 1)
    for step in range(most):
        # The least slope from the last vertex of the hull at or before this step.
        ends = np.arange(most + 1)
        width = ends[None, :] - at[:, None]
        ahead = (width > 0) & (ends[None, :] <= top[:, None])
        rise = rises - rises[rows, at][:, None]
        slope = np.where(ahead, rise / np.where(ahead, width, 1), np.inf)
        least = slope.min(axis=1)
        on = np.isfinite(least)
        steps[on, step] = np.floor(least[on]).astype(np.int64)
        if step:
            steps[~on, step] = steps[~on, step - 1]
        # The next vertex is reached where this edge of the hull ends with this step.
        end = most - np.argmin(slope[:, ::-1], axis=1)
        at = np.where(on & (end == step + 1), end, at)
    return steps
