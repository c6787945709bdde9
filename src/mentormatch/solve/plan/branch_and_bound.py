"""LP-based branch and bound on the numbers of groups.

With the number of groups of every template fixed, the rest is nearly a network flow, whose linear
relaxation is integral. So the tree branches on these few numbers first, on the most fractional
one, and is usually small where a search over all variables is not. Every node is bounded by a
linear program that is warm-started from the last one. Where the numbers of groups are integral
and the assignment is not, as with pairs or held tiers, CP-SAT assigns people with the groups
fixed, and the tree branches on the variables of people.

Node bounds are recomputed exactly, in integers, from the LP duals, and a node is pruned as
infeasible only with a dual (Farkas) certificate: see `backend.linear_program`.

Land, A. H. and Doig, A. G. (1960). An automatic method of solving discrete programming problems.
Econometrica 28(3), 497-520. doi:10.2307/1910129
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from mentormatch.solve.backend.branching import most_fractional
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import solve
from mentormatch.solve.backend.sparse_matrix import Floats
from mentormatch.solve.params import DEFAULTS, SolveParams
from mentormatch.solve.plan.model import Objective, PlanModel
from mentormatch.solve.plan.relaxation import Relaxation

Box = Mapping[int, tuple[float, float]]
"""Bounds of the variables for which they are narrower than at the root."""


@dataclass(order=True, frozen=True)
class Node:
    """A subproblem; of two with the same bound the younger comes first."""

    bound: int
    rank: int
    box: Box = field(compare=False)


class BranchAndBound:
    """The search for a tier's cheapest plan; `run` can be called again to continue it.

    Parameters
    ----------
    plan
        The integer program.
    relaxation
        Its LP relaxation; the tier must be its objective whenever `run` is called.
    objective
        The tier's cost.
    bound
        A lower bound that is known.
    seed
        Seed of CP-SAT.
    params
        Which branch is explored first, and the effort of assigning people in a node.

    Attributes
    ----------
    values, cost
        The incumbent's values of all variables and its cost; None without an incumbent.
    """

    def __init__(
        self,
        plan: PlanModel,
        relaxation: Relaxation,
        objective: Objective,
        bound: int,
        *,
        seed: int,
        params: SolveParams = DEFAULTS,
    ) -> None:
        self.values: list[int] | None = None
        self.cost: int | None = None
        self._plan = plan
        self.relaxation = relaxation
        self._objective = objective
        self._seed = seed
        self._params = params
        self._open = [Node(bound, 0, {})]
        self._stuck: int | None = None
        self._branchings = 0
        self._assigned: dict[tuple[int, ...], bool] = {}
        self._groups = np.array([one.index for one in plan.groups], dtype=np.int64)
        rest = {one.index for one in plan.variables}.difference(
            self._groups.tolist(), plan.epigraph_variables
        )
        self._others = np.array(sorted(rest), dtype=np.int64)
        self._root = {place: relaxation.range(place) for place in [*self._groups, *self._others]}
        self._narrow: Box = {}

    @property
    def bound(self) -> int | None:
        """The proven lower bound of the tier; None if it is proven that there is no plan."""
        known = [node.bound for node in self._open[:1]]
        known += [one for one in (self._stuck, self.cost) if one is not None]
        return min(known) if known else None

    @property
    def ended(self) -> bool:
        """Whether the incumbent is proven optimal, or that there is no plan."""
        return self.bound == self.cost

    def offer(self, values: list[int], cost: int) -> None:
        """Take a plan as the incumbent if it costs less."""
        if self.cost is None or cost < self.cost:
            self.values, self.cost = values, cost

    def run(self, clock: Clock, nodes: int) -> None:
        """Explore at most so many more nodes, or until the search has ended."""
        with clock.stopping(self.relaxation.interrupt):
            node = self._explore(clock, nodes)
        if node is not None:
            heappush(self._open, node)
        self._bind({})

    def _explore(self, clock: Clock, nodes: int) -> Node | None:
        """Explore some nodes; return the one that would be next."""
        node: Node | None = None
        for _ in range(nodes):
            if clock.expired() or self.ended:
                break
            if node is None:
                if not self._open or not self._can_improve(self._open[0].bound):
                    break
                node = heappop(self._open)
            node = self._process(node, clock)
        return node

    def _can_improve(self, bound: int) -> bool:
        return self.cost is None or bound < self.cost

    def _process(self, node: Node, clock: Clock) -> Node | None:
        """Bound a node, and prune or branch; return the child to explore next."""
        self._bind(node.box)
        found = self.relaxation.solve(clock)
        if found is None:
            if not self.relaxation.proven_infeasible(clock):
                self._give_up(node.bound)
            return None
        bound = max(node.bound, found.bound)
        if not self._can_improve(bound):
            return None
        place = most_fractional(found.values, self._groups)
        if place is None:
            if self._settled(found.values, bound, clock):
                return None
            place = most_fractional(found.values, self._others)
            if place is None:
                self._give_up(bound)
                return None
        return self._branch(node, bound, place, found.values[place])

    def _branch(self, node: Node, bound: int, place: int, value: float) -> Node:
        """Branch on a variable; keep one child for later, and return the other."""
        lower, upper = node.box.get(place, self._root[place])
        below = {**node.box, place: (lower, float(np.floor(value)))}
        above = {**node.box, place: (float(np.ceil(value)), upper)}
        up = value % 1 > self._params.tree_up_fraction
        first, second = (above, below) if up else (below, above)
        self._branchings += 1
        heappush(self._open, Node(bound, -self._branchings, second))
        return Node(bound, -self._branchings, first)

    def _settled(self, values: Floats, bound: int, clock: Clock) -> bool:
        """Assign people where numbers of groups are integral; return whether to prune the node."""
        whole = [int(value) for value in np.rint(values)]
        if most_fractional(values, self._others) is None:
            tight = self._plan.recompute_epigraph(whole)
            if self.relaxation.holds(np.array(tight)):
                self._take(tight)
                return not self._can_improve(bound)
        groups = tuple(whole[place] for place in self._groups.tolist())
        if groups not in self._assigned:
            self._assigned[groups] = self._assign(groups, bound, clock)
        if not self._can_improve(bound):
            return True
        # If the node fixes these very groups, CP-SAT has proven what they can cost at least.
        fixed = all(lower == upper for lower, upper in map(self.relaxation.range, self._groups))
        return fixed and self._assigned[groups]

    def _assign(self, groups: Sequence[int], bound: int, clock: Clock) -> bool:
        """Assign people with these numbers of groups; return whether the result is proven."""
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
            effort=self._params.tree_assign_effort,
            fix_hinted=True,
            enough=bound,
        )
        if solved.values is not None:
            self._take(self._plan.recompute_epigraph(solved.values))
        return solved.outcome in ("OPTIMAL", "INFEASIBLE")

    def _take(self, values: list[int]) -> None:
        self.offer(values, sum(self._objective.costs(values).values()))

    def _give_up(self, bound: int) -> None:
        """Drop a node that can be neither pruned nor branched; the tree keeps its bound."""
        self._stuck = bound if self._stuck is None else min(self._stuck, bound)

    def _bind(self, box: Box) -> None:
        for place in {**self._narrow, **box}:
            bounds = box.get(place, self._root[place])
            if self.relaxation.range(place) != bounds:
                self.relaxation.bind(place, *bounds)
        self._narrow = box
