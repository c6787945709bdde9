"""Trees over the numbers of groups: true bounds at any moment, and the best plan at the end."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest
from ortools.sat.python import cp_model

from mentormatch import SolveParams, match, synthetic
from mentormatch.data.problem import Problem
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.cpsat import solve
from mentormatch.solve.backend.linear_program import LinearProgram
from mentormatch.solve.backend.sparse_matrix import Floats, SparseMatrix
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.plan.blocks import template_blocks
from mentormatch.solve.plan.branch_and_bound import BranchAndBound
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.model import PlanModel
from mentormatch.solve.plan.relaxation import Relaxation
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among


def program(draw: Random) -> tuple[LinearProgram, Floats, list[list[int]]]:
    """Return a small program drawn by lot, its cost, and all its whole points."""
    variables, sides = draw.randint(1, 4), draw.randint(1, 4)
    matrix = np.array(
        [[draw.choice((-2, -1, 0, 1, 1, 2)) for _ in range(variables)] for _ in range(sides)],
        dtype=np.float64,
    )
    lower = np.array([draw.choice((-np.inf, -1.0, 1.0, 2.0)) for _ in range(sides)])
    upper = np.array([draw.choice((np.inf, max(0.0, side), 3.0)) for side in lower])
    upper = np.maximum(upper, lower)
    most = np.array([float(draw.randint(0, 2)) for _ in range(variables)])
    cost = np.array([float(draw.randint(-3, 3)) for _ in range(variables)])
    rows, columns = np.nonzero(matrix)
    found = LinearProgram(
        SparseMatrix(rows, columns, matrix[rows, columns], sides),
        lower,
        upper,
        np.zeros(variables),
        most,
    )
    points = [
        list(point)
        for point in product(*(range(int(top) + 1) for top in most))
        if bool(((lower <= matrix @ point) & (matrix @ point <= upper)).all())
    ]
    return found, cost, points


@pytest.mark.parametrize("seed", range(60))
def test_no_whole_point_is_below_the_bound_nor_in_what_is_impossible(seed: int) -> None:
    """Whatever the solver rounds, bounds and impossibility hold for every point there is."""
    linear, cost, points = program(Random(seed))
    linear.set_cost(cost)
    found = linear.solve(Clock(None))
    assert all(linear.holds(np.array(point)) for point in points)
    if found is None:
        assert not points
        assert linear.proven_infeasible(Clock(None))
        return
    assert not linear.proven_infeasible(Clock(None))
    assert all(float(cost @ point) >= found.bound for point in points)


def test_the_programs_are_not_all_of_a_kind() -> None:
    """Some have points and some have none."""
    drawn = [program(Random(seed)) for seed in range(60)]
    assert 5 <= sum(not points for _, _, points in drawn) <= 55


def test_bounds_that_leave_nothing_are_told_from_those_that_do() -> None:
    """The same program is impossible while a variable is kept down, and not afterwards."""
    linear = LinearProgram(
        SparseMatrix(np.array([0, 0]), np.array([0, 1]), np.array([1.0, 1.0]), 1),
        np.array([2.0]),
        np.array([np.inf]),
        np.zeros(2),
        np.ones(2),
    )
    assert not linear.proven_infeasible(Clock(None))
    linear.bind(1, 0.0, 0.0)
    assert linear.solve(Clock(None)) is None
    assert linear.proven_infeasible(Clock(None))
    assert not linear.holds(np.array([1, 1]))
    linear.bind(1, 0.0, 1.0)
    assert not linear.proven_infeasible(Clock(None))
    linear.add_row(np.array([1.0, 1.0]), 1.0)
    assert linear.proven_infeasible(Clock(None))


def tree_of(problem: Problem) -> tuple[PlanModel, BranchAndBound]:
    """Return the plan of a problem and the tree of its first tier."""
    compiled = compile_problem(problem, 0)
    plan = plan_model(compiled, template_blocks(compiled))
    relaxation = Relaxation(plan)
    relaxation.minimise(plan.objectives[0])
    return plan, BranchAndBound(plan, relaxation, plan.objectives[0], 0, seed=0)


@pytest.mark.parametrize("seed", range(4))
def test_bound_and_cost_close_in_on_the_least_cost(seed: int) -> None:
    """At any moment the least cost lies between them; at the end they are equal."""
    plan, tree = tree_of(synthetic.generate(24, seed=seed))
    plan.model.minimize(plan.objectives[0].expression)
    least = solve(plan.model, plan.variables, Clock(None), seed=0).cost
    assert least is not None
    bounds = []
    while not tree.ended:
        tree.run(Clock(None), 1)
        assert tree.bound is not None
        assert tree.bound <= least
        assert tree.cost is None or tree.cost >= least
        bounds.append(tree.bound)
    assert bounds == sorted(bounds)
    assert tree.cost == least


def test_a_tree_that_is_broken_off_ends_as_one_that_is_not() -> None:
    """Turns of three parts each and one long turn find the same plan."""
    problem = synthetic.generate(40, seed=1)
    _, whole = tree_of(problem)
    whole.run(Clock(None), 10_000)
    _, turns = tree_of(problem)
    while not turns.ended:
        turns.run(Clock(None), 3)
    assert (turns.cost, turns.bound) == (whole.cost, whole.bound)


def test_a_tree_leaves_the_bounds_of_the_relaxation_as_they_were() -> None:
    """Later tiers begin from the whole plan and not from a part of it."""
    plan, tree = tree_of(synthetic.generate(40, seed=1))
    fresh = Relaxation(plan)
    tree.run(Clock(None), 5)
    used = tree.relaxation
    assert all(used.range(place) == fresh.range(place) for place in range(len(plan.variables)))


@pytest.mark.parametrize("seed", slow_among(range(200, 280), {226}))
def test_branching_finds_the_best_of_all_matchings(seed: int) -> None:
    """Also where plans are so small that they are searched whole as a rule."""
    problem = random_problem(seed)
    best = best_of_all(problem)
    matching = match(problem, time_limit=None, params=SolveParams(tree_min_variables=0))
    if best is None:
        assert matching.status == "INFEASIBLE"
        return
    assert matching.status == "OPTIMAL"
    assert tuple(tier.value for tier in matching.tiers) == best.values
    assert tuple(tier.bound for tier in matching.tiers) == best.values


def test_a_row_without_variables_that_does_not_hold_is_seen() -> None:
    """Pins at odds with each other leave such a row, which no relaxation may pass over."""
    compiled = compile_problem(synthetic.generate(24, seed=0), 0)
    plan = plan_model(compiled, template_blocks(compiled))
    plan.model.add(sum([]) >= 1)
    relaxation = Relaxation(plan)
    assert relaxation.solve(Clock(None)) is None
    assert relaxation.proven_infeasible(Clock(None))


def test_a_sum_in_the_gap_of_its_domain_is_no_plan() -> None:
    """The rows of the relaxation pass over gaps; what is taken for a plan may not."""
    model = PlanModel(compile_problem(synthetic.generate(24, seed=0), 0), ())
    one, other = model.integer(0, 3), model.integer(0, 3)
    domain = cp_model.Domain.from_values([0, 2, 3])
    model.model.add_linear_expression_in_domain(one + other, domain)
    relaxation = Relaxation(model)
    found = {
        total: relaxation.holds(np.array([total - total // 2, total // 2])) for total in range(5)
    }
    assert found == {0: True, 1: False, 2: True, 3: True, 4: False}
