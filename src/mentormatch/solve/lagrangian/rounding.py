"""Whole numbers of groups near the relaxation's: rounded at once, or by a diving heuristic."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.lagrangian.dual import Floats
from mentormatch.solve.lagrangian.flows import Ints
from mentormatch.solve.lagrangian.sampled_relaxation import SampledRelaxation
from mentormatch.solve.params import DEFAULTS, SolveParams

WEIGHT = 1e6
"""Weight of the first tier against the last, at most: beyond, the solver loses digits."""


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


def dive(
    relaxation: SampledRelaxation,
    groups: Floats,
    total: int,
    clock: Clock,
    params: SolveParams = DEFAULTS,
) -> Iterator[Ints]:
    """Yield whole numbers of groups, the later ones with more of the relaxation solved anew.

    Where templates have a group or less each, numbers rounded all at once do not suit each
    other. So those near to whole numbers are fixed first and small ones become none, and the
    relaxation says what is best for the others then.

    Parameters
    ----------
    relaxation
        Over everybody.
    groups
        Its groups of each template.
    total
        Most groups in all.
    clock
        Ends the dive early.
    params
        How many numbers are fixed at a time.
    """
    tiers = len(relaxation.costs)
    apart = min(params.dive_tier_ratio, WEIGHT ** (1 / max(1, tiers - 1)))
    weights = apart ** np.arange(tiers - 1, -1, -1, dtype=np.float64)
    most = relaxation.dual.most.copy()
    fewest = np.zeros(len(most))
    for step in range(1, params.dive_steps + 1):
        open_ = most > fewest
        off = np.abs(groups - np.rint(groups))
        near = open_ & (groups >= 0.5) & (off <= params.dive_near_fraction * step)
        small = open_ & ~near & (groups < min(0.5, params.dive_small_fraction * step))
        if not near.any() and not small.any():
            return
        fewest[near] = most[near] = np.minimum(np.rint(groups), most)[near]
        most[small] = 0.0
        if fewest.sum() > total:
            return
        solved = relaxation.solve_within(weights, fewest, most, clock)
        if solved is None:
            return
        groups = solved
        yield whole_groups(groups, relaxation.dual.most, total)
