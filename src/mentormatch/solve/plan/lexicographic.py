"""Minimising one tier after the other, each with the earlier ones held at what was reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import SearchStrategy, Solved, solve
from mentormatch.solve.plan.model import Objective, Plan, PlanModel
from mentormatch.solve.plan.portfolio import STRATEGIES, run_portfolio

if TYPE_CHECKING:
    from mentormatch.solve.plan.branch_and_bound import BranchAndBound
    from mentormatch.solve.plan.relaxation import Relaxation

SMALL = 250
"""Fewest variables of a plan for which its relaxation is worth the while."""
NODES = 100
"""Parts of a tier's tree that are looked at before the whole plan is searched."""
EFFORT = 2.0
"""Deterministic time of the first search of the whole plan, some twice as many seconds."""
GROWTH = 3
"""How much longer each turn of branching and searching is than the one before."""
SHARE = 0.5
"""Most of the time left that a tier takes up, so that something is left for those after it."""


class LexicographicSolve:
    """Solves a plan tier by tier.

    Each tier begins with its tree: branching on the numbers of groups proves most plans. Where
    it does not in a while, and for plans too small to need it, CP-SAT searches the whole, and the
    two take turns, each turn longer than the one before.

    Parameters
    ----------
    model
        The integer program.
    bounds
        Where proofs are noted.
    clock
        Ends the search early.
    seed
        Seed of the solver.
    workers
        Searches side by side; they change nothing but the time.
    told
        Called with the tier and the seconds that it took.
    executor
        Where to search the whole plan; in threads of this process without one.
    """

    def __init__(
        self,
        model: PlanModel,
        bounds: Bounds,
        clock: Clock,
        seed: int,
        workers: int,
        told: Callable[[int, float], None],
        executor: Executor | None = None,
    ) -> None:
        self.model = model
        self.bounds = bounds
        self.clock = clock
        self.seed = seed
        self.workers = workers
        self.told = told
        self.executor = executor
        self.plan: Plan | None = None
        self.complete = True
        self.infeasible = False
        self._held: list[int] = []
        self._values: list[int] | None = None
        self._relaxation: Relaxation | None = None

    def run(self) -> Plan | None:
        """Return the plan reached, or None without any; `complete` says if all is proven."""
        if not self.model.objectives:
            self._take(solve(self.model.model, self.model.variables, self.clock, seed=self.seed))
        for tier, objective in enumerate(self.model.objectives):
            began = self.clock.elapsed
            self._minimise(tier, objective)
            self.told(tier, self.clock.elapsed - began)
            if self.plan is None:
                break
            self._held.append(self.plan.values[tier])
            self.model.model.add(objective.expression <= self._held[-1])
            if self._relaxation is not None:
                self._relaxation.hold(objective, self._held[-1])
        return self.plan

    def _minimise(self, tier: int, objective: Objective) -> None:
        if self._reached(tier):
            return
        last = tier == len(self.model.objectives) - 1
        clock = self.clock if last else self.clock.part(SHARE)
        tree = self._tree(tier, objective)
        nodes, effort, first = NODES, EFFORT, True
        while not clock.over:
            if tree is not None:
                self._branch(tier, tree, clock, nodes)
            if self.infeasible or self._reached(tier):
                return
            if self._search(
                tier, objective, clock, effort, STRATEGIES[:1] if first else STRATEGIES
            ):
                return
            if first:
                # A row with a whole tier's cost slows a search, and pays only in long ones.
                self.model.model.add(objective.expression >= self._bound(tier))
            nodes, effort, first = GROWTH * nodes, GROWTH * effort, False
        self.complete &= self._reached(tier)

    def _tree(self, tier: int, objective: Objective) -> BranchAndBound | None:
        """Bound the tier by its relaxation, and return its tree, if it is worth the while."""
        if len(self.model.variables) < SMALL:
            return None
        from mentormatch.solve.plan.branch_and_bound import BranchAndBound
        from mentormatch.solve.plan.relaxation import Relaxation

        if self._relaxation is None:
            self._relaxation = Relaxation(self.model)
        self._relaxation.minimise(objective)
        return BranchAndBound(self.model, self._relaxation, objective, self._bound(tier), self.seed)

    def _branch(self, tier: int, tree: BranchAndBound, clock: Clock, nodes: int) -> None:
        """Look at some parts of the tree, and note what they prove."""
        if self.plan is not None and self._values is not None:
            tree.offer(self._values, self.plan.values[tier])
        tree.run(clock, nodes)
        if tree.values is not None:
            self._better(tier, tree.values)
        if tree.bound is not None:
            self.bounds.add(self._held, tree.bound)
        self.infeasible = tree.bound is None and self.plan is None

    def _search(
        self,
        tier: int,
        objective: Objective,
        clock: Clock,
        effort: float,
        strategies: Sequence[SearchStrategy],
    ) -> bool:
        """Search the whole plan; True if there is no more to be found."""
        self.model.model.minimize(objective.expression)
        if self._values is not None:
            self.model.hint(self._values)
        solved = run_portfolio(
            self.model.model,
            self.model.variables,
            clock,
            seed=self.seed,
            workers=self.workers,
            effort=effort,
            strategies=strategies,
            executor=self.executor,
        )
        if solved.bound is not None:
            self.bounds.add(self._held, solved.bound)
        if solved.values is not None:
            self._better(tier, self.model.recompute_epigraph(solved.values))
        self.infeasible = self.plan is None and solved.outcome == "INFEASIBLE"
        return solved.outcome in ("OPTIMAL", "INFEASIBLE")

    def _better(self, tier: int, values: list[int]) -> None:
        """Take a plan if it costs less in the tier."""
        plan = self.model.read(values)
        if self.plan is None or plan.values[tier] < self.plan.values[tier]:
            self.plan, self._values = plan, values

    def _reached(self, tier: int) -> bool:
        """Whether the plan in hand is already as good as any can be."""
        return self.plan is not None and self.plan.values[tier] <= self._bound(tier)

    def _bound(self, tier: int) -> int:
        return self.bounds.of([*self._held, 0])[tier]

    def _take(self, solved: Solved) -> None:
        if solved.values is not None:
            self._values = self.model.recompute_epigraph(solved.values)
            self.plan = self.model.read(self._values)
        self.infeasible = self.plan is None and solved.outcome == "INFEASIBLE"
