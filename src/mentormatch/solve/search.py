"""Plan, seat, compare with the bound, and refine until they meet or time is up.

The plan over whole templates bounds every matching. Its people are dealt into groups; where
the groups of a template cannot be had as planned, the template is split into single openings,
in which the plan is exact, and the plan is solved again. Templates are few, so this ends: at
the latest when all are split and the plan is the whole problem itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mentormatch.evaluate.cost import costs, structure
from mentormatch.progress import Progress, ProgressListener
from mentormatch.solve.assign.assign_to_groups import deal
from mentormatch.solve.assign.greedy import greedy
from mentormatch.solve.assign.groups import GroupCosts, as_solution
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.lns import LargeNeighbourhoodSearch
from mentormatch.solve.plan.blocks import GroupBlock, split_columns, whole_columns
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.lexicographic import LexicographicSolve
from mentormatch.solve.plan.model import Plan

if TYPE_CHECKING:
    from mentormatch.solve.lagrangian.pipeline import LagrangianMethod

Phase = Literal["start", "plan", "seat", "improved", "price", "polish"]

LARGE = 400
"""Students from which on prices and flows find groups; below, the whole plan is solved."""
PLANNING = 0.7
"""Share of the time for plans; the rest is for improving groups that are not proven."""
POLISHING = 0.85
"""Share of the time for improving groups in a large round; the rest is for their bounds."""
EXACT = 1_000
"""Students up to which a large round that is not proven so is planned as a whole, too."""
FIRST = 0.3
"""Share of the time for improving groups in such a round; the rest is for the whole plan."""
PATIENCE = 40
"""Neighbourhoods without improvement after which groups are left as they are, at least."""
MOST_PATIENCE = 200
"""The same, at most."""
VAIN = 3
"""Numbers of groups tried in vain after which a large round is left to improvement."""
LAST_GREEDY = 1.0
"""Seconds for a greedy start of a large round when time ran out before anything else."""
DEALING = 0.4
"""Share of the time left for seating what was planned when the time for plans ran out."""
GRACE = 0.4
"""Seconds for seating what was planned when all time ran out."""


@dataclass(frozen=True)
class Incumbent:
    """The best valid groups so far, and their cost by tier."""

    openings: tuple[Opening, ...]
    values: tuple[int, ...]


@dataclass
class Search:
    """One run of the engine; `best` and `bounds` are there at any moment."""

    compiled: Compiled
    clock: Clock
    seed: int
    workers: int = 1
    listener: ProgressListener | None = None
    best: Incumbent | None = None
    bounds: Bounds = field(default_factory=Bounds)
    infeasible: bool = False
    seconds: dict[int, float] = field(default_factory=dict)
    executor: Executor | None = None

    def run(self, start: Sequence[Opening] = ()) -> None:
        """Search a round that is one component until its best matching is proven or time is up."""
        self.begin(start)
        self.quick()
        self.find()

    def begin(self, start: Sequence[Opening] = ()) -> None:
        """Take the matching without groups, and one to start from, as the best so far."""
        self._tell("start")
        self.offer(())
        if start:
            self.offer(start)

    def quick(self) -> None:
        """Take a greedy matching; the road of large rounds needs none."""
        if self.compiled.students < LARGE:
            self.offer(greedy(self.compiled, self.clock))

    def find(self) -> None:
        """Search for the best groups of a round that does not fall into parts."""
        if self.compiled.students >= LARGE:
            self._wide()
            return
        whole, self.clock = self.clock, self.clock.part(PLANNING)
        self._plan_and_seat(whole)
        # Whether time ran out is noted when it is looked at.
        if self.clock.over and self.clock.interrupted:
            return
        self.clock = whole
        self._improve()

    def _plan_and_seat(self, whole: Clock | None = None) -> None:
        """Plan, deal, and split what could not be dealt as planned, until all is proven.

        Dealing a plan that is not proven may take some of the time that `whole` has beyond that
        for planning.
        """
        whole = whole or self.clock
        columns = whole_columns(self.compiled)
        while not self.clock.over:
            plan, complete = self._plan(columns)
            if plan is None:
                return
            self._tell("seat")
            late = Clock(GRACE) if whole.over else whole.part(DEALING)
            clock = self.clock if complete else late
            openings, short = deal(self.compiled, plan, clock, self.seed, self.executor)
            self.offer(openings)
            if self.proven or not short:
                return
            columns = list(split_columns(columns, short))

    def _improve(self) -> None:
        """Improve the best groups by their neighbourhoods, if they are not proven the best."""
        if self.best is None or not self.best.openings or self.proven or self.clock.over:
            return
        self._tell("polish")
        polish = LargeNeighbourhoodSearch(self.compiled, self.best.openings, self.seed)
        patience = max(PATIENCE, min(MOST_PATIENCE, len(self.best.openings)))
        polish.run(self.clock, self.offer, self._gaps, patience)

    def _wide(self) -> None:
        """Go the road of large rounds: prices, flows, seats, then one neighbourhood at a time."""
        from mentormatch.solve.lagrangian.pipeline import LagrangianMethod
        from mentormatch.solve.lagrangian.time_budget import TimeBudget

        self._tell("price")
        budget = TimeBudget(self.clock)
        self.clock = budget.search()
        method = LagrangianMethod(self.compiled, self.clock, GroupCosts(self.compiled), budget)
        self.offer(method.openings(self.bounds))
        if self.best is None or not self.best.openings:
            # Also when time ran out before the flows: some groups are better than none.
            self.offer(greedy(self.compiled, Clock(LAST_GREEDY) if self.clock.over else self.clock))
        if self.best is None:
            # Flows leave out whom they cannot place; where that is forbidden, only the whole
            # plan finds groups, or proves that there are none.
            self._plan_and_seat()
            return
        self._refine(method)
        if self.clock.over or self.proven:
            return
        exact = self.compiled.students <= EXACT
        whole, self.clock = self.clock, self.clock.part(FIRST if exact else POLISHING)
        self._improve()
        if self.clock.interrupted:
            return
        self.clock = whole
        method.prove(self.bounds, self.best.values)
        if exact and not self.proven:
            self._plan_and_seat()

    def _refine(self, method: LagrangianMethod) -> None:
        """Bound the best groups, and look for better ones with more of the relaxation."""
        if self.best is None:
            return
        method.prove(self.bounds, self.best.values)
        better = method.refinements(self.bounds, self.best.values)
        vain = 0
        while vain < VAIN and not self._done():
            openings = next(better, None)
            if openings is None:
                return
            vain = 0 if self.offer(openings) else vain + 1
            method.prove(self.bounds, self.best.values)

    def _done(self) -> bool:
        """Whether all is proven or time is up."""
        return self.proven or self.clock.over

    def _gaps(self) -> tuple[int, ...]:
        """Return how far the best matching is from the bound of each tier."""
        if self.best is None:
            return ()
        bounds = self.bounds.of(self.best.values)
        return tuple(value - bound for value, bound in zip(self.best.values, bounds, strict=True))

    @property
    def proven(self) -> bool:
        """Whether the best matching reaches the bound of every tier."""
        return self.best is not None and self.best.values == self.bounds.of(self.best.values)

    def offer(self, openings: Sequence[Opening]) -> bool:
        """Take groups as the best if they are valid and cost less."""
        values = self._values(openings)
        if values is None or any(values[t] > most for t, most in self.compiled.ceilings.items()):
            return False
        if self.best is not None and values >= self.best.values:
            return False
        self.best = Incumbent(tuple(openings), values)
        self._tell("improved")
        return True

    def _values(self, openings: Sequence[Opening]) -> tuple[int, ...] | None:
        """Return what groups cost by the rules' own meaning; None if they are not valid."""
        solution = as_solution(self.compiled, openings)
        if any(structure(self.compiled.problem, solution)):
            return None
        hard, values = costs(self.compiled.problem, solution)
        return None if hard else values

    def _plan(self, columns: Sequence[GroupBlock]) -> tuple[Plan | None, bool]:
        """Return a plan over columns, and whether every tier of it is proven."""
        model = plan_model(self.compiled, columns)
        tiers = LexicographicSolve(
            model, self.bounds, self.clock, self.seed, self.workers, self._spent, self.executor
        )
        plan = tiers.run()
        self.infeasible = tiers.infeasible
        return plan, tiers.complete

    def _spent(self, tier: int, seconds: float) -> None:
        self.seconds[tier] = self.seconds.get(tier, 0.0) + seconds
        self._tell("plan", tier)

    def _tell(self, phase: Phase, tier: int = 0) -> None:
        if self.listener is None:
            return
        value = bound = None
        if self.best is not None and self.best.values:
            value = self.best.values[tier]
            bound = self.bounds.of(self.best.values)[tier]
        number = self.compiled.problem.tiers[tier] if self.compiled.tiers else None
        self.listener(Progress(phase, number, value, bound, self.clock.elapsed))
