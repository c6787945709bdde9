"""The roads from a round to a matching, each taken through the public call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np

from mentormatch import match
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.solve import answer as answer_module
from mentormatch.solve import component_search, search
from mentormatch.solve.assign.assign_to_groups import assign_to_groups
from mentormatch.solve.assign.greedy import greedy
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.lagrangian.dual import LagrangianDual, Multipliers
from mentormatch.solve.lns import LargeNeighbourhoodSearch
from mentormatch.solve.local_search.ground import Ground
from mentormatch.solve.local_search.regions import Regions
from mentormatch.solve.local_search.walk import LocalSearch
from mentormatch.solve.params import SolveParams
from mentormatch.solve.plan import portfolio
from mentormatch.solve.plan.blocks import split_blocks, template_blocks
from mentormatch.solve.search import Search

NEVER = 10**9
HARDLY = 0.001
"""Deterministic time in which a search of the whole does next to nothing."""
PATIENCE = 2
"""Neighbourhoods in vain after which groups are left as they are where there is no limit.

The best is known there by other roads, and the bounds are the same sooner.
"""


EFFORT = 20_000
"""Moves weighed in a turn of local search alone."""
VAIN = 4
"""Neighbourhoods in vain after which these alone end."""
SAMPLE = 3
"""Students whose prices serve for everybody."""


cached_version = cache(version)


class InTurn:
    """A pool of one worker that does in the caller's thread what is asked for, when it is.

    A search that is not asked for is not begun either: a fifth of the time of tiny rounds.
    """

    def __init__(self, max_workers: int) -> None:
        assert max_workers == 1

    def __enter__(self) -> InTurn:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Return what calls the function once its result is asked for."""
        return _Later(function, arguments)


class _Later(Future[Any]):
    def __init__(self, function: Callable[..., Any], arguments: Sequence[Any]) -> None:
        super().__init__()
        self._call = (function, arguments)

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            function, arguments = self._call
            self.set_result(function(*arguments))
        return super().result(timeout)


@dataclass
class Watched(Search):
    """A search that can be looked at afterwards."""

    def __post_init__(self) -> None:
        LAST.append(self)


LAST: list[Search] = []
"""The search of the road taken last."""


class Direct(Watched):
    """The exact model of single openings from the start."""

    def run(self, start: Sequence[Opening] = ()) -> None:
        """Solve the whole problem as one program."""
        self.offer(start)
        whole = template_blocks(self.compiled)
        blocks = list(split_blocks(whole, {block.template for block in whole}))
        plan, complete = self._plan(blocks, self.clock)
        if plan is not None:
            clock = self.clock if complete else Clock(self.params.assign_late_seconds)
            self.offer(assign_to_groups(self.compiled, plan, clock, self.seed)[0])


@dataclass
class Improving(Watched):
    """One method of improving groups, from a greedy matching and without any bound.

    What it offers must be valid, and better than what it began with: it knows from tables what
    groups cost, and nobody would notice if these said that bad groups are good.
    """

    refused: list[str] = field(default_factory=list)

    def run(self, start: Sequence[Opening] = ()) -> None:
        """Improve a greedy matching; without any the matching without groups stays."""
        self.offer(start)
        self.offer(())
        self.offer(greedy(self.compiled, self.clock))
        if self.best is not None and self.best.openings and self.compiled.tiers:
            self.improve()

    def improve(self) -> None:
        """Improve the best groups by the method."""
        raise NotImplementedError

    def better(self, openings: Sequence[Opening]) -> bool:
        """Take groups, and note what is wrong with them."""
        before = self.best.values if self.best else None
        taken = self.offer(openings)
        values = None if taken else self._values(openings)
        if not taken and values is None:
            self.refused.append(f"offered groups that are not valid: {openings}")
        elif not taken:
            self.refused.append(f"offered groups for {values} as better than {before}")
        return taken


class Locally(Improving):
    """Local search that moves everybody, in two turns."""

    def improve(self) -> None:
        """Search from the best groups, and once more with other draws."""
        ground = Ground(self.compiled)
        for turn in range(2):
            assert self.best is not None
            walk = LocalSearch(ground, self.best.openings, self.seed + turn)
            walk.run(self.clock, EFFORT, self.better)


class ByRegions(Improving):
    """Local search of a group or two at a time beside the others, which stay."""

    def improve(self) -> None:
        """Search around every group twice."""
        ground = Ground(self.compiled)
        for turn in range(2):
            assert self.best is not None
            around = Regions(ground, self.best.openings, self.seed + turn, self.params)
            if around.once(self.clock, EFFORT, 0):
                self.better(around.openings)


class ByNeighbourhoods(Improving):
    """Large-neighbourhood search of two groups at a time."""

    def improve(self) -> None:
        """Solve neighbourhoods until some in a row are in vain."""
        assert self.best is not None
        near = LargeNeighbourhoodSearch(self.compiled, self.best.openings, self.seed, self.params)
        near.run(self.clock, self.better, self._costs, VAIN)

    def _costs(self) -> tuple[int, ...]:
        """Return how far the groups are from 0, as nothing is proven."""
        return self.best.values if self.best else ()


@dataclass(frozen=True)
class Road:
    """A way to solve a problem.

    Attributes
    ----------
    search
        The search that is run.
    params
        The constants that lead to it.
    complete
        Whether it must prove its answer where there is no time limit.
    gives_up
        Whether it may end without an answer though there is one.
    """

    search: type[Search] = Watched
    params: SolveParams = field(default_factory=SolveParams)
    complete: bool = True
    gives_up: bool = False


IMPROVING = SolveParams(split_components=False, lns_groups=2, region_groups=2)
LARGE = SolveParams(large_round_students=0, large_plan_students=0)


ROADS: Mapping[str, Road] = {
    "plan and seat": Road(params=SolveParams(large_round_students=NEVER)),
    "branching": Road(
        params=SolveParams(
            large_round_students=NEVER, tree_min_variables=0, tree_nodes=3, plan_effort=HARDLY
        )
    ),
    "exact model": Road(search=Direct, params=SolveParams(split_components=False)),
    "prices and flows": Road(params=LARGE, complete=False),
    "prices of a sample": Road(
        params=replace(
            LARGE, split_components=False, sample_all_students=0, sample_students=SAMPLE
        ),
        complete=False,
    ),
    "local search": Road(Locally, IMPROVING, complete=False, gives_up=True),
    "regions": Road(ByRegions, IMPROVING, complete=False, gives_up=True),
    "neighbourhoods": Road(ByNeighbourhoods, IMPROVING, complete=False, gives_up=True),
}


@dataclass(frozen=True)
class Reached:
    """What a road led to."""

    matching: Matching | None
    values: tuple[int, ...] | None = None
    search: Search | None = None
    error: str | None = None

    def bound(self, values: tuple[int, ...]) -> tuple[int, ...]:
        """Return the bounds that the road proved for a matching of these values."""
        return self.search.bounds.certified(values) if self.search else tuple(0 for _ in values)

    @property
    def refused(self) -> list[str]:
        """What a method offered that was not as good as it said."""
        return self.search.refused if isinstance(self.search, Improving) else []


def take(road: Road, problem: Problem, *, seed: int, seconds: float | None) -> Reached:
    """Solve a problem by a road; the public call verifies what comes of it."""
    with ExitStack() as changed:
        changed.enter_context(patch.object(search, "Search", road.search))
        params = road.params
        if seconds is None:
            params = replace(params, lns_min_patience=PATIENCE, local_patience=1)
        # Versions do not change, and finding them takes longer than some rounds.
        changed.enter_context(patch.object(answer_module, "version", cached_version))
        for module in (component_search, portfolio):
            changed.enter_context(patch.object(module, "ThreadPoolExecutor", InTurn))
        LAST.clear()
        try:
            matching = match(problem, time_limit=seconds, seed=seed, workers=1, params=params)
        except Exception as error:  # noqa: BLE001  # Whatever it is, it is a finding.
            return Reached(None, error=f"{type(error).__name__}: {error}")
    made = matching.provenance
    if made is not None and "failure" in made.limits_reached:
        # The groups it had are kept for its users; here the failure is what is looked for.
        return Reached(None, error=" ".join(matching.messages))
    known = matching.status in ("OPTIMAL", "FEASIBLE")
    values = tuple(tier.value for tier in matching.tiers) if known else None
    return Reached(matching, values, LAST[0] if LAST else None)


def prices_too_high(
    problem: Problem, reached: Sequence[tuple[int, ...]], *, seed: int, draws: int
) -> list[str]:
    """Return where any prices prove more than a matching of these values costs.

    The bound of prices holds for prices of any kind, learnt or drawn by lot.
    """
    market = LagrangianDual(compile_problem(problem, seed))
    draw = np.random.default_rng(seed)
    chance = Random(seed)
    found = []
    for _ in range(draws):
        scale = chance.choice([0.1, 1.0, 3.0])
        lines = draw.exponential(scale, len(market.lines)) * (
            draw.random(len(market.lines)) < chance.choice([0.2, 0.6, 1.0])
        )
        for values in reached:
            for tier in range(len(values)):
                limits = draw.exponential(scale, len(market.limits))
                prices = Multipliers(lines, draw.exponential(scale, tier), limits)
                bound = market.bound(tier, prices, values)
                if bound > values[tier]:
                    found.append(f"prices prove {bound} in tier {tier}, though {values} is reached")
    return found


def nobody_placed(problem: Problem) -> Solution:
    """Return the matching without groups."""
    return Solution((), problem.students)
