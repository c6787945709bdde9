"""Lexicographic optimisation of a plan: each tier is minimised with the earlier ones held.

A tier held at the value reached becomes a constraint of the program for the tiers after it.
Ehrgott, M. (2005). Multicriteria Optimization, 2nd ed., chapter 5. Springer.
doi:10.1007/3-540-27659-9
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import SearchStrategy, Solved, solve
from mentormatch.solve.params import DEFAULTS, SolveParams
from mentormatch.solve.plan.model import Objective, Plan, PlanModel
from mentormatch.solve.plan.portfolio import STRATEGIES, run_portfolio

if TYPE_CHECKING:
    from mentormatch.solve.plan.branch_and_bound import BranchAndBound
    from mentormatch.solve.plan.relaxation import Relaxation


class LexicographicSolve:
    """Solves a plan tier by tier.

    Each tier begins with branch and bound on the numbers of groups, which proves most plans. Where
    that does not end soon, and for small plans, CP-SAT searches the whole program; the two
    alternate, each turn longer than the one before.

    Parameters
    ----------
    model
        The integer program.
    bounds
        Takes every bound that is proven.
    clock
        Ends the search early.
    seed
        Seed of the solver.
    workers
        Searches side by side; they change the time, not the answer.
    listener
        Called after each tier with its place and the seconds that it took.
    executor
        Where to search the whole plan; in threads of this process without one.
    params
        Efforts, and when branch and bound is worth its while.
    """

    def __init__(
        self,
        model: PlanModel,
        bounds: Bounds,
        clock: Clock,
        *,
        seed: int,
        workers: int,
        listener: Callable[[int, float], None],
        executor: Executor | None = None,
        params: SolveParams = DEFAULTS,
    ) -> None:
        self.model = model
        self.bounds = bounds
        self.clock = clock
        self.seed = seed
        self.workers = workers
        self.listener = listener
        self.executor = executor
        self.params = params
        self.plan: Plan | None = None
        self.complete = True
        self.infeasible = False
        self._held: list[int] = []
        self._values: list[int] | None = None
        self._relaxation: Relaxation | None = None

    def run(self) -> Plan | None:
        """Return the best plan, if any; `complete` says whether every tier of it is proven."""
        if not self.model.objectives:
            self._take(solve(self.model.model, self.model.variables, self.clock, seed=self.seed))
        for tier, objective in enumerate(self.model.objectives):
            began = self.clock.elapsed
            self._minimise(tier, objective)
            self.listener(tier, self.clock.elapsed - began)
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
        clock = self.clock if last else self.clock.part(self.params.tier_share)
        tree = self._tree(tier, objective)
        nodes, effort, first = self.params.tree_nodes, self.params.plan_effort, True
        while not clock.expired():
            if tree is not None:
                self._branch(tier, tree, clock, nodes)
            if self.infeasible or self._reached(tier):
                return
            if self._search(
                tier, objective, clock, effort, STRATEGIES[:1] if first else STRATEGIES
            ):
                return
            if first:
                # A row with a tier's whole cost slows CP-SAT down; it pays only in long searches.
                self.model.model.add(objective.expression >= self._bound(tier))
            nodes *= self.params.turn_growth
            effort *= self.params.turn_growth
            first = False
        self.complete &= self._reached(tier)

    def _tree(self, tier: int, objective: Objective) -> BranchAndBound | None:
        """Return the tier's branch and bound; None where the plan is too small to need it."""
        if len(self.model.variables) < self.params.tree_min_variables:
            return None
        from mentormatch.solve.plan.branch_and_bound import BranchAndBound
        from mentormatch.solve.plan.relaxation import Relaxation

        if self._relaxation is None:
            self._relaxation = Relaxation(self.model)
        self._relaxation.minimise(objective)
        return BranchAndBound(
            self.model,
            self._relaxation,
            objective,
            self._bound(tier),
            seed=self.seed,
            params=self.params,
        )

    def _branch(self, tier: int, tree: BranchAndBound, clock: Clock, nodes: int) -> None:
        """Explore some nodes of the tree, and note the bound that they prove."""
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
        """Search the whole plan; return whether that ended in a proof."""
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
        """Return whether the plan in hand reaches the tier's bound."""
        return self.plan is not None and self.plan.values[tier] <= self._bound(tier)

    def _bound(self, tier: int) -> int:
        return self.bounds.certified([*self._held, 0])[tier]

    def _take(self, solved: Solved) -> None:
        if solved.values is not None:
            self._values = self.model.recompute_epigraph(solved.values)
            self.plan = self.model.read(self._values)
        self.infeasible = self.plan is None and solved.outcome == "INFEASIBLE"
