"""Evaluation of all groups of a scene from scratch; `State` keeps the costs of moves up to date."""

from __future__ import annotations

import numpy as np

from mentormatch.solve.local_search.ground import Ints
from mentormatch.solve.local_search.scene import Scene


def amounts(scene: Scene, where: Ints, template: Ints) -> Ints:
    """Return the amount of each level, what is forbidden first.

    Parameters
    ----------
    scene
        Who and where.
    where
        By unit, the number of its group; the last number is nowhere.
    template
        By group, its template, below zero if it is not open; the last stands for nowhere.
    """
    nowhere = len(template) - 1
    open_ = np.flatnonzero(template >= 0)
    counts = np.zeros((len(template), len(scene.member)), dtype=np.int64)
    np.add.at(counts, where, scene.member.T)
    counts = np.minimum(counts[open_], scene.value.shape[2] - 1)
    kind = scene.kind[template[open_]][:, None]
    levels: Ints = scene.value[kind, np.arange(counts.shape[1]), counts].sum(axis=(0, 1))
    seated = np.flatnonzero(where < nowhere)
    there = template[where[seated]]
    levels[0] += int((~scene.allowed[seated, there]).sum())
    levels[1:] += scene.compiled.cost[:, scene.person[seated], there].sum(axis=1)
    levels += scene.seat[:, seated].sum(axis=1)
    levels += _by_load(scene, seated)
    levels += scene.fixed
    for placed in scene.placed:
        levels[placed.level] += placed.table[int(placed.member[seated].sum())]
    for pairs in scene.pairs:
        here = where[pairs.one]
        together = (here == where[pairs.other]) & (here < nowhere)
        levels[pairs.level] += pairs.amount[together].sum()
    for form in scene.sums:
        totals = np.zeros(len(template), dtype=np.int64)
        np.add.at(totals, where, form.weights)
        lines = [slope * totals[open_] + intercept for slope, intercept in form.lines]
        levels[form.level] += form.weight * int(np.max(lines, axis=0).sum()) if lines else 0
    levels[0] += _overlaps(scene, where, template)
    return levels


def _by_load(scene: Scene, seated: Ints) -> Ints:
    """Return what people cost by how many groups they have."""
    groups = np.bincount(scene.person[seated], minlength=int(scene.person.max(initial=0)) + 1)
    first = np.flatnonzero(np.diff(scene.person, prepend=-1))
    by_load: Ints = scene.load[:, first, groups[scene.person[first]]].sum(axis=1)
    return by_load


def _overlaps(scene: Scene, where: Ints, template: Ints) -> int:
    """Return how many pairs of groups of one person overlap in time."""
    pairs = 0
    mine = np.flatnonzero(scene.several & (where < len(template) - 1)).tolist()
    for place, unit in enumerate(mine):
        for other in mine[place + 1 :]:
            if scene.person[other] != scene.person[unit]:
                break
            pairs += int(scene.overlaps[template[where[unit]], template[where[other]]])
    return pairs
