"""The Lagrangian method for large rounds, from multipliers to groups and bounds.

1. `sampled_relaxation`: an LP over a sample of people gives multipliers and numbers of groups.
2. `rounding`: numbers of groups become whole.
3. `flows`: min-cost flows assign mentors and students to templates; groups that do not fill close.
4. `close_groups`, round-robin, `place_left_out`: the people of each template form groups.
5. `group_exchange`: groups are moved between templates, each time with new flows.
6. `dual`: the multipliers prove a bound for each tier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest

import numpy as np

from mentormatch.evaluate.group_sizes import GroupSizes
from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.assign.place_left_out import place_left_out
from mentormatch.solve.assign.round_robin import deal_round
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.hard_counts import group_sizes
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.lagrangian.candidates import candidate_templates
from mentormatch.solve.lagrangian.close_groups import close_groups
from mentormatch.solve.lagrangian.dual import LagrangianDual, Multipliers
from mentormatch.solve.lagrangian.flows import Ints, Leads, assign_mentors, assign_students
from mentormatch.solve.lagrangian.greedy_fallback import greedy_fallback
from mentormatch.solve.lagrangian.group_exchange import exchanged
from mentormatch.solve.lagrangian.plan_costs import Assigned, plan_costs
from mentormatch.solve.lagrangian.rounding import dive, whole_groups
from mentormatch.solve.lagrangian.sample_size import first_sample, largest_sample
from mentormatch.solve.lagrangian.sampled_relaxation import SampledRelaxation, SampleSolution
from mentormatch.solve.lagrangian.time_budget import TimeBudget
from mentormatch.solve.params import DEFAULTS, SolveParams


@dataclass
class LagrangianMethod:
    """Finds groups of a large round (`openings`, `refinements`) and bounds for them (`prove`)."""

    compiled: Compiled
    clock: Clock
    judge: GroupCosts
    budget: TimeBudget
    params: SolveParams = DEFAULTS
    dual: LagrangianDual = field(init=False)
    program: SampledRelaxation = field(init=False)
    sizes: GroupSizes = field(init=False)
    _sampled: list[SampleSolution] = field(default_factory=list)
    _best: Assigned | None = None

    def __post_init__(self) -> None:
        self.dual = LagrangianDual(self.compiled)
        self.sizes = group_sizes(self.compiled)
        self._largest = largest_sample(self.dual, self.clock.total, self.params)
        first = first_sample(self.compiled.students, self._largest, self.params)
        self.program = SampledRelaxation(self.dual, first)

    def openings(self, bounds: Bounds) -> list[Opening]:
        """Return the first groups, assigned by the multipliers of all tiers.

        If there is no time for multipliers and flows, groups are made greedily, as many as there
        is time to judge and verify.
        """
        pricing = self.budget.prices()
        self._price(pricing, ())
        if self._sampled:
            bounds.add((), self.dual.bound(0, self._sampled[0].prices, ()))
            return self._groups_for(self._whole(len(self._sampled) - 1), self._sampled[-1].prices)
        if self.compiled.tiers:
            # Places that nobody can have are known without prices.
            bounds.add((), self.dual.bound(0, self.program.free(0).prices, ()))
        smallest = min(self.sizes.least.tolist(), default=1)
        most = self.budget.groups(self.compiled.students // smallest)
        return list(greedy_fallback(self.dual, self.judge, self.sizes, most))

    def refinements(self, bounds: Bounds, values: Sequence[int]) -> Iterator[list[Opening]]:
        """Yield further groups, which may or may not be better.

        First groups are exchanged between templates. Then the relaxation is solved over as many
        people as there is time for, and numbers of groups are fixed some at a time (diving). At
        last groups are exchanged again.

        Parameters
        ----------
        bounds
            Collects what the larger relaxation proves.
        values
            Cost of each tier of the groups so far.
        """
        yield from self._exchanges(self.budget.prices())
        pricing = self.budget.prices()
        if self.program.share < 1 and self._largest > len(self.program.people):
            small = self._sampled
            self.program = SampledRelaxation(self.dual, self._largest)
            self._sampled = []
            self._price(pricing, values)
            found = len(self._sampled)
            # Tiers for which there was no time keep what the smaller sample says of them.
            self._sampled += small[found:]
            self.prove(bounds, values, anew=False)
            if found and not self.budget.prices().expired():
                yield self._groups_for(self._whole(found - 1), self._sampled[found - 1].prices)
        if self.program.share == 1 and self._sampled:
            relaxed = self._sampled[-1].groups
            limited = pricing.part(self.params.dive_share)
            for groups in dive(self.program, relaxed, self._total(), limited, self.params):
                yield self._groups_for(groups, self._sampled[-1].prices)
        yield from self._exchanges(self.budget.prices())

    def _exchanges(self, clock: Clock) -> Iterator[list[Opening]]:
        """Yield the groups after exchanges between templates, if they cost less."""
        if self._best is None:
            return
        assign = partial(self._assign, self._sampled[-1].prices)
        start, limited = self._best, clock.part(self.params.exchange_share)
        for better in exchanged(
            self.dual, self.sizes, start, assign, self._total(), limited, self.params
        ):
            self._best = better
        if self._best is not start:
            yield self._deal(self._best)

    def prove(self, bounds: Bounds, values: Sequence[int], *, anew: bool = True) -> None:
        """Add a bound for every tier, with the earlier tiers held at these values.

        The known multipliers are tried first. They were computed with the earlier tiers held at
        the relaxation's own values. Where the groups cost more than these, the relaxation is
        solved anew with the earlier tiers held at what the groups cost.
        Tiers for which there was no time have multipliers of zero, and are priced if there is now.

        Parameters
        ----------
        bounds
            Collects what is proven.
        values
            Cost of each tier of the groups.
        anew
            Whether the relaxation may be solved anew, which takes seconds for each tier.
        """
        priced = len(self._sampled)
        for tier in range(self.compiled.tiers):
            if tier >= priced and self.clock.expired():
                return
            known = self._sampled[tier] if tier < priced else self.program.free(tier)
            if bounds.certified(values)[tier] >= values[tier]:
                continue
            bounds.add(values[:tier], self.dual.bound(tier, known.prices, values))
            own = [max(0.0, one.value) for one in self._sampled[:tier]]
            held = [max(*pair) for pair in zip_longest(own, values[:tier], fillvalue=0.0)]
            chance = 1 + self.params.sample_near_fraction * (1 - self.program.share)
            near = tier < priced and all(
                new <= chance * old + 0.5 for new, old in zip(held, own, strict=True)
            )
            if not anew or near or bounds.certified(values)[tier] >= values[tier]:
                continue
            sampled = self.program.solve(tier, held, self.clock, vertex=False)
            if sampled is not None:
                bounds.add(values[:tier], self.dual.bound(tier, sampled.prices, values))

    def _price(self, clock: Clock, values: Sequence[int]) -> None:
        """Solve the relaxation for every tier that has no multipliers, with the earlier ones held.

        A tier in which the groups cost nothing is not solved: its multipliers are zero.
        """
        for tier in range(len(self._sampled), self.compiled.tiers):
            if values and values[tier] == 0:
                self._sampled.append(replace(self.program.free(tier), value=0.0))
                continue
            held = [max(0.0, one.value) for one in self._sampled]
            sampled = self.program.solve(tier, held, clock, vertex=False)
            if sampled is None:
                return
            self._sampled.append(sampled)

    def _total(self) -> int:
        """Return the most groups in all."""
        limits = [limit.most for limit in self.dual.limits if limit.templates.all()]
        return min([self.compiled.students, *limits])

    def _whole(self, tier: int) -> Ints:
        """Return whole numbers of groups near those of a tier's relaxation."""
        return whole_groups(self._sampled[tier].groups, self.dual.most, self._total())

    def _groups_for(self, groups: Ints, prices: Multipliers) -> list[Opening]:
        """Return groups made of people who are assigned to about the wanted numbers of groups."""
        began = self.clock.elapsed
        assigned = self._assign(prices, groups)
        if self._best is None or plan_costs(self.dual, assigned) < plan_costs(
            self.dual, self._best
        ):
            self._best = assigned
        openings = self._deal(assigned)
        self.budget.learn(self.clock.elapsed - began)
        return openings

    def _assign(self, prices: Multipliers, groups: Ints) -> Assigned:
        """Assign people to templates; close groups that do not fill, and assign again."""
        where = np.full(self.compiled.students, -1, dtype=np.int64)
        leads = Leads(where[:0], where[:0])
        options = self.params.flow_templates
        for _ in range(self.params.flow_rounds):
            leads, groups = assign_mentors(self.dual, groups, self.sizes, self.params)
            where = assign_students(
                self.dual,
                groups,
                self.sizes,
                partial(candidate_templates, self.dual, prices, groups, options),
                self.params,
            )
            full = np.bincount(where[where >= 0], minlength=len(groups)) // self.sizes.least
            if bool((full >= groups).all()) or self.clock.expired():
                break
            groups = np.minimum(groups, full).astype(np.int64)
        return Assigned(groups, where, leads)

    def _deal(self, assigned: Assigned) -> list[Opening]:
        students, leads = self.compiled.students, assigned.leads
        groups = close_groups(self.dual, assigned, self.sizes)
        openings: list[Opening] = []
        # Those whom the time suits go first, should there be more than the groups need.
        cost = self.dual.direct(self.compiled.tiers - 1, students + leads.mentors, leads.templates)
        order = np.argsort(cost, kind="stable")
        guides, led = leads.mentors[order], leads.templates[order]
        for template in np.flatnonzero(groups).tolist():
            number = int(groups[template])
            here = np.flatnonzero(assigned.where == template).tolist()
            mentors = (students + guides[led == template]).tolist()
            needed = number * int(self.sizes.mentors[template])
            openings += deal_round(self.judge, template, here, mentors[:needed], number)
        return place_left_out(self.judge, self.sizes, openings, self.budget.prices(), self.params)
