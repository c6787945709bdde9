"""Min-cost flow (Goldberg's cost scaling in ortools) over nodes and arcs in named blocks.

Goldberg, A. V. (1997). An efficient implementation of a scaling minimum-cost flow algorithm.
Journal of Algorithms 22(1), 1-29. doi:10.1006/jagm.1995.0805
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]  # has no types

Ints = NDArray[np.int64]


class FlowNetwork:
    """Nodes and arcs of a flow, added block by block.

    A block of nodes is the array of their numbers, so that arcs are stated by indexing it: of
    ``seats = network.nodes(40)`` the third is ``seats[2]``. A block of arcs is the slice of the
    solution that holds their flows.
    """

    def __init__(self) -> None:
        self.size = 0
        self._arcs = 0
        self._tails: list[Ints] = []
        self._heads: list[Ints] = []
        self._capacities: list[Ints] = []
        self._costs: list[Ints] = []
        self._supplies: list[tuple[Ints, Ints]] = []

    def nodes(self, count: int) -> Ints:
        """Return the numbers of so many new nodes."""
        self.size += count
        return np.arange(self.size - count, self.size)

    def arcs(
        self, tails: ArrayLike, heads: ArrayLike, capacities: ArrayLike, costs: ArrayLike
    ) -> slice:
        """Add arcs, each with its capacity and the cost of a unit; single numbers go for all."""
        block = np.broadcast_arrays(tails, heads, capacities, costs)
        for kept, part in zip(
            (self._tails, self._heads, self._capacities, self._costs), block, strict=True
        ):
            kept.append(np.asarray(part, dtype=np.int64).ravel())
        self._arcs += len(self._tails[-1])
        return slice(self._arcs - len(self._tails[-1]), self._arcs)

    def supply(self, nodes: ArrayLike, amounts: ArrayLike) -> None:
        """Let nodes give an amount into the flow, or take it where it is below zero."""
        block = np.broadcast_arrays(nodes, amounts)
        self._supplies.append((block[0].ravel(), block[1].ravel()))

    def solve(self, *, as_much_as_can_be: bool = False) -> Ints | None:
        """Return the flow of each arc at the least cost; None if supplies cannot be met.

        Parameters
        ----------
        as_much_as_can_be
            Send as much of the supplies as can be, and at the least cost of that.
        """
        flow = min_cost_flow.SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(
            np.concatenate(self._tails).astype(np.int32),
            np.concatenate(self._heads).astype(np.int32),
            np.concatenate(self._capacities),
            np.concatenate(self._costs),
        )
        for nodes, amounts in self._supplies:
            flow.set_nodes_supplies(nodes.astype(np.int32), amounts.astype(np.int64))
        status = flow.solve_max_flow_with_min_cost() if as_much_as_can_be else flow.solve()
        # Reading the flows of a network that was not solved would end the process.
        if status != flow.OPTIMAL:
            return None
        carried: Ints = flow.flows(arcs)
        return carried
