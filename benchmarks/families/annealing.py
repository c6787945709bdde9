"""Plain simulated annealing: people moved and swapped, groups opened, moved and closed.

The tiers are one sum, in which each outweighs the next by a factor after the usual change of
each is made alike; heat falls from where the first tier is free to change to where the last is
not. The last part of the time takes only what is better tier by tier. The best answer in strict
order is kept.

References
----------
Kirkpatrick, Gelatt and Vecchi (1983), Optimization by simulated annealing. Science 220, 671-680.
https://doi.org/10.1126/science.220.4598.671
"""

from __future__ import annotations

from math import exp
from random import Random
from time import perf_counter

from benchmarks.families.board import Board
from benchmarks.families.stated import HARD, Stated
from benchmarks.families.steps import Steps

FACTOR = 5.0
"""By how much a tier outweighs the next."""
DESCENT = 0.15
"""Share of the time at the end in which nothing that is worse is taken."""

Found = list[tuple[int, frozenset[int]]]


def anneal(stated: Stated, limit: float, seed: int) -> Found | None:
    """Return the best groups found in so many seconds, as templates and people."""
    began = perf_counter()
    rng = Random(seed)
    board = Board(stated)
    steps = Steps(board, rng)
    steps.fill()
    weights = _weights(board, steps, 300)
    hot, cold = max(weights[1:], default=1.0), 0.1
    best, least = (board.groups() if board.sound() else None), board.totals.copy()
    while (done := (perf_counter() - began) / limit) < 1:
        heat = 0.0 if done > 1 - DESCENT else hot * (cold / hot) ** (done / (1 - DESCENT))
        for _ in range(100):
            before = board.totals.copy()
            undo = steps.one()
            if undo is None:
                continue
            after = board.totals
            worse = after > before
            if heat and worse:
                rise = sum(w * (a - b) for w, a, b in zip(weights, after, before, strict=True))
                worse = rise > 0 and rng.random() >= exp(-rise / heat)
            if worse:
                undo()
            elif after < before and after[HARD] == 0 and (best is None or after < least):
                best, least = board.groups(), after.copy()
    return best


def _weights(board: Board, steps: Steps, tries: int) -> list[float]:
    """Return what a change of one in each tier counts, from how much steps change each."""
    seen = [[1] for _ in board.totals]
    for _ in range(tries):
        before = board.totals.copy()
        undo = steps.one()
        if undo is not None:
            for place, (now, then) in enumerate(zip(board.totals, before, strict=True)):
                if now != then:
                    seen[place].append(abs(now - then))
            undo()
    usual = [sorted(changes)[len(changes) // 2] for changes in seen]
    last = len(usual) - 1
    weights = [FACTOR ** (last - place) / size for place, size in enumerate(usual)]
    # What is forbidden is as dear as three of the first tier.
    weights[HARD] = 3 * weights[1] if last else 1.0
    return weights
