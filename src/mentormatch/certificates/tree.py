"""Branch and bound that keeps the proof: for each leaf the duals that close it.

The value to be proven is known, since a matching reaches it, so a node is closed as soon as its
bound is that value, and every order of the nodes explores the same tree.

Land, A. H. and Doig, A. G. (1960). An automatic method of solving discrete programming problems.
Econometrica 28(3), 497-520. doi:10.2307/1910129
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from mentormatch.solve.backend.branching import most_fractional
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.linear_program import LinearProgram
from mentormatch.solve.backend.sparse_matrix import Floats

Box = Mapping[int, tuple[float, float]]
"""Bounds of the columns for which they are narrower than at the root."""


@dataclass(frozen=True)
class Leaf:
    """A part of the tree, closed by duals.

    Attributes
    ----------
    duals
        Shape (rows,).
    bound
        What they prove; None if there is no point at all.
    """

    duals: Floats
    bound: int | None


@dataclass(frozen=True)
class Split:
    """A column is at most `at` in one child, and at least one more in the other."""

    column: int
    at: int
    below: int
    above: int


@dataclass(order=True, frozen=True)
class _Open:
    bound: int
    rank: int
    node: int = field(compare=False)
    box: Box = field(compare=False)
    duals: Floats = field(compare=False)


class ProofTree:
    """A tree whose leaves prove a bound of a linear program with integer columns.

    Parameters
    ----------
    program
        The program; its columns are bound for the time of the search.
    branching
        Columns to branch on, in sets of which an earlier one goes first.
    target
        The bound to be proven; None to prove that there is no point.
    most
        Greatest number of programs to solve.

    Attributes
    ----------
    nodes
        The tree; the first node is the root.
    bound
        What it proves; None that there is no point.
    """

    def __init__(
        self,
        program: LinearProgram,
        branching: Sequence[NDArray[np.int64]],
        target: int | None,
        *,
        most: int,
        clock: Clock,
    ) -> None:
        self._program, self._branching, self._target = program, branching, target
        self._clock = clock
        self._found: dict[int, Leaf | Split] = {}
        self._numbers = 1
        self._narrow: Box = {}
        self._root = {
            int(place): program.range(int(place)) for places in branching for place in places
        }
        self._heap: list[_Open] = []
        self.solved = 0
        self._search(most)
        self._bind({})
        for rest in self._heap:
            self._found[rest.node] = Leaf(rest.duals, rest.bound)
        self.nodes = [self._found[number] for number in range(self._numbers)]
        bounds = [leaf.bound for leaf in self.nodes if isinstance(leaf, Leaf)]
        known = [bound for bound in bounds if bound is not None]
        self.bound: int | None = min(known) if known else None

    def _search(self, most: int) -> None:
        nothing = np.zeros(self._program.height)
        node: _Open | None = _Open(self._program.bound_by(nothing), 0, 0, {}, nothing)
        while node is not None:
            if self.solved >= most or self._clock.expired():
                heappush(self._heap, node)
                return
            node = self._process(node)
            if node is None and self._heap and self._is_open(self._heap[0].bound):
                node = heappop(self._heap)

    def _is_open(self, bound: int) -> bool:
        return self._target is None or bound < self._target

    def _process(self, node: _Open) -> _Open | None:
        """Bound a node, and close or split it; return the child to explore next."""
        self._bind(node.box)
        self.solved += 1
        found = self._program.solve(self._clock)
        if found is None:
            duals = self._program.infeasibility_duals(self._clock)
            self._found[node.node] = (
                Leaf(node.duals, node.bound) if duals is None else Leaf(duals, None)
            )
            return None
        bound, duals = node.bound, node.duals
        if found.bound >= bound:
            bound, duals = found.bound, found.duals
        if self._is_open(bound):
            for places in self._branching:
                place = most_fractional(found.values, places)
                if place is not None:
                    return self._split(node, bound, duals, place, float(found.values[place]))
        self._found[node.node] = Leaf(duals, bound)
        return None

    def _split(self, node: _Open, bound: int, duals: Floats, place: int, value: float) -> _Open:
        lower, upper = node.box.get(place, self._root[place])
        at = int(np.floor(value))
        below, above = self._numbers, self._numbers + 1
        self._numbers += 2
        self._found[node.node] = Split(place, at, below, above)
        first = _Open(bound, -below, below, {**node.box, place: (lower, float(at))}, duals)
        second = _Open(bound, -above, above, {**node.box, place: (float(at + 1), upper)}, duals)
        heappush(self._heap, first if value - at > 0.5 else second)
        return second if value - at > 0.5 else first

    def _bind(self, box: Box) -> None:
        for place in {**self._narrow, **box}:
            bounds = box.get(place, self._root[place])
            if self._program.range(place) != bounds:
                self._program.bind(place, *bounds)
        self._narrow = box
