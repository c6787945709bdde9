"""How widely a large round is priced, and how its numbers of groups become whole."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

import numpy as np
import pytest

from mentormatch.evaluate.cost import costs as costs_of
from mentormatch.solve.assign.groups import GroupCosts, as_solution
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.interior_point import SparseRows, interior_point
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.lagrangian.dual import LagrangianDual
from mentormatch.solve.lagrangian.group_exchange import exchanged
from mentormatch.solve.lagrangian.pipeline import LagrangianMethod
from mentormatch.solve.lagrangian.plan_costs import plan_costs
from mentormatch.solve.lagrangian.rounding import dive, whole_groups
from mentormatch.solve.lagrangian.sample_size import largest_sample
from mentormatch.solve.lagrangian.sampled_relaxation import SampledRelaxation
from mentormatch.solve.lagrangian.time_budget import TimeBudget
from mentormatch.solve.params import SolveParams
from mentormatch.solve.search import Search
from mentormatch.synthetic import Recipe, generate

SPREAD = Recipe(languages=("en", "fi", "sv"), hours={9: 1.0, 11: 1.0, 13: 1.0, 15: 1.0})
"""Sixty templates, so that each has but a group or less."""


@cache
def spread(students: int) -> LagrangianDual:
    """Return the rows of a round with about as many templates as groups."""
    return LagrangianDual(compile_problem(generate(students, seed=2, recipe=SPREAD), 0))


def test_the_interior_point_method_returns_values_and_duals() -> None:
    """At least two of two things at prices 1 and 3, of the cheaper one at most one and a half."""
    rows = SparseRows(
        np.array([0, 0]), np.array([0, 1]), np.ones(2), np.array([2.0]), np.array([np.inf])
    )
    box = np.zeros(2), np.array([1.5, 9.0])
    solved = interior_point(np.array([1.0, 3.0]), box, rows, Clock(None))
    assert solved is not None
    assert solved.values.tolist() == pytest.approx([1.5, 0.5], abs=1e-4)
    assert solved.duals.tolist() == pytest.approx([3.0], abs=1e-4)
    assert solved.objective == pytest.approx(3.0, abs=1e-4)
    assert interior_point(np.array([1.0, 3.0]), box, rows, Clock(0.0)) is None


def test_the_sample_grows_with_the_time_given_and_not_with_the_time_it_takes() -> None:
    """A busy machine must not change the answer unless a limit was reached."""
    dual = spread(450)
    sizes = [largest_sample(dual, limit, SolveParams()) for limit in (0.01, 0.1, 1.0, 60.0, None)]
    assert sizes == sorted(sizes)
    assert sizes[0] < 450
    assert sizes[-2:] == [450, 450]


def test_whole_numbers_add_up_to_no_more_than_there_can_be() -> None:
    """The largest parts of one are rounded up first."""
    wished = np.array([0.4, 1.6, 2.0, 0.9])
    assert whole_groups(wished, np.full(4, 9.0), 9).tolist() == [0, 2, 2, 1]
    assert whole_groups(wished, np.full(4, 9.0), 4).tolist() == [0, 1, 2, 1]
    assert whole_groups(wished, np.array([9.0, 1.0, 2.0, 0.0]), 9).tolist() == [1, 1, 2, 0]


def test_groups_fixed_in_turn_stay_within_limits_and_become_whole() -> None:
    """What is fixed to a whole number stays there, and the rest is solved anew."""
    dual = spread(450)
    relaxation = SampledRelaxation(dual, 450)
    solved = relaxation.solve(0, [], Clock(None), vertex=False)
    assert solved is not None
    total = min(limit.most for limit in dual.limits if limit.templates.all())
    steps = list(dive(relaxation, solved.groups, total, Clock(None)))
    assert len(steps) > 1
    for groups in steps:
        assert bool((groups >= 0).all())
        assert bool((groups <= dual.most).all())
        assert groups.sum() <= total
    assert list(dive(relaxation, solved.groups, total, Clock(0.0))) == []


def test_more_of_the_relaxation_finds_better_groups_and_bounds() -> None:
    """A sample of a few students says little of sixty templates; that of everybody says all."""
    params = SolveParams(
        sample_students=60,
        sample_all_students=0,
        sample_later_students=300,
        sample_max_students=0,
    )
    compiled = spread(450).compiled
    search = Search(compiled, Clock(None), 0)
    clock = Clock(None)
    method = LagrangianMethod(compiled, clock, GroupCosts(compiled), TimeBudget(clock), params)
    search.offer(method.openings(search.bounds))
    assert search.best is not None
    first = search.best.values
    method.prove(search.bounds, first)
    before = search.bounds.certified(first)
    for found in method.refinements(search.bounds, first):
        search.offer(found)
    assert search.best.values < first
    assert search.bounds.certified(first) > before
    # Part of the people do not tell whole numbers of groups for all of them.
    assert method.program.share < 1
    method.params = replace(params, exchange_patience=0)
    assert not list(method.refinements(Bounds(), first))


@cache
def usual(students: int) -> LagrangianDual:
    """Return the rows of a round with 25 templates and mentors who are too few."""
    return LagrangianDual(compile_problem(generate(students, students // 5, seed=2), 0))


def test_a_calibrated_sample_counts_each_time_as_everybody_does() -> None:
    """Bug: by chance too many could come on Tuesday, so that too many groups met then."""
    dual = usual(900)
    relaxation = SampledRelaxation(dual, 300)
    allowed, students = dual.compiled.allowed, dual.compiled.students
    for mentors in (False, True):
        mine = (relaxation.people >= students) == mentors
        everybody = (np.arange(len(allowed)) >= students) == mentors
        weights, sample = relaxation.weights[mine], relaxation.people[mine]
        assert weights.min() > 0
        assert weights.sum() == pytest.approx(everybody.sum() * relaxation.share, rel=1e-6)
        wanted = allowed[everybody].sum(axis=0) * relaxation.share
        plain = np.abs(allowed[sample].sum(axis=0) - wanted).sum()
        assert np.abs(weights @ allowed[sample] - wanted).sum() < 0.6 * plain
    assert set(SampledRelaxation(dual, 900).weights.tolist()) == {1.0}


def test_a_calibrated_sample_proves_nearly_what_everybody_proves() -> None:
    """The bound is of everybody in both; only the multipliers come from fewer people."""
    dual = usual(900)
    proven = []
    for size in (300, 900):
        solved = SampledRelaxation(dual, size).solve(0, [], Clock(None), vertex=False)
        assert solved is not None
        proven.append(dual.bound(0, solved.prices, ()))
    assert proven[1] > 50
    assert proven[1] - 2 <= proven[0] <= proven[1]


def test_exchanges_open_the_groups_that_a_poor_start_lacks() -> None:
    """With a group taken from each of eight templates, as many are left out as there were seats."""
    dual = usual(900)
    compiled = dual.compiled
    method = LagrangianMethod(compiled, Clock(None), GroupCosts(compiled), TimeBudget(Clock(None)))
    method.openings(Bounds())
    assert method._best is not None
    groups = method._best.groups.copy()
    groups[np.flatnonzero(groups)[:8]] -= 1
    assign = partial(method._assign, method._sampled[-1].prices)
    start = assign(groups)
    reached = [plan_costs(dual, start)]
    for better in exchanged(dual, method.sizes, start, assign, method._total(), Clock(None)):
        reached.append(plan_costs(dual, better))
        assert better.groups.sum() <= method._total()
    assert reached == sorted(reached, reverse=True)
    least = method._sampled[0].value
    assert reached[0][0] > least + 40
    assert reached[-1][0] < least + 8
    assert list(exchanged(dual, method.sizes, start, assign, 99, Clock(0.0))) == []


def test_costs_of_an_assignment_are_those_of_groups_dealt_evenly() -> None:
    """Where dealing reaches the even spread, the rules' own meaning says the same."""
    compiled = usual(900).compiled
    method = LagrangianMethod(compiled, Clock(None), GroupCosts(compiled), TimeBudget(Clock(None)))
    openings = method.openings(Bounds())
    _, values = costs_of(compiled.problem, as_solution(compiled, openings))
    assert method._best is not None
    told = plan_costs(method.dual, method._best)
    assert values[0] == told[0] > 50
    assert values[1] == told[1]
