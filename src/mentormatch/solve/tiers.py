"""Minimising one tier after the other, each with the earlier ones held at what was reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from mentormatch.solve.bounds import Bounds
from mentormatch.solve.clock import Clock
from mentormatch.solve.cpsat import Solved, Way, solve
from mentormatch.solve.model import Objective, Plan, PlanModel
from mentormatch.solve.neighbourhood import improve
from mentormatch.solve.race import WAYS, race

if TYPE_CHECKING:
    from mentormatch.solve.relaxation import Relaxation, Relaxed

WHOLE = 1_000
"""Fewest variables of a plan for which groups are sought by a dive before the whole is searched."""
WHOLE_EFFORT = 2.0
"""Deterministic time of the first search of the whole, some twice as many seconds."""
EFFORT = 4.5
"""Deterministic time of each way of searching in the round after that."""
SMALL = 250
"""Fewest variables of a plan for which its relaxation is worth the while."""
ALONE = WAYS[:1]
"""The way that is let search for long before others join it: as a rule it is the quickest."""
MIDDLING = 600
"""Fewest variables of a plan for which it pays to look at its parts before the whole."""
PATIENCE = 8
"""Neighbourhoods in a row without improvement after which the whole plan is searched."""
REPAIR = 5.0
"""Seconds at most for seats in a plan whose numbers of groups are fixed."""


class Tiers:
    """Solves a plan tier by tier.

    Each tier begins with the linear relaxation: its value is a bound, and its groups, followed
    down to whole numbers, are often a plan that reaches it. CP-SAT does the rest. Small plans go
    to it whole for a while before their groups are followed.

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
        relaxed = self._relax(objective)
        whole_first = len(self.model.variables) < WHOLE
        if not whole_first:
            self._dive(tier, objective, relaxed)
        if self._reached(tier) or self._search(tier, objective, WHOLE_EFFORT, ALONE, 1):
            return
        if self.infeasible:
            return
        if whole_first:
            self._dive(tier, objective, relaxed)
        self._improve(tier, objective)
        if self._reached(tier):
            return
        # A row with a whole tier's cost slows the search, and pays only where it is long.
        self.model.model.add(objective.expression >= self._bound(tier))
        self.complete &= self._search(tier, objective, EFFORT, WAYS, None)

    def _search(
        self,
        tier: int,
        objective: Objective,
        effort: float,
        ways: Sequence[Way],
        rounds: int | None,
    ) -> bool:
        """Search the whole plan; True if what was found is proven the best."""
        model = self.model.model
        model.minimize(objective.expression)
        # No tier may use up the time of those after it.
        left = self.clock.remaining
        last = tier == len(self.model.objectives) - 1
        if self._values is not None:
            self.model.hint(self._values)
        solved = race(
            model,
            self.model.variables,
            self.clock,
            seed=self.seed,
            workers=self.workers,
            limit=left / 2 if left is not None and not last else None,
            hint=lambda values: self.model.hint(self.model.tighten(values)),
            effort=effort,
            ways=ways,
            rounds=rounds,
            executor=self.executor,
        )
        if solved.bound is not None:
            self.bounds.add(self._held, solved.bound)
        self._take(solved)
        return solved.outcome == "OPTIMAL"

    def _relax(self, objective: Objective) -> Relaxed | None:
        """Bound the tier by its relaxation, and return that, if it is worth the while."""
        if len(self.model.variables) < SMALL:
            return None
        from mentormatch.solve.relaxation import Relaxation

        if self._relaxation is None:
            self._relaxation = Relaxation(self.model)
        self._relaxation.minimise(objective)
        relaxed = self._relaxation.solve(self.clock)
        if relaxed is not None:
            self.bounds.add(self._held, relaxed.bound)
        return relaxed

    def _dive(self, tier: int, objective: Objective, relaxed: Relaxed | None) -> None:
        """Look for a plan by following the relaxation down to whole numbers of groups."""
        if self._relaxation is None or relaxed is None or self._reached(tier):
            return
        from mentormatch.solve.dive import dive

        worst = self.plan.values[tier] if self.plan else None
        groups = dive(self.model, self._relaxation, relaxed, worst, self.clock)
        if groups is None:
            return
        model = self.model.model
        model.minimize(objective.expression)
        model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        for variable in self.model.groups:
            model.add_hint(variable, groups[variable.index])
        solved = solve(
            model,
            self.model.variables,
            self.clock,
            seed=self.seed,
            limit=REPAIR,
            fix_hinted=True,
            enough=self._bound(tier),
        )
        if solved.values is not None:
            self._better(tier, self.model.tighten(solved.values))

    def _improve(self, tier: int, objective: Objective) -> None:
        """Improve the plan in hand by its neighbourhoods."""
        if self._values is None or len(self.model.variables) < MIDDLING or self._reached(tier):
            return
        self.model.model.minimize(objective.expression)
        values = improve(
            self.model,
            objective,
            self._values,
            self._bound(tier),
            self.clock,
            seed=self.seed * 100 + tier,
            patience=PATIENCE,
        )
        self._better(tier, values)

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
            self._values = self.model.tighten(solved.values)
            self.plan = self.model.read(self._values)
        self.infeasible = self.plan is None and solved.outcome == "INFEASIBLE"
