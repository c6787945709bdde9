"""From prices to groups: the whole of the road for large rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from mentormatch.solve.bounds import Bounds
from mentormatch.solve.clock import Clock
from mentormatch.solve.columns import intervals
from mentormatch.solve.compiled import HARD, Compiled
from mentormatch.solve.groups import GroupCosts, Opening
from mentormatch.solve.wide.flows import Ints, assign_mentors, assign_students, whole_groups
from mentormatch.solve.wide.narrow import narrowed
from mentormatch.solve.wide.pace import Pace
from mentormatch.solve.wide.prices import Market
from mentormatch.solve.wide.rush import rush
from mentormatch.solve.wide.sample import Sampled, SampleProgram
from mentormatch.solve.wide.seats import deal_round
from mentormatch.solve.wide.sparing import spare_mentors

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
    pace: Pace
    market: Market = field(init=False)
    program: SampleProgram = field(init=False)
    _sampled: list[Sampled] = field(default_factory=list)
    _unpriced: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.market = Market(self.compiled)
        self.program = SampleProgram(self.market)

    def openings(self, bounds: Bounds) -> list[Opening]:
        """Return groups, found with the prices of the tiers one after the other.

        Where time is too short for the flow and for judging what comes of it, there are as many
        groups as there is time for, made without prices.
        """
        pricing = self.pace.prices()
        if self.compiled.students >= BOLD and self._roomy():
            self._boldly(pricing)
        for tier in range(len(self._sampled), self.compiled.tiers):
            last = tier == self.compiled.tiers - 1
            held = [max(0.0, one.value) for one in self._sampled]
            corner = last and self.program.share > CORNER
            sampled = self.program.solve(tier, held, pricing, corner=corner)
            if sampled is None:
                break
            self._sampled.append(sampled)
        if self._sampled:
            bounds.add((), self.market.bound(0, self._sampled[0].prices, ()))
            return self._seat(self._sampled[-1])
        if self.compiled.tiers:
            # Places that nobody can have are known without prices.
            bounds.add((), self.market.bound(0, self.program.free(0).prices, ()))
        per_group, least, room = self._shape()
        most = self.pace.groups(self.compiled.students // max(least, 1))
        return list(rush(self.market, self.judge, per_group, least, room, most))

    def _roomy(self) -> bool:
        """Whether mentors are enough for all who can be placed at all."""
        compiled = self.compiled
        per_group, _, room = self._shape()
        able = int((compiled.allowed[: compiled.students] & (self.market.most > 0)).any(1).sum())
        groups = int(compiled.capacity[compiled.students :].sum()) // max(per_group, 1)
        return per_group == 0 or groups * room >= able

    def _boldly(self, clock: Clock) -> None:
        """Price the last tier alone, with the earlier ones at the least that they could ever be.

        Where that is out of reach, all is priced in order.
        """
        last = self.compiled.tiers - 1
        free = [self.program.free(tier) for tier in range(last)]
        held = [max(0.0, one.value) for one in free]
        sampled = self.program.solve(last, held, clock, corner=False) if last > 0 else None
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
            bounds.add(values[:tier], self.market.bound(tier, known.prices, values))
            own = [max(0.0, one.value) for one in self._sampled[:tier]]
            held = [max(*pair) for pair in zip(own, values, strict=False)]
            chance = 1 + CHANCE * (1 - self.program.share)
            near = all(new <= chance * old + 0.5 for new, old in zip(held, own, strict=True))
            near = near and tier not in self._unpriced
            if near or bounds.of(values)[tier] >= values[tier]:
                continue
            sampled = self.program.solve(tier, held, self.clock, corner=False)
            if sampled is not None:
                if tier in self._unpriced:
                    self._sampled[tier] = sampled
                    self._unpriced.remove(tier)
                bounds.add(values[:tier], self.market.bound(tier, sampled.prices, values))

    def _seat(self, sampled: Sampled) -> list[Opening]:
        per_group, least, room = self._shape()
        students = self.compiled.students
        mentors = len(self.compiled.around.mentors)
        total = mentors // per_group if per_group else students
        groups = whole_groups(sampled.groups, self.market.most, total)
        where = np.full(students, -1, dtype=np.int64)
        leads = np.full(mentors, -1, dtype=np.int64)
        for _ in range(ROUNDS):
            if per_group:
                leads, groups = assign_mentors(self.market, groups, per_group)
            where = assign_students(
                self.market,
                groups,
                least,
                room,
                partial(narrowed, self.market, sampled.prices, groups, OPTIONS),
            )
            full = np.bincount(where[where >= 0], minlength=len(groups)) // max(least, 1)
            if bool((full >= groups).all()) or self.clock.over:
                break
            groups = np.minimum(groups, full).astype(np.int64)
        if per_group:
            groups = spare_mentors(self.market, groups, where, leads, per_group, room)
        return self._deal(groups, where, leads, per_group)

    def _deal(self, groups: Ints, where: Ints, leads: Ints, per_group: int) -> list[Opening]:
        students = self.compiled.students
        openings: list[Opening] = []
        guides = np.flatnonzero(leads >= 0)
        # Those whom the time suits go first, should there be more than the groups need.
        cost = self.market.direct(self.compiled.tiers - 1, students + guides, leads[guides])
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
                compiled.around.mentors
            ):
                per_group = max(per_group, runs[0][0])
            elif len(count.members) == students and int(count.members[-1]) < students:
                least, room = max(least, runs[0][0]), min(room, runs[-1][1])
        return per_group, least, max(room, 1)
