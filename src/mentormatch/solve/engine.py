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
from typing import Literal

from mentormatch.evaluation import costs, structure
from mentormatch.progress import Progress, ProgressListener
from mentormatch.rounds import SeatedGroup, Seating
from mentormatch.solve.bounds import Bounds
from mentormatch.solve.clock import Clock
from mentormatch.solve.columns import Column, split_columns, whole_columns
from mentormatch.solve.compiled import Compiled
from mentormatch.solve.deal import deal
from mentormatch.solve.groups import GroupCosts, Opening
from mentormatch.solve.model import Plan
from mentormatch.solve.planning import plan_model
from mentormatch.solve.polish import Polish
from mentormatch.solve.start import greedy
from mentormatch.solve.tiers import Tiers

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
POLISHED = 20_000
"""Students up to which groups are improved neighbourhood by neighbourhood."""
LAST_GREEDY = 1.0
"""Seconds for a greedy start of a large round when time ran out before anything else."""
GRACE = 0.4
"""Seconds for seating what was planned when time ran out."""


@dataclass(frozen=True)
class Incumbent:
    """The best valid groups so far, and their cost by tier."""

    openings: tuple[Opening, ...]
    seating: Seating
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
        """Search until the best matching is proven or the clock is over."""
        self._tell("start")
        self.offer(())
        if start:
            self.offer(start)
        if self.compiled.students >= LARGE:
            self._wide()
            return
        self.offer(greedy(self.compiled, self.clock))
        whole, self.clock = self.clock, self.clock.part(PLANNING)
        self._plan_and_seat()
        # Whether time ran out is noted when it is looked at.
        if self.clock.over and self.clock.interrupted:
            return
        self.clock = whole
        self._polish()

    def _plan_and_seat(self) -> None:
        """Plan, deal, and split what could not be dealt as planned, until all is proven."""
        columns = whole_columns(self.compiled)
        while not self.clock.over:
            plan, complete = self._plan(columns)
            if plan is None:
                return
            self._tell("seat")
            clock = self.clock if complete else Clock(GRACE)
            openings, short = deal(self.compiled, plan, clock, self.seed, self.executor)
            self.offer(openings)
            if self.proven or not short:
                return
            columns = list(split_columns(columns, short))

    def _polish(self) -> None:
        """Improve the best groups by their neighbourhoods, if they are not proven the best."""
        if self.best is None or not self.best.openings or self.proven or self.clock.over:
            return
        self._tell("polish")
        polish = Polish(self.compiled, self.best.openings, self.seed)
        patience = max(PATIENCE, min(MOST_PATIENCE, len(self.best.openings)))
        polish.run(self.clock, self.offer, self._gaps, patience)

    def _wide(self) -> None:
        """Go the road of large rounds: prices, flows, seats, then one neighbourhood at a time."""
        from mentormatch.solve.wide.pace import Pace
        from mentormatch.solve.wide.route import Wide

        self._tell("price")
        pace = Pace(self.clock)
        self.clock = pace.search()
        wide = Wide(self.compiled, self.clock, GroupCosts(self.compiled), pace)
        self.offer(wide.openings(self.bounds))
        if self.best is None or not self.best.openings:
            # Also when time ran out before the flows: some groups are better than none.
            self.offer(greedy(self.compiled, Clock(LAST_GREEDY) if self.clock.over else self.clock))
        if self.best is None:
            # Flows leave out whom they cannot place; where that is forbidden, only the whole
            # plan finds groups, or proves that there are none.
            self._plan_and_seat()
            return
        wide.prove(self.bounds, self.best.values)
        if self.clock.over:
            return
        if self.compiled.students <= POLISHED:
            exact = self.compiled.students <= EXACT
            whole, self.clock = self.clock, self.clock.part(FIRST if exact else POLISHING)
            self._polish()
            if self.clock.interrupted:
                return
            self.clock = whole
            wide.prove(self.bounds, self.best.values)
            if exact and not self.proven:
                self._plan_and_seat()

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
        """Take groups as the best if they are valid and cost less; by the rules' own meaning."""
        seating = seated(self.compiled, openings)
        if any(structure(self.compiled.problem, seating)):
            return False
        hard, values = costs(self.compiled.problem, seating)
        if hard or any(values[t] > most for t, most in self.compiled.ceilings.items()):
            return False
        if self.best is not None and values >= self.best.values:
            return False
        self.best = Incumbent(tuple(openings), seating, values)
        self._tell("improved")
        return True

    def _plan(self, columns: Sequence[Column]) -> tuple[Plan | None, bool]:
        """Return a plan over columns, and whether every tier of it is proven."""
        model = plan_model(self.compiled, columns)
        tiers = Tiers(
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


def seated(compiled: Compiled, openings: Sequence[Opening]) -> Seating:
    """Return groups of numbers as groups of people, named g1, g2, ... in order of time."""
    around = compiled.around
    first_mentor = compiled.students

    def key(opening: Opening) -> tuple[object, ...]:
        template = compiled.templates[opening.template]
        names = sorted(around.people[person].id for person in opening.people)
        return (
            template.plan.starts[0],
            template.plan.slot,
            template.language,
            template.topic or "",
            names,
        )

    groups = []
    for number, opening in enumerate(sorted(openings, key=key), 1):
        students = [around.students[one] for one in opening.people if one < first_mentor]
        mentors = [
            around.mentors[one - first_mentor] for one in opening.people if one >= first_mentor
        ]
        groups.append(
            SeatedGroup(
                f"g{number}",
                tuple(sorted(students, key=lambda one: one.id)),
                tuple(sorted(mentors, key=lambda one: one.id)),
                compiled.templates[opening.template],
            )
        )
    placed = {student.id for group in groups for student in group.students}
    left_out = [student for student in around.students if student.id not in placed]
    return Seating(tuple(groups), tuple(sorted(left_out, key=lambda one: one.id)))
