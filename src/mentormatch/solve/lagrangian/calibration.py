"""Weights by which a random sample of people stands for all of them more exactly.

A sample has by chance too many people who can come on Tuesday, and the relaxation over it would
plan for them. So people of a sample count for a little more or less than one: as little as can
be, with the numbers of those who can be in each template, and who like to be, as they are among
everybody. Those of each kind (of one department, as a rule) are weighted by themselves. Survey
statistics call this calibration (Deville and Sarndal, Calibration estimators in survey sampling,
1992, doi:10.1080/01621459.1992.10475217).
"""

from __future__ import annotations

import numpy as np

from mentormatch.rules.forms import Ints
from mentormatch.solve.lagrangian.dual import CHUNK, Floats, LagrangianDual

RIDGES = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0)
"""Penalties (ridge regression) on weights far from 1: the first whose weights are within limits."""
FEW = 2
"""People of a kind for each template, below which they are weighted with others."""
ENTRIES = 1 << 22
"""Features of people that are in memory at a time, which is 32 MB."""
LEAST, MOST = 0.2, 5.0
"""What a person of a sample counts for, at least and at most."""


def calibrated_weights(dual: LagrangianDual, sample: Ints, kind: Ints, share: float) -> Floats:
    """Return what each person of a sample counts for; 1 on average.

    Parameters
    ----------
    dual
        The problem.
    sample
        People of the sample, in order.
    kind
        Shape (people,): which people are weighted together.
    share
        Size of the sample as a share of everybody.
    """
    weights = np.ones(len(sample))
    kind = _merged(dual, kind, sample)
    totals: dict[int, Floats] = {}
    chunk = max(1, min(CHUNK, ENTRIES // (2 * len(dual.most) + 1)))
    for first in range(0, len(kind), chunk):
        people = np.arange(first, min(first + chunk, len(kind)))
        features = _features(dual, people)
        for one in np.unique(kind[people]).tolist():
            mine = features[kind[people] == one].sum(axis=0)
            totals[one] = totals.get(one, np.zeros(len(mine))) + mine
    for one, total in totals.items():
        mine = np.flatnonzero(kind[sample] == one)
        if len(mine):
            weights[mine] = _of_kind(_features(dual, sample[mine]), total * share)
    return weights


def _merged(dual: LagrangianDual, kind: Ints, sample: Ints) -> Ints:
    """Return kinds of which those that are too few in the sample to be weighted are one.

    Students and mentors stay apart.
    """
    sizes = np.bincount(kind[sample], minlength=int(kind.max(initial=0)) + 1)
    few = sizes[kind] < FEW * len(dual.most)
    mentors = np.arange(len(kind)) >= dual.compiled.students
    return np.where(few, len(sizes) + mentors, kind)


def _of_kind(features: Floats, wanted: Floats) -> Floats:
    """Return weights with which features add up to about what is wanted, and people exactly.

    The first feature of each person is how many groups they can have. Where few people would have
    to count for far more or less than one, more of the differences is let be.

    The normal equations are solved over features or over people, whichever are fewer:
    ``F (F'F + r I)^-1 = (FF' + r I)^-1 F`` (push-through identity). Hager, W. W. (1989). Updating
    the inverse of a matrix. SIAM Review 31(2), 221-239. doi:10.1137/1031049
    """
    short = wanted - features.sum(axis=0)
    wide = features.shape[1] > len(features)
    square = features @ features.T if wide else features.T @ features
    weights = np.ones(len(features))
    for ridge in RIDGES:
        system = square + ridge * np.eye(len(square))
        if wide:
            weights = 1.0 + np.linalg.solve(system, features @ short)
        else:
            weights = 1.0 + features @ np.linalg.solve(system, short)
        if weights.min() >= LEAST and weights.max() <= MOST:
            break
    weights = np.clip(weights, LEAST, MOST)
    counted = float(weights @ features[:, 0])
    # Of mentors who can have no group there may be no others in the sample.
    scaled: Floats = weights * (wanted[0] / counted) if counted else np.ones(len(features))
    return scaled


def _features(dual: LagrangianDual, people: Ints) -> Floats:
    """Return for each person: one, where they can be, and where it costs nothing.

    Who can have several groups counts for as many.
    """
    allowed = dual.compiled.allowed[people] & (dual.most > 0)
    gladly = allowed & ~dual.compiled.cost[:, people].any(axis=0)
    ones = np.ones((len(people), 1))
    each = np.concatenate([ones, allowed.astype(np.float64), gladly.astype(np.float64)], axis=1)
    counted: Floats = each * dual.compiled.capacity[people, None]
    return counted
