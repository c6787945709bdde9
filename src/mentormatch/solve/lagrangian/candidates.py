"""The few templates of each student that cost least at the multipliers, so that flows are small."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mentormatch.solve.lagrangian.dual import CHUNK, LagrangianDual, Multipliers
from mentormatch.solve.lagrangian.flows import Ints

GRAIN = 2.0**10
"""Prices that differ by less than this part of one are taken for equal."""


def candidate_templates(
    dual: LagrangianDual, prices: Multipliers, groups: Ints, options: int
) -> NDArray[np.bool_]:
    """Return which templates each student is to choose from, shape (students, templates).

    At good prices many templates are equally good for somebody. Of those a few are drawn, each
    as likely as it has groups, so that all students together can still fill every group.

    Parameters
    ----------
    dual
        The problem.
    prices
        The multipliers.
    groups
        Shape (templates,): groups open.
    options
        Most templates of a student.
    """
    compiled = dual.compiled
    students = compiled.students
    chosen = np.zeros((students, len(groups)), dtype=np.bool_)
    weights = [*prices.held.tolist(), 1.0]
    on_count = dual.on_count(prices.lines)
    chance = np.random.default_rng(0)
    for first in range(0, students, CHUNK):
        last = min(first + CHUNK, students)
        rows, columns = np.nonzero(compiled.allowed[first:last] & (groups > 0))
        cost = dual.of_counts(first, last, on_count)[rows, columns]
        for tier, weight in enumerate(weights):
            cost += weight * dual.direct(tier, first + rows, columns)
        drawn = chance.random(len(rows)) ** (1.0 / groups[columns])
        order = np.lexsort((-drawn, np.rint(cost * GRAIN), rows))
        place = np.arange(len(rows)) - np.searchsorted(rows, rows)
        best = order[place < options]
        chosen[first + rows[best], columns[best]] = True
    return chosen
