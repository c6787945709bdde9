"""The steps of the Lagrangian method, one by one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from types import SimpleNamespace

import numpy as np
import pytest
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]  # has no types

from mentormatch.data.problem import Problem
from mentormatch.evaluate.cost import costs, structure
from mentormatch.rules import Mix, PreferYes
from mentormatch.solve.assign.groups import GroupCosts, as_solution
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import Compiled, compile_problem
from mentormatch.solve.instance.hard_counts import group_sizes
from mentormatch.solve.lagrangian import flows
from mentormatch.solve.lagrangian.candidates import candidate_templates
from mentormatch.solve.lagrangian.close_groups import close_groups
from mentormatch.solve.lagrangian.dual import LagrangianDual, Multipliers
from mentormatch.solve.lagrangian.flows import Leads
from mentormatch.solve.lagrangian.greedy_fallback import greedy_fallback
from mentormatch.solve.lagrangian.pipeline import LagrangianMethod
from mentormatch.solve.lagrangian.plan_costs import Assigned
from mentormatch.solve.lagrangian.sampled_relaxation import SampledRelaxation
from mentormatch.solve.lagrangian.time_budget import TimeBudget
from mentormatch.solve.params import SolveParams
from mentormatch.synthetic import generate
from tests.support.build import mentors, problem, student, students
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among


@cache
def made_up(number: int, seed: int = 0) -> Problem:
    """Return a made-up round of so many students."""
    return generate(number, seed=seed)


def method_of(compiled: Compiled) -> LagrangianMethod:
    """Return the method for a round, with all the time that it wants."""
    return LagrangianMethod(compiled, Clock(None), GroupCosts(compiled), TimeBudget(Clock(None)))


def dual_of(asked: Problem) -> LagrangianDual:
    """Return a round's rows to put prices on."""
    return LagrangianDual(compile_problem(asked, 0))


@pytest.mark.parametrize("seed", slow_among([1, 4, 5], {1, 4}))
def test_prices_of_two_thirds_prove_as_much_as_those_of_everybody(seed: int) -> None:
    """Bug: held to what everybody reached, an unlucky sample had no good prices for later tiers."""
    compiled = compile_problem(made_up(450, seed), seed)
    proven = []
    for size in (300, 450):
        method = method_of(compiled)
        method.program = SampledRelaxation(method.dual, size)
        bounds = Bounds()
        _, values = costs(compiled.problem, as_solution(compiled, method.openings(bounds)))
        best = (bounds.certified(values)[0], 0, values[2])
        method.prove(bounds, best)
        proven.append(bounds.certified(best))
    assert proven[0] == proven[1]
    assert min(proven[0][0], proven[0][2]) > 0


@pytest.mark.parametrize("most", [1, 1000])
def test_groups_made_in_a_rush_are_valid(most: int) -> None:
    """They are judged by the rules' own meaning; only what no group decides can be broken."""
    found = 0
    for seed in range(80):
        asked = random_problem(f"rush {seed}", most_students=8, most_mentors=5)
        dual = dual_of(asked)
        compiled = dual.compiled
        judge = GroupCosts(compiled)
        openings = list(greedy_fallback(dual, judge, group_sizes(compiled), most))
        assert len(openings) <= most
        assert all(judge.fits(one.template, one.people) for one in openings)
        assert not list(structure(compiled.problem, as_solution(compiled, openings)))
        found += len(openings)
    assert found > 20


@pytest.mark.parametrize("options", [1, 3])
def test_each_student_keeps_templates_that_prices_make_best(options: int) -> None:
    """What is left out is no better than what is kept, and nobody is left without any."""
    dual = dual_of(made_up(60))
    compiled = dual.compiled
    groups = np.ones(len(compiled.templates), dtype=np.int64)
    groups[::7] = 0
    chance = np.random.default_rng(1)
    prices = Multipliers(chance.random(len(dual.lines)), chance.random(compiled.tiers - 1))
    kept = candidate_templates(dual, prices, groups, options)
    open_to = compiled.allowed[: compiled.students] & (groups > 0)
    assert not bool((kept & ~open_to).any())
    assert kept.sum(axis=1).tolist() == np.minimum(open_to.sum(axis=1), options).tolist()
    weights = [*prices.held.tolist(), 1.0]
    count_prices = dual.on_count(prices.lines)
    for person in range(compiled.students):
        here = np.flatnonzero(open_to[person])
        cost = dual.masks[:, person].astype(float) @ count_prices[:, here]
        for tier, weight in enumerate(weights):
            cost = cost + weight * dual.direct(tier, np.full(len(here), person), here)
        mine = kept[person, here]
        if mine.any() and not mine.all():
            assert cost[mine].max() <= cost[~mine].min() + 0.002


def test_shares_of_a_flow_place_as_many_as_one_flow() -> None:
    """A round of a hundred thousand is cut into shares; nobody may lose a place by it."""
    dual = dual_of(made_up(450))
    compiled = dual.compiled
    able = compiled.allowed[: compiled.students].any(axis=1)
    groups = np.minimum(dual.most, 4).astype(np.int64)
    prices = Multipliers(np.zeros(len(dual.lines)), np.zeros(0))
    candidates = partial(candidate_templates, dual, prices, groups, 6)
    whole = flows.assign_students(dual, groups, group_sizes(dual.compiled), candidates)
    params = SolveParams(flow_max_students=100)
    shared = flows.assign_students(dual, groups, group_sizes(dual.compiled), candidates, params)
    assert shared.tolist() != whole.tolist()
    assert (shared >= 0).tolist() == (whole >= 0).tolist() == able.tolist()
    for where in (whole, shared):
        assert bool((np.bincount(where[able], minlength=len(groups)) <= 8 * groups).all())


def test_students_whom_shares_leave_out_are_placed_by_one_flow() -> None:
    """Few templates for each are not always enough for all."""
    dual = dual_of(made_up(60))
    students_, templates = dual.compiled.students, len(dual.compiled.templates)
    groups = np.full(templates, 2, dtype=np.int64)

    def nothing() -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        return np.zeros((students_, templates), dtype=np.bool_)

    sizes, params = group_sizes(dual.compiled), SolveParams(flow_max_students=20)
    usual = flows.assign_students(dual, groups, sizes, nothing)
    shared = flows.assign_students(dual, groups, sizes, nothing, params)
    assert shared.tolist() == usual.tolist()
    assert bool((usual >= 0).any())


def test_groups_that_nobody_needs_are_given_up_for_mentors_whom_they_suit_badly() -> None:
    """Five students need one group of eight, and one mentor came only if need be."""
    reluctant = mentors("noa", "", availability={"tue-15": "if_need_be"})
    asked = problem(
        students("ana bo cai dee eli"),
        (*mentors("mia"), *reluctant),
        "tue-15",
        PreferYes(),
        size=(2, 8),
    )
    dual = dual_of(asked)
    where = np.zeros(5, dtype=np.int64)
    leads = Leads(np.array([0, 1]), np.zeros(2, dtype=np.int64))
    sizes = group_sizes(dual.compiled)
    assert close_groups(dual, Assigned(np.array([2]), where, leads), sizes).tolist() == [1]
    tight = replace(sizes, room=np.array([4]))
    assert close_groups(dual, Assigned(np.array([2]), where, leads), tight).tolist() == [2]


def test_groups_that_keep_people_apart_are_not_given_up() -> None:
    """Two of one department in one group would cost a pair."""
    reluctant = mentors("noa", "", availability={"tue-15": "if_need_be"})
    asked = problem(
        (*students("ana bo", department="law"), student("cai"), student("dee")),
        (*mentors("mia"), *reluctant),
        "tue-15",
        Mix(),
        PreferYes(),
        size=(2, 8),
    )
    dual = dual_of(asked)
    where = np.zeros(4, dtype=np.int64)
    leads = Leads(np.array([0, 1]), np.zeros(2, dtype=np.int64))
    sizes = group_sizes(dual.compiled)
    assert close_groups(dual, Assigned(np.array([2]), where, leads), sizes).tolist() == [2]


def test_places_that_nobody_can_have_are_known_without_time_for_prices() -> None:
    """Bug: groups made in a rush left out three more than had to be, and no bound said so."""
    compiled = compile_problem(made_up(450), 0)
    over = Clock(0.0)
    method = LagrangianMethod(compiled, over, GroupCosts(compiled), TimeBudget(over))
    bounds = Bounds()
    openings = method.openings(bounds)
    assert openings
    unable = int((~compiled.allowed[: compiled.students].any(axis=1)).sum())
    assert bounds.certified([450])[0] == unable > 0


def test_a_clock_that_is_over_before_another_notes_it_there() -> None:
    """What ended early for the time is told, though the whole time was not used."""
    whole = Clock(1000.0)
    early = whole.before(10.0)
    assert not early.expired()
    assert not whole.timed_out
    late = whole.before(2000.0).part(0.5)
    assert late.expired()
    assert whole.timed_out
    assert not whole.expired()
    assert Clock(None).before(5.0).remaining is None


def test_time_is_kept_for_what_cannot_be_cut_short() -> None:
    """The more the reading took, the earlier the search ends, and the fewer groups are judged."""
    whole = Clock(100.0)
    whole.started -= 20.0
    slow = TimeBudget(whole)
    searching, pricing = slow.search().remaining, slow.prices().remaining
    assert searching is not None
    assert pricing is not None
    assert pricing < searching < 100 - 10
    assert slow.groups(1000) == 1000
    whole.started -= 60.0
    assert SolveParams().greedy_groups < TimeBudget(whole).groups(1000) < 1000
    assert TimeBudget(Clock(None)).groups(1000) == 1000
    slow.learn(1.0)
    assert slow.prices().remaining == pytest.approx(pricing, abs=1.0)
    slow.learn(80.0)
    hurried = slow.prices().remaining
    assert hurried is not None
    assert hurried < pricing - 20
    # The answer does no flows: what they take is no reason to end earlier.
    assert slow.search().remaining == pytest.approx(searching, abs=1.0)
    slow.judged(30.0)
    ending = slow.search().remaining
    assert ending is not None
    assert ending < searching - 20
    assert ending > 100 - 2 * 30
    over = Clock(0.0)
    over.started -= 60.0
    assert TimeBudget(over).groups(1000) == SolveParams().greedy_groups


def test_a_program_that_stops_a_moment_before_the_clock_tells_of_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Bug: the answer was said to have reached no limit, though prices had no time."""
    ended = mathopt.Termination(
        reason=mathopt.TerminationReason.NO_SOLUTION_FOUND, limit=mathopt.Limit.TIME
    )
    monkeypatch.setattr(
        mathopt, "solve", lambda *given, **settings: SimpleNamespace(termination=ended)
    )
    clock = Clock(1_000)
    program = SampledRelaxation(dual_of(made_up(40)), 40)
    assert program.solve(0, [], clock, vertex=False) is None
    assert not clock.expired()
    assert clock.timed_out
