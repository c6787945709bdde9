"""From multipliers to groups: the whole of the Lagrangian method for large rounds.

Its steps are functions of lists of groups: the relaxation says how many groups meet when, flows
say who goes where, people are dealt into groups, and bounds are proven for what came of it.
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
from mentormatch.solve.lagrangian.exchange import exchanged
from mentormatch.solve.lagrangian.flows import Ints, Leads, assign_mentors, assign_students
from mentormatch.solve.lagrangian.greedy_fallback import greedy_fallback
from mentormatch.solve.lagrangian.plan_costs import Assigned, plan_costs
from mentormatch.solve.lagrangian.relaxation import SampledRelaxation, SampleSolution
from mentormatch.solve.lagrangian.rounding import dive, whole_groups
from mentormatch.solve.lagrangian.sample_size import first_sample, largest_sample
from mentormatch.solve.lagrangian.time_budget import TimeBudget
from mentormatch.solve.params import DEFAULTS, SolveParams


@dataclass
class LagrangianMethod:
    """Multipliers, flows and groups for a large round.

    `openings` finds groups, and `refinements` better ones; `prove` bounds every tier, given what
    the groups cost.
    """

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
        """Return groups, found with the prices of the tiers one after the other.

        Where time is too short for the flow and for judging what comes of it, there are as many
        groups as there is time for, made without prices.
        """
        pricing = self.budget.prices()
        self._price(pricing, ())
        if self._sampled:
            bounds.add((), self.dual.bound(0, self._sampled[0].prices, ()))
            return self._seat(self._whole(len(self._sampled) - 1), self._sampled[-1].prices)
        if self.compiled.tiers:
            # Places that nobody can have are known without prices.
            bounds.add((), self.dual.bound(0, self.program.free(0).prices, ()))
        smallest = min(self.sizes.least.tolist(), default=1)
        most = self.budget.groups(self.compiled.students // smallest)
        return list(greedy_fallback(self.dual, self.judge, self.sizes, most))

    def refinements(self, bounds: Bounds, values: Sequence[int]) -> Iterator[list[Opening]]:
        """Yield other groups, as likely as not better ones.

        Exchanges of groups between templates come first, then the relaxation of as many people as
        there is time for, then whole numbers of groups that are fixed some at a time, and
        exchanges again.

        Parameters
        ----------
        bounds
            Takes what the larger relaxation proves.
        values
            What each tier of the groups so far costs.
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
                yield self._seat(self._whole(found - 1), self._sampled[found - 1].prices)
        if self.program.share == 1 and self._sampled:
            relaxed = self._sampled[-1].groups
            limited = pricing.part(self.params.dive_share)
            for groups in dive(self.program, relaxed, self._total(), limited, self.params):
                yield self._seat(groups, self._sampled[-1].prices)
        yield from self._exchanges(self.budget.prices())

    def _exchanges(self, clock: Clock) -> Iterator[list[Opening]]:
        """Yield groups after exchanges between templates, if these brought anything."""
        if self._best is None:
            return
        assign = partial(self._assigned, self._sampled[-1].prices)
        start, limited = self._best, clock.part(self.params.exchange_share)
        for better in exchanged(
            self.dual, self.sizes, start, assign, self._total(), limited, self.params
        ):
            self._best = better
        if self._best is not start:
            yield self._deal(self._best)

    def prove(self, bounds: Bounds, values: Sequence[int], *, anew: bool = True) -> None:
        """Note a bound for every tier, with the earlier ones held at these values.

        The multipliers in hand are tried first. They were learnt with the earlier tiers held at
        what the sample can reach; if the values are worse, the sample is priced anew with them.
        Tiers for which there was no time have multipliers of zero, and are priced if there is now.

        Parameters
        ----------
        bounds
            Takes what is proven.
        values
            What each tier of the groups in hand costs.
        anew
            Whether to price anew, which takes seconds for each tier.
        """
        priced = len(self._sampled)
        for tier in range(self.compiled.tiers):
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
        """Solve the relaxation for the tiers that are not priced, each with the earlier ones held.

        A tier in which the groups in hand cost nothing need not be solved for less.
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

    def _seat(self, groups: Ints, prices: Multipliers) -> list[Opening]:
        """Return groups of people, near the numbers of groups wanted."""
        began = self.clock.elapsed
        assigned = self._assigned(prices, groups)
        if self._best is None or plan_costs(self.dual, assigned) < plan_costs(
            self.dual, self._best
        ):
            self._best = assigned
        openings = self._deal(assigned)
        self.budget.learn(self.clock.elapsed - began)
        return openings

    def _assigned(self, prices: Multipliers, groups: Ints) -> Assigned:
        """Return who goes where, near the numbers of groups wanted; all of these have people."""
        where = np.full(self.compiled.students, -1, dtype=np.int64)
        leads = Leads(where[:0], where[:0])
        options = self.params.flow_templates
        for _ in range(self.params.flow_rounds):
            leads, groups = assign_mentors(self.dual, groups, self.sizes)
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
