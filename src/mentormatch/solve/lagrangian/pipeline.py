"""From prices to groups: the whole of the road for large rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.assign.round_robin import deal_round
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import HARD, Compiled
from mentormatch.solve.instance.hard_counts import intervals
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.lagrangian.candidates import candidate_templates
from mentormatch.solve.lagrangian.close_groups import close_groups
from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.lagrangian.flows import Ints, assign_mentors, assign_students, whole_groups
from mentormatch.solve.lagrangian.greedy_fallback import greedy_fallback
from mentormatch.solve.lagrangian.relaxation import SampledRelaxation, SampleSolution
from mentormatch.solve.lagrangian.time_budget import TimeBudget

CORNER = 0.5
"""Share of everybody in the sample from which on its groups are followed to a corner."""
BOLD = 2_000
"""Students from which on the last tier may be priced without those before it."""
CHANCE = 0.1
"""Share by which a small sample's values are better than everybody's by chance alone."""
OPTIONS = 6
"""Templates from which each student chooses in the shares of a very large round."""
ROUNDS = 6
"""Times that groups which did not fill are closed and the flows run again."""


@dataclass
class Wide:
    """Prices, flows and seats for a large round.

    `openings` finds groups; `prove` then bounds every tier, given what the groups cost.
    """

    compiled: Compiled
    clock: Clock
    judge: GroupCosts
    budget: TimeBudget
    dual: LagrangianDual = field(init=False)
    program: SampledRelaxation = field(init=False)
    _sampled: list[SampleSolution] = field(default_factory=list)
    _unpriced: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.dual = LagrangianDual(self.compiled)
        self.program = SampledRelaxation(self.dual)

    def openings(self, bounds: Bounds) -> list[Opening]:
        """Return groups, found with the prices of the tiers one after the other.

        Where time is too short for the flow and for judging what comes of it, there are as many
        groups as there is time for, made without prices.
        """
        pricing = self.budget.prices()
        if self.compiled.students >= BOLD and self._roomy():
            self._boldly(pricing)
        for tier in range(len(self._sampled), self.compiled.tiers):
            last = tier == self.compiled.tiers - 1
            held = [max(0.0, one.value) for one in self._sampled]
            vertex = last and self.program.share > CORNER
            sampled = self.program.solve(tier, held, pricing, vertex=vertex)
            if sampled is None:
                break
            self._sampled.append(sampled)
        if self._sampled:
            bounds.add((), self.dual.bound(0, self._sampled[0].prices, ()))
            return self._seat(self._sampled[-1])
        if self.compiled.tiers:
            # Places that nobody can have are known without prices.
            bounds.add((), self.dual.bound(0, self.program.free(0).prices, ()))
        per_group, least, room = self._shape()
        most = self.budget.groups(self.compiled.students // max(least, 1))
        return list(greedy_fallback(self.dual, self.judge, per_group, least, room, most))

    def _roomy(self) -> bool:
        """Whether mentors are enough for all who can be placed at all."""
        compiled = self.compiled
        per_group, _, room = self._shape()
        able = int((compiled.allowed[: compiled.students] & (self.dual.most > 0)).any(1).sum())
        groups = int(compiled.capacity[compiled.students :].sum()) // max(per_group, 1)
        return per_group == 0 or groups * room >= able

    def _boldly(self, clock: Clock) -> None:
        """Price the last tier alone, with the earlier ones at the least that they could ever be.

        Where that is out of reach, all is priced in order.
        """
        last = self.compiled.tiers - 1
        free = [self.program.free(tier) for tier in range(last)]
        held = [max(0.0, one.value) for one in free]
        sampled = self.program.solve(last, held, clock, vertex=False) if last > 0 else None
        if sampled is not None:
            self._sampled = [*free, sampled]
            self._unpriced = set(range(last))

    def prove(self, bounds: Bounds, values: Sequence[int]) -> None:
        """Note a bound for every tier, with the earlier ones held at these values.

        The prices in hand are tried first. They were learnt with the earlier tiers held at what
        the sample can reach; if the values are worse, the sample is priced anew with them.
        """
        for tier, known in enumerate(self._sampled):
            if bounds.of(values)[tier] >= values[tier]:
                continue
            bounds.add(values[:tier], self.dual.bound(tier, known.prices, values))
            own = [max(0.0, one.value) for one in self._sampled[:tier]]
            held = [max(*pair) for pair in zip(own, values, strict=False)]
            chance = 1 + CHANCE * (1 - self.program.share)
            near = all(new <= chance * old + 0.5 for new, old in zip(held, own, strict=True))
            near = near and tier not in self._unpriced
            if near or bounds.of(values)[tier] >= values[tier]:
                continue
            sampled = self.program.solve(tier, held, self.clock, vertex=False)
            if sampled is not None:
                if tier in self._unpriced:
                    self._sampled[tier] = sampled
                    self._unpriced.remove(tier)
                bounds.add(values[:tier], self.dual.bound(tier, sampled.prices, values))

    def _seat(self, sampled: SampleSolution) -> list[Opening]:
        per_group, least, room = self._shape()
        students = self.compiled.students
        mentors = len(self.compiled.round_.mentors)
        total = mentors // per_group if per_group else students
        groups = whole_groups(sampled.groups, self.dual.most, total)
        where = np.full(students, -1, dtype=np.int64)
        leads = np.full(mentors, -1, dtype=np.int64)
        for _ in range(ROUNDS):
            if per_group:
                leads, groups = assign_mentors(self.dual, groups, per_group)
            where = assign_students(
                self.dual,
                groups,
                least,
                room,
                partial(candidate_templates, self.dual, sampled.prices, groups, OPTIONS),
            )
            full = np.bincount(where[where >= 0], minlength=len(groups)) // max(least, 1)
            if bool((full >= groups).all()) or self.clock.over:
                break
            groups = np.minimum(groups, full).astype(np.int64)
        if per_group:
            groups = close_groups(self.dual, groups, where, leads, per_group, room)
        return self._deal(groups, where, leads, per_group)

    def _deal(self, groups: Ints, where: Ints, leads: Ints, per_group: int) -> list[Opening]:
        students = self.compiled.students
        openings: list[Opening] = []
        guides = np.flatnonzero(leads >= 0)
        # Those whom the time suits go first, should there be more than the groups need.
        cost = self.dual.direct(self.compiled.tiers - 1, students + guides, leads[guides])
        guides = guides[np.argsort(cost, kind="stable")]
        for template in np.flatnonzero(groups).tolist():
            number = int(groups[template])
            here = np.flatnonzero(where == template).tolist()
            mentors = (students + guides[leads[guides] == template]).tolist()
            openings += deal_round(
                self.judge, template, here, mentors[: number * per_group], number
            )
        return openings

    def _shape(self) -> tuple[int, int, int]:
        """Return mentors per group, and the least and most students, by the hard counts."""
        compiled = self.compiled
        students = compiled.students
        per_group, least, room = 0, 1, students
        for count in compiled.counts:
            if count.tier != HARD or not len(count.members):
                continue
            runs = intervals(count.table, len(count.members))
            if not runs:
                continue
            if int(count.members[0]) >= students and len(count.members) == len(
                compiled.round_.mentors
            ):
                per_group = max(per_group, runs[0][0])
            elif len(count.members) == students and int(count.members[-1]) < students:
                least, room = max(least, runs[0][0]), min(room, runs[-1][1])
        return per_group, least, max(room, 1)
