"""The search for the best matching of a round that is one component.

Two methods, chosen by size. Small rounds: solve the plan over whole templates, which bounds every
matching (a relaxation that treats the groups of a template as interchangeable); assign its people
to groups; where a template's groups cannot be had at the planned cost, split the template into
single openings, in which the plan is exact, and solve again. There are finitely many templates,
so this ends, at the latest when all are split. Large rounds: the Lagrangian method of
`lagrangian`. Both improve what is not proven, by local search and large-neighbourhood search in
turns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from mentormatch.evaluate.cost import costs, structure
from mentormatch.progress import Phase, Progress, ProgressListener
from mentormatch.solve.assign.assign_to_groups import assign_to_groups
from mentormatch.solve.assign.greedy import greedy
from mentormatch.solve.assign.groups import GroupCosts, as_solution
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.improvement import Improvement, hardly_planned
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.params import DEFAULTS, SolveParams
from mentormatch.solve.plan.blocks import GroupBlock, split_blocks, template_blocks
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.lexicographic import LexicographicSolve
from mentormatch.solve.plan.model import Plan

if TYPE_CHECKING:
    from mentormatch.solve.lagrangian.pipeline import LagrangianMethod


@dataclass(frozen=True)
class Incumbent:
    """The best valid groups so far, and their cost by tier."""

    openings: tuple[Opening, ...]
    values: tuple[int, ...]


class Combined(Protocol):
    """Searches of components that stand for the search of the whole."""

    def sums(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return cost and bound by tier of all components; nothing before each has groups."""
        ...

    def standing(self) -> Callable[[], Incumbent | None]:
        """Return what makes the groups of all components as they are now."""
        ...


@dataclass
class Search:
    """One search; `best` and `bounds` can be read at any moment.

    Attributes
    ----------
    compiled
        The problem in arrays.
    clock
        The time limit of the whole search; its phases get clocks for their shares of it.
    seed
        Seed of every solver and every draw.
    workers
        Searches side by side; they change the time, not the answer.
    listener
        Takes progress reports.
    executor
        Where searches of whole plans run; in threads of this process without one.
    params
        The constants that steer it.
    best
        The incumbent; None before there is any valid matching.
    bounds
        Every lower bound that was proven.
    infeasible
        Whether no valid matching exists, which then is proven.
    seconds
        Time that was spent on each tier.
    combined
        The components while they are searched, which together stand better than `best`.
    """

    compiled: Compiled
    clock: Clock
    seed: int
    workers: int = 1
    listener: ProgressListener | None = None
    executor: Executor | None = None
    params: SolveParams = DEFAULTS
    best: Incumbent | None = None
    bounds: Bounds = field(default_factory=Bounds)
    infeasible: bool = False
    seconds: dict[int, float] = field(default_factory=dict)
    combined: Combined | None = None
    _judging: float = 0.0

    def run(self, start: Sequence[Opening] = ()) -> None:
        """Search until the incumbent is proven optimal, nothing more is tried, or time is up."""
        self.begin(start)
        self.quick()
        self.find()

    def begin(self, start: Sequence[Opening] = ()) -> None:
        """Take the matching without groups as the incumbent, or `start` if that is better."""
        self._report("starting")
        self.offer(())
        if start:
            self.offer(start)

    def quick(self) -> None:
        """Offer a greedy matching, improved a little; the Lagrangian method needs none."""
        if self._large:
            return
        self.offer(greedy(self.compiled, self.clock))
        params = self.params
        if self.compiled.students >= params.local_min_students and self._improvable(self.clock):
            effort = params.local_effort if self._hardly_planned else params.local_begin_effort
            self._improvement().begin(self.clock.part(params.local_begin_share), effort)

    def find(self) -> None:
        """Search by the method for a round of this size."""
        if self._large:
            self._large_round()
        else:
            self._small_round()

    @property
    def proven(self) -> bool:
        """Whether the incumbent reaches the bound of every tier."""
        return self.best is not None and self.best.values == self.bounds.certified(self.best.values)

    def standing(self) -> Callable[[], Incumbent | None]:
        """Return what makes the best valid groups as they are now, components taken together."""
        if self.combined is not None:
            return self.combined.standing()
        best = self.best
        return lambda: best

    def reached(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return cost and bound by tier at this moment; nothing before there are groups."""
        if self.combined is not None:
            return self.combined.sums()
        best = self.best
        return ((), ()) if best is None else (best.values, self.bounds.certified(best.values))

    def progress(self, phase: Phase, tier: int = 0) -> Progress:
        """Return how the search stands in a tier, by its place."""
        values, bounds = self.reached()
        value, bound = (values[tier], bounds[tier]) if values else (None, None)
        number = self.compiled.problem.tiers[tier] if self.compiled.tiers else None
        return Progress(phase, number, value, bound, self.clock.elapsed)

    def offer(self, openings: Sequence[Opening]) -> bool:
        """Take groups as the incumbent if they are valid and cost less; return whether so."""
        began = self.clock.elapsed
        values = self._values(openings)
        self._judging = self.clock.elapsed - began
        if values is None or any(values[t] > most for t, most in self.compiled.ceilings.items()):
            return False
        if self.best is not None and values >= self.best.values:
            return False
        self.best = Incumbent(tuple(openings), values)
        self._report("improved")
        return True

    @property
    def _large(self) -> bool:
        return self.compiled.students >= self.params.large_round_students

    def _small_round(self) -> None:
        """Solve plans and assign them; then improve what is not proven."""
        params = self.params
        share = params.plan_weak_share if self._hardly_planned else params.plan_share
        planning = self.clock.part(share)
        self._plan_and_assign(planning, self.clock)
        # A look at the clock notes whether the time for plans ran out.
        if planning.expired() and self.clock.interrupted:
            return
        self._improve_and_bound()

    def _large_round(self) -> None:
        """Price places and assign people by flows; improve; solve the plan if it is not huge."""
        from mentormatch.solve.lagrangian.pipeline import LagrangianMethod
        from mentormatch.solve.lagrangian.time_budget import TimeBudget

        self._report("pricing")
        budget = TimeBudget(self.clock, self.params.greedy_groups)
        clock = budget.search()
        lagrangian = LagrangianMethod(
            self.compiled, clock, GroupCosts(self.compiled), budget, self.params
        )
        self.offer(lagrangian.openings(self.bounds))
        if self.best is None or not self.best.openings:
            # Also where time ran out before the flows: some groups are better than none.
            late = Clock(self.params.greedy_late_seconds)
            self.offer(greedy(self.compiled, late if clock.expired() else clock))
        if self.best is None:
            # Flows leave out whom they cannot place. Where a rule forbids that, only the plan
            # finds groups, or proves that there are none.
            self._plan_and_assign(clock, clock)
            return
        # By now it is known better how long the last steps take.
        budget.judged(self._judging)
        clock = budget.search()
        self._refine(lagrangian, clock)
        if self.proven or clock.expired():
            return
        plan_too = self.compiled.students <= self.params.large_plan_students
        share = self.params.lns_before_plan_share if plan_too else self.params.lns_share
        self._improve(clock.part(share))
        if clock.interrupted:
            return
        lagrangian.prove(self.bounds, self.best.values)
        if plan_too and not self.proven:
            self._plan_and_assign(clock, clock)
        if clock.remaining is not None:
            # Time that was kept for bounds, or that the plan did not use.
            self._improve(clock.part(1 - self.params.bound_share))
            lagrangian.prove(self.bounds, self.best.values, anew=False)
            if plan_too:
                self.bound_tiers(clock)

    def bound_tiers(self, clock: Clock) -> None:
        """Bound every tier that is not proven, with the earlier ones held at what they cost."""
        if self.best is None or clock.expired():
            return
        from mentormatch.solve.plan.held_bounds import bound_held

        bound_held(self.compiled, self.best.values, self.bounds, clock)

    def _improve_and_bound(self) -> None:
        """Improve what is not proven, and bound every tier of what comes of it.

        The bounds of a plan are of tiers held at what the plan costs, and say nothing of groups
        that cost more. How long bounds take is measured before groups are improved, so that as
        much is kept for bounding the better ones.
        """
        began = self.clock.elapsed
        self.bound_tiers(self.clock.part(self.params.bound_share))
        before, taken = self.best, self.clock.elapsed - began
        self._improve(self.clock.before(1.2 * taken))
        if self.best is not before:
            self.bound_tiers(self.clock)

    def _refine(self, lagrangian: LagrangianMethod, clock: Clock) -> None:
        """Bound the incumbent, and look for better groups with more of the relaxation."""
        if self.best is None:
            return
        lagrangian.prove(self.bounds, self.best.values, anew=False)
        better = lagrangian.refinements(self.bounds, self.best.values)
        vain = 0
        while vain < self.params.rounding_patience and not (self.proven or clock.expired()):
            openings = next(better, None)
            if openings is None:
                break
            vain = 0 if self.offer(openings) else vain + 1
            lagrangian.prove(self.bounds, self.best.values, anew=False)
        lagrangian.prove(self.bounds, self.best.values)

    def _plan_and_assign(self, planning: Clock, whole: Clock) -> None:
        """Solve the plan, assign its people to groups, and split templates until all is proven.

        Parameters
        ----------
        planning
            Time for plans.
        whole
            Time for everything. A plan that `planning` leaves unproven is assigned in a share of
            it, and even when all of it has run out some time is taken for that.
        """
        blocks = template_blocks(self.compiled)
        while not planning.expired():
            plan, complete = self._plan(blocks, planning)
            if plan is None:
                return
            self._report("assigning")
            clock = planning if complete else self._late(whole)
            openings, short = assign_to_groups(
                self.compiled, plan, clock, self.seed, self.executor, self.params
            )
            self.offer(openings)
            if self.proven or not short:
                return
            blocks = list(split_blocks(blocks, short))

    def _late(self, whole: Clock) -> Clock:
        """Return a clock for assigning what was planned when the time for plans ran out."""
        if whole.expired():
            return Clock(self.params.assign_late_seconds)
        return whole.part(self.params.assign_late_share)

    def _improve(self, clock: Clock) -> None:
        """Improve the incumbent, if it is not proven."""
        if self._improvable(clock):
            self._report("improving")
            # Groups found at the last moment are still to be judged.
            self._improvement().run(clock.before(2 * self._judging))

    def _improvable(self, clock: Clock) -> bool:
        best = self.best
        if best is None or not best.openings or self.proven:
            return False
        return not clock.expired()

    def _improvement(self) -> Improvement:
        return Improvement(self.compiled, self.seed, self.offer, self._evaluated, self.params)

    def _evaluated(self) -> tuple[tuple[Opening, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the incumbent's groups, their values, and the bounds of these."""
        if self.best is None:
            return (), (), ()
        values = self.best.values
        return self.best.openings, values, self.bounds.certified(values)

    @cached_property
    def _hardly_planned(self) -> bool:
        return hardly_planned(self.compiled)

    def _values(self, openings: Sequence[Opening]) -> tuple[int, ...] | None:
        """Return what groups cost by the rules' own meaning; None if they are not valid."""
        solution = as_solution(self.compiled, openings)
        if any(structure(self.compiled.problem, solution)):
            return None
        hard, values = costs(self.compiled.problem, solution)
        return None if hard else values

    def _plan(self, blocks: Sequence[GroupBlock], clock: Clock) -> tuple[Plan | None, bool]:
        """Return a plan over group blocks, and whether every tier of it is proven."""
        model = plan_model(self.compiled, blocks)
        solving = LexicographicSolve(
            model,
            self.bounds,
            clock,
            seed=self.seed,
            workers=self.workers,
            listener=self._spent,
            executor=self.executor,
            params=self.params,
        )
        plan = solving.run()
        self.infeasible = solving.infeasible
        return plan, solving.complete

    def _spent(self, tier: int, seconds: float) -> None:
        self.seconds[tier] = self.seconds.get(tier, 0.0) + seconds
        self._report("planning", tier)

    def _report(self, phase: Phase, tier: int = 0) -> None:
        if self.listener is not None:
            self.listener(self.progress(phase, tier))
