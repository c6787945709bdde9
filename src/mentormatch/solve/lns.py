"""Large-neighbourhood search: a few groups at a time are freed and solved anew, exactly.

Destroy: one group that costs something in the first unproven tier is drawn, and groups whose
templates many of its people could also be in, and those that share a mentor with these. Repair:
their people, students without a place and free mentors are put into a small program of single
openings beside the groups that stay. In it every form is exact, and CP-SAT minimises a weighted
sum of the tiers from the present groups as its hint.
Shaw, P. (1998). Using constraint programming and local search methods to solve vehicle routing
problems. CP98, LNCS 1520, 417-431. doi:10.1007/3-540-49481-2_30
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from random import Random

import numpy as np

from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import solve
from mentormatch.solve.instance.beside import beside
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.params import DEFAULTS, SolveParams
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.model import Objective, PlanModel
from mentormatch.solve.tier_weights import tier_weights

MAX_COST = 2**60
"""Limit of the weighted sum of the tiers; CP-SAT's integers end at 2**63."""


class LargeNeighbourhoodSearch:
    """A large-neighbourhood search from given groups.

    Parameters
    ----------
    compiled
        The problem.
    openings
        Valid groups to start from.
    seed
        Seed of the choice of groups and of the solver.
    params
        Sizes and efforts of neighbourhoods, and when to stop.
    """

    def __init__(
        self,
        compiled: Compiled,
        openings: Sequence[Opening],
        seed: int,
        params: SolveParams = DEFAULTS,
    ) -> None:
        self.compiled = compiled
        self.params = params
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
        """Improve until all tiers are proven, or enough attempts in a row were in vain.

        Parameters
        ----------
        clock
            Ends the search early.
        offer
            Takes better groups; returns False if they are no better after all.
        gaps
            Returns by tier how far the groups are from the bound.
        patience
            Attempts in vain that are enough.
        """
        params = self.params
        failures = 0
        while failures < patience and not clock.expired():
            behind = next((tier for tier, gap in enumerate(gaps()) if gap > 0), None)
            if behind is None:
                return
            size = params.lns_groups + failures // params.lns_widen_after
            better = self._attempt(clock, behind, min(params.lns_max_groups, size))
            if better is not None and offer(better):
                self.openings, failures = better, 0
            else:
                failures += 1

    def _attempt(self, clock: Clock, behind: int, size: int) -> list[Opening] | None:
        chosen = self._with_shared(self._choose(behind, size))
        staying = [one for number, one in enumerate(self.openings) if number not in chosen]
        left = beside(self.compiled, staying)
        blocks, people = self._neighbourhood(chosen, left)
        plan = plan_model(left, blocks, people=people)
        total = Objective()
        magnitudes = [one.magnitude for one in plan.objectives]
        scales = tier_weights(magnitudes, self.params.lns_tier_ratio, MAX_COST)
        for objective, scale in zip(plan.objectives, scales, strict=True):
            total.constant += objective.constant * scale
            total.variables += objective.variables
            total.prices += [price * scale for price in objective.prices]
            total.blocks += objective.blocks
        plan.model.minimize(total.expression)
        now = self._values(plan, chosen, clock)
        if now is None:
            return None
        effort = self.params.lns_effort * (size / self.params.lns_groups) ** 2
        plan.hint(now)
        solved = solve(plan.model, plan.variables, clock, seed=self.seed, effort=effort)
        if solved.values is None:
            return None
        found = plan.recompute_epigraph(solved.values)
        if sum(total.costs(found).values()) >= sum(total.costs(now).values()):
            return None
        return staying + [
            Opening(planned.block.template, planned.people) for planned in plan.read(found).blocks
        ]

    def _choose(self, behind: int, size: int) -> list[int]:
        """Return a group that costs something in the tier, or any, and groups near it."""
        numbers = range(len(self.openings))
        costly = [number for number in numbers if self._cost(self.openings[number])[behind] > 0]
        centre = self._draw.choice(costly or list(numbers))
        people = list(self.openings[centre].people)
        templates = [opening.template for opening in self.openings]
        shared = self.compiled.allowed[people].sum(axis=0)[templates]
        draw = self._draw
        near = sorted(numbers, key=lambda number: (-shared[number] * draw.random(), number))
        return sorted({centre, *near[: size - 1]})

    def _with_shared(self, chosen: Sequence[int]) -> set[int]:
        """Return groups and those that share a mentor with them, or with these, up to a limit."""
        known = set(chosen)
        if not bool((self.compiled.capacity > 1).any()):
            return known
        led: dict[int, list[int]] = {}
        for number, opening in enumerate(self.openings):
            for person in opening.people:
                led.setdefault(person, []).append(number)
        most = len(known) + self.params.lns_shared_groups
        waiting = sorted(known)
        for number in waiting:
            for person in self.openings[number].people:
                for other in led[person]:
                    if other not in known and len(known) < most:
                        known.add(other)
                        waiting.append(other)
        return known

    def _cost(self, opening: Opening) -> tuple[int, ...]:
        if opening not in self._costs:
            self._costs[opening] = self._judge.costs(opening)
        return self._costs[opening]

    def _neighbourhood(
        self, chosen: Collection[int], left: Compiled
    ) -> tuple[list[GroupBlock], list[int]]:
        """Return the blocks and the people of the program that solves some groups anew.

        Parameters
        ----------
        chosen
            The groups.
        left
            The round beside the groups that stay.
        """
        compiled, params = self.compiled, self.params
        mine = {person for number in chosen for person in self.openings[number].people}
        templates = [self.openings[number].template for number in sorted(chosen)]
        spare = [
            self._draw.randrange(len(compiled.templates)) for _ in range(params.lns_spare_templates)
        ]
        here = left.allowed[:, sorted({*templates, *spare})].any(axis=1)
        free = [person for person in np.flatnonzero(here).tolist() if person not in mine]
        left_out = [person for person in free if person < compiled.students]
        mentors = [person for person in free if person >= compiled.students]
        self._draw.shuffle(left_out)
        self._draw.shuffle(mentors)
        free_people = left_out[: params.lns_left_out] + mentors[: params.lns_left_out]
        people = sorted(mine.union(free_people))
        return [GroupBlock(template, 1) for template in sorted([*templates, *spare])], people

    def _values(self, plan: PlanModel, chosen: Collection[int], clock: Clock) -> list[int] | None:
        """Return the present groups as values of the program's variables, at their true cost.

        Who is where is known; what else the program counts, CP-SAT fills in.
        """
        model = plan.model
        model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
        waiting = [self.openings[number] for number in sorted(chosen)]
        for number, block in enumerate(plan.blocks):
            opening = next((one for one in waiting if one.template == block.template), None)
            model.add_hint(plan.groups[number], int(opening is not None))
            here = () if opening is None else opening.people
            for person, seat in plan.seats[number].items():
                model.add_hint(seat, int(person in here))
            if opening is not None:
                waiting.remove(opening)
        effort = self.params.lns_effort
        filled = solve(model, plan.variables, clock, seed=self.seed, effort=effort, fix_hinted=True)
        return None if filled.values is None else plan.recompute_epigraph(filled.values)
