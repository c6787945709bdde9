"""Improving finished groups by solving a few of them anew, exactly.

The people of some groups, students without a place and free mentors near them are put into a
small program of single openings, in which every form is exact. What costs less in the tiers,
in their order, replaces the old groups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import solve
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.model import Objective, PlanModel
from mentormatch.solve.tier_weights import tier_weights

GROUPS = 5
"""Groups that are solved anew at a time, at first."""
MOST_GROUPS = 12
"""The same, after many attempts in vain."""
WIDENING = 12
"""Attempts in vain after which a neighbourhood has one group more."""
SPARE = 2
"""Further templates in which a group may open."""
LEFT_OUT = 16
"""Students without a place who take part, at most."""
EFFORT = 0.6
"""Deterministic time of one attempt."""
RANK = 10_000
"""How much one unit of a tier counts for against one of the next, where there is room."""
MOST_COST = 2**60
"""Most that all tiers together may come to; CP-SAT counts up to 2**63."""


class LargeNeighbourhoodSearch:
    """Improves groups neighbourhood by neighbourhood.

    Parameters
    ----------
    compiled
        The problem.
    openings
        Valid groups to start from.
    seed
        Seed of the choice of groups.
    """

    def __init__(self, compiled: Compiled, openings: Sequence[Opening], seed: int) -> None:
        self.compiled = compiled
        self.openings = list(openings)
        self.seed = seed
        self._judge = GroupCosts(compiled)
        self._costs: dict[Opening, tuple[int, ...]] = {}
        self._draw = Random(seed)  # noqa: S311  # Chance, not secrecy.

    def run(
        self,
        clock: Clock,
        offer: Callable[[Sequence[Opening]], bool],
        gaps: Callable[[], Sequence[int]],
        patience: int,
    ) -> None:
        """Improve until nothing better was found for a while, or it is good enough.

        Parameters
        ----------
        clock
            Ends the search early.
        offer
            Takes better groups; False if they are no better after all.
        gaps
            Tells how far each tier of the groups is from its bound.
        patience
            Attempts without improvement after which to give up.
        """
        failures = 0
        while failures < patience and not clock.over:
            behind = next((tier for tier, gap in enumerate(gaps()) if gap > 0), None)
            if behind is None:
                return
            better = self._attempt(clock, behind, min(MOST_GROUPS, GROUPS + failures // WIDENING))
            if better is not None and offer(better):
                self.openings, failures = better, 0
            else:
                failures += 1

    def _attempt(self, clock: Clock, behind: int, size: int) -> list[Opening] | None:
        chosen = self._choose(behind, size)
        busy = {
            person
            for number, opening in enumerate(self.openings)
            if number not in chosen
            for person in opening.people
        }
        mine = {person for number in chosen for person in self.openings[number].people}
        if mine & busy:
            # A mentor with a group elsewhere could be given two at one time.
            return None
        columns, people = self._scene(chosen, mine, busy)
        plan = plan_model(self.compiled, columns, people=people)
        total = Objective()
        scales = tier_weights([one.most for one in plan.objectives], RANK, MOST_COST)
        for objective, scale in zip(plan.objectives, scales, strict=True):
            total.constant += objective.constant * scale
            total.variables += objective.variables
            total.prices += [price * scale for price in objective.prices]
            total.columns += objective.columns
        now = self._values(plan, chosen)
        effort = EFFORT * (size / GROUPS) ** 2
        plan.model.minimize(total.expression)
        plan.hint(now)
        solved = solve(plan.model, plan.variables, clock, seed=self.seed, effort=effort)
        if solved.values is None:
            return None
        found = plan.recompute_epigraph(solved.values)
        if sum(total.costs(found).values()) >= sum(total.costs(now).values()):
            return None
        kept = [opening for number, opening in enumerate(self.openings) if number not in chosen]
        return kept + [
            Opening(planned.column.template, planned.people) for planned in plan.read(found).columns
        ]

    def _choose(self, behind: int, size: int) -> list[int]:
        """Return a group, one that costs something in the tier if any, and others near it."""
        numbers = range(len(self.openings))
        costly = [number for number in numbers if self._cost(self.openings[number])[behind] > 0]
        centre = self._draw.choice(costly or list(numbers))
        people = list(self.openings[centre].people)
        templates = [opening.template for opening in self.openings]
        shared = self.compiled.allowed[people].sum(axis=0)[templates]
        draw = self._draw
        near = sorted(numbers, key=lambda number: (-shared[number] * draw.random(), number))
        return sorted({centre, *near[: size - 1]})

    def _cost(self, opening: Opening) -> tuple[int, ...]:
        if opening not in self._costs:
            self._costs[opening] = self._judge.costs(opening)
        return self._costs[opening]

    def _scene(
        self, chosen: Sequence[int], mine: set[int], busy: set[int]
    ) -> tuple[list[GroupBlock], list[int]]:
        """Return the openings and the people of a neighbourhood."""
        compiled = self.compiled
        templates = [self.openings[number].template for number in chosen]
        spare = [self._draw.randrange(len(compiled.templates)) for _ in range(SPARE)]
        here = compiled.allowed[:, sorted({*templates, *spare})].any(axis=1)
        free = [
            person
            for person in np.flatnonzero(here).tolist()
            if person not in busy and person not in mine
        ]
        left_out = [person for person in free if person < compiled.students]
        mentors = [person for person in free if person >= compiled.students]
        self._draw.shuffle(left_out)
        self._draw.shuffle(mentors)
        people = sorted(mine | set(left_out[:LEFT_OUT]) | set(mentors[:LEFT_OUT]))
        return [GroupBlock(template, 1) for template in sorted([*templates, *spare])], people

    def _values(self, plan: PlanModel, chosen: Sequence[int]) -> list[int]:
        """Return the groups as they are as values of the plan's variables."""
        values = [0] * len(plan.variables)
        waiting = [self.openings[number] for number in chosen]
        for number, column in enumerate(plan.columns):
            opening = next((one for one in waiting if one.template == column.template), None)
            if opening is None:
                continue
            waiting.remove(opening)
            values[plan.groups[number].index] = 1
            for person in opening.people:
                values[plan.seats[number][person].index] = 1
        return plan.recompute_epigraph(values)
