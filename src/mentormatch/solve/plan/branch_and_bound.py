"""Branching on the numbers of groups, with the relaxation as the bound of every node.

With the number of groups of every column fixed, the rest is nearly a network flow, whose
relaxation is whole by itself. So a tree over these few numbers, each of its nodes bounded by a
linear program that goes on from the last one, is soon searched to its end, where a search over
all variables loses itself. Where numbers of groups are whole and seats are not, as with pairs or
held tiers, CP-SAT seats people with the groups fixed, and seats are branched on.

What is said of a node holds in whole numbers: its bound is computed again from the duals, and it
is dropped as impossible only where duals prove it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import solve
from mentormatch.solve.backend.linear_program import Floats
from mentormatch.solve.plan.model import Objective, PlanModel
from mentormatch.solve.plan.relaxation import Relaxation

NEARLY = 1e-6
"""How far a value may be from a whole number and count as one."""
UPWARDS = 0.3
"""Part of a group from which on the branch with one group more is looked at first."""
SEATING = 1.0
"""Deterministic time for seats where the numbers of groups are fixed."""

Box = Mapping[int, tuple[float, float]]
"""Variables and their bounds, where these are narrower than at the root."""


@dataclass(order=True, frozen=True)
class Node:
    """A part of the tree; of two with the same bound the younger comes first."""

    bound: int
    rank: int
    box: Box = field(compare=False)


class BranchAndBound:
    """The search for a tier's cheapest plan; it can be broken off and gone on with.

    Parameters
    ----------
    plan
        The integer program.
    relaxation
        Its relaxation; the tier must be its objective whenever `run` is called.
    objective
        The tier's cost.
    bound
        Cost that no plan can be below.
    seed
        Seed of CP-SAT.

    Attributes
    ----------
    values, cost
        The best plan's values of all variables and what it costs; None without a plan.
    """

    def __init__(
        self, plan: PlanModel, relaxation: Relaxation, objective: Objective, bound: int, seed: int
    ) -> None:
        self.values: list[int] | None = None
        self.cost: int | None = None
        self._plan = plan
        self.relaxation = relaxation
        self._objective = objective
        self._seed = seed
        self._open = [Node(bound, 0, {})]
        self._stuck: int | None = None
        self._parts = 0
        self._seated: dict[tuple[int, ...], bool] = {}
        self._groups = np.array([one.index for one in plan.groups], dtype=np.int64)
        rest = {one.index for one in plan.variables}.difference(self._groups.tolist(), plan.priced)
        self._others = np.array(sorted(rest), dtype=np.int64)
        self._root = {place: relaxation.range(place) for place in [*self._groups, *self._others]}
        self._narrow: Box = {}

    @property
    def bound(self) -> int | None:
        """Cost that no plan can be below, as far as is known; None if there is no plan."""
        known = [node.bound for node in self._open[:1]]
        known += [one for one in (self._stuck, self.cost) if one is not None]
        return min(known) if known else None

    @property
    def ended(self) -> bool:
        """Whether the best plan is proven the best, or that there is none."""
        return self.bound == self.cost

    def offer(self, values: list[int], cost: int) -> None:
        """Take a plan as the best if it costs less than any before."""
        if self.cost is None or cost < self.cost:
            self.values, self.cost = values, cost

    def run(self, clock: Clock, nodes: int) -> None:
        """Look at some nodes more, at most, or until all is proven."""
        with clock.stopping(self.relaxation.interrupt):
            node = self._go_on(clock, nodes)
        if node is not None:
            heappush(self._open, node)
        self._bind({})

    def _go_on(self, clock: Clock, nodes: int) -> Node | None:
        """Look at some nodes, and return one that was next."""
        node: Node | None = None
        for _ in range(nodes):
            if clock.over or self.ended:
                break
            if node is None:
                if not self._open or not self._hopeful(self._open[0].bound):
                    break
                node = heappop(self._open)
            node = self._look(node, clock)
        return node

    def _hopeful(self, bound: int) -> bool:
        return self.cost is None or bound < self.cost

    def _look(self, node: Node, clock: Clock) -> Node | None:
        """Bound a node and split it; return the part to go on with."""
        self._bind(node.box)
        found = self.relaxation.solve(clock)
        if found is None:
            if not self.relaxation.impossible(clock):
                self._give_up(node.bound)
            return None
        bound = max(node.bound, found.bound)
        if not self._hopeful(bound):
            return None
        split = _most_broken(found.values, self._groups)
        if split is None:
            if self._settled(found.values, bound, clock):
                return None
            split = _most_broken(found.values, self._others)
            if split is None:
                self._give_up(bound)
                return None
        return self._halves(node, bound, split, found.values[split])

    def _halves(self, node: Node, bound: int, place: int, value: float) -> Node:
        """Split a node at a variable; keep one part for later, and return the other."""
        least, most = node.box.get(place, self._root[place])
        below = {**node.box, place: (least, float(np.floor(value)))}
        above = {**node.box, place: (float(np.ceil(value)), most)}
        first, second = (above, below) if value % 1 > UPWARDS else (below, above)
        self._parts += 1
        heappush(self._open, Node(bound, -self._parts, second))
        return Node(bound, -self._parts, first)

    def _settled(self, values: Floats, bound: int, clock: Clock) -> bool:
        """Seat people in whole numbers of groups; True if nothing better is in the node."""
        whole = [int(value) for value in np.rint(values)]
        if _most_broken(values, self._others) is None:
            tight = self._plan.recompute_epigraph(whole)
            if self.relaxation.holds(np.array(tight)):
                self._take(tight)
                return not self._hopeful(bound)
        groups = tuple(whole[place] for place in self._groups.tolist())
        if groups not in self._seated:
            self._seated[groups] = self._seat(groups, bound, clock)
        if not self._hopeful(bound):
            return True
        # Nothing but these groups is left in the node, and what they can cost is known.
        fixed = all(least == most for least, most in map(self.relaxation.range, self._groups))
        return fixed and self._seated[groups]

    def _seat(self, groups: Sequence[int], bound: int, clock: Clock) -> bool:
        """Seat people in so many groups; True if nobody can do better with these."""
        model = self._plan.model
        model.minimize(self._objective.expression)
        model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for variable, number in zip(self._plan.groups, groups, strict=True):
            model.add_hint(variable, number)
        solved = solve(
            model,
            self._plan.variables,
            clock,
            seed=self._seed,
            effort=SEATING,
            fix_hinted=True,
            enough=bound,
        )
        if solved.values is not None:
            self._take(self._plan.recompute_epigraph(solved.values))
        return solved.outcome in ("OPTIMAL", "INFEASIBLE")

    def _take(self, values: list[int]) -> None:
        self.offer(values, sum(self._objective.costs(values).values()))

    def _give_up(self, bound: int) -> None:
        """Leave a node that can be neither bounded nor split; nothing is proven beyond it."""
        self._stuck = bound if self._stuck is None else min(self._stuck, bound)

    def _bind(self, box: Box) -> None:
        for place in {**self._narrow, **box}:
            wanted = box.get(place, self._root[place])
            if self.relaxation.range(place) != wanted:
                self.relaxation.bind(place, *wanted)
        self._narrow = box


def _most_broken(values: Floats, places: NDArray[np.int64]) -> int | None:
    """Return the place of the value that is farthest from a whole number; None if all are whole."""
    parts = np.abs(values[places] - np.rint(values[places]))
    if not len(parts) or parts.max() <= NEARLY:
        return None
    return int(places[int(np.argmax(parts))])
