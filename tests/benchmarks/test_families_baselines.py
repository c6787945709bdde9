"""The means that the families are held against are right themselves."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]  # It has no types.

from benchmarks.families import below, brackets, others
from benchmarks.families.annealing import anneal
from benchmarks.families.board import Board
from benchmarks.families.catalogue import BY_NAME, FAMILIES
from benchmarks.families.hull import lines_below, zero_range
from benchmarks.families.program import Arrays, Floats, Program, dual_bound
from benchmarks.families.record import OURS, RELAXATION, Record, TierFigures
from benchmarks.families.relaxation import Relaxation
from benchmarks.families.run_highs import with_held
from benchmarks.families.stated import HARD, Stated
from benchmarks.families.steps import Steps
from mentormatch import verify
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem


def solved(arrays: Arrays, cost: Floats) -> tuple[float, Floats] | None:
    """Return the least cost and the duals by a simplex method, or None if there is no point."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    variables = [
        solver.NumVar(float(low), float(high), "")
        for low, high in zip(arrays["low"], arrays["high"], strict=True)
    ]
    rows = []
    for row, start in enumerate(arrays["start"][:-1]):
        constraint = solver.Constraint(
            float(arrays["row_low"][row]), float(arrays["row_high"][row])
        )
        for entry in range(start, arrays["start"][row + 1]):
            variable = variables[arrays["column"][entry]]
            old = constraint.GetCoefficient(variable)
            constraint.SetCoefficient(variable, old + float(arrays["value"][entry]))
        rows.append(constraint)
    objective = solver.Objective()
    for variable, price in zip(variables, cost, strict=True):
        objective.SetCoefficient(variable, float(price))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    return objective.Value(), np.array([row.dual_value() for row in rows])


@pytest.mark.parametrize("name", list(BY_NAME))
def test_the_board_counts_what_the_rules_count(name: str) -> None:
    """Steps taken and taken back, on every family: the totals are those of the verifier."""
    problem = BY_NAME[name].make(40, 1)
    stated = Stated.of(problem)
    board = Board(stated)
    rng = Random(name)
    steps = Steps(board, rng)
    steps.fill()
    compared = 0
    for number in range(2_000):
        before = board.totals.copy()
        undo = steps.one()
        if undo is not None and (board.totals[HARD] > before[HARD] or rng.random() < 0.3):
            undo()
            assert board.totals == before
        if number % 100 == 99 and board.sound():
            groups = [(template, sorted(people)) for template, people in board.groups()]
            report = verify(problem, others.matching(problem, groups))
            assert report.ok
            assert tuple(board.totals[1:]) == tuple(report.tiers.values())
            compared += 1
    assert compared


def test_annealing_finds_a_valid_answer_and_improves_on_its_start() -> None:
    """It is held against the search, so it must not be a straw man."""
    problem = BY_NAME["peers"].make(40, 0)
    stated = Stated.of(problem)
    start = Board(stated)
    Steps(start, Random(0)).fill()
    found = anneal(stated, 1.0, 0)
    assert found is not None
    groups = [(template, sorted(people)) for template, people in found]
    report = verify(problem, others.matching(problem, groups))
    assert report.ok
    assert tuple(report.tiers.values()) < tuple(start.totals[1:])


@pytest.mark.parametrize("seed", range(60))
def test_no_matching_is_below_the_relaxation(seed: int) -> None:
    """Of tiny rounds with any rules, the best matching of all is known tier by tier."""
    problem = random_problem(f"relaxation {seed}", students=6)
    best = best_of_all(problem)
    stated = Stated.of(problem)
    relaxation = Relaxation(stated)
    arrays = relaxation.program.arrays()
    if best is None:
        return
    costs = np.array([relaxation.vector(place) for place in range(1, 1 + len(stated.tiers))])
    constants = np.array(relaxation.constant[1:])
    for row, value in enumerate(best.values):
        room = np.array(best.values[:row], dtype=np.float64) - constants[:row]
        program = with_held(arrays, costs[:row], room)
        point = solved(program, costs[row])
        assert point is not None
        least, duals = point
        assert least + constants[row] <= value + 1e-6
        # The bound from the duals is that least value, and holds for any other duals too.
        assert dual_bound(program, costs[row], duals) == pytest.approx(least, abs=1e-6)
        wild = duals + np.array([Random(seed).uniform(-1, 1) for _ in duals])
        assert dual_bound(program, costs[row], wild) <= least + 1e-6


def test_scarce_mentors_bound_how_many_have_a_place() -> None:
    """Groups cannot be larger than the largest size, nor have fewer mentors than asked for."""
    problem = BY_NAME["capacity_scarce"].make(120, 0)
    relaxation = Relaxation(Stated.of(problem))
    point = solved(relaxation.program.arrays(), relaxation.vector(1))
    assert point is not None
    places = sum(mentor.capacity for mentor in problem.mentors) / 2 * 8
    assert point[0] + relaxation.constant[1] >= 120 - places - 1e-6 > 0


def test_a_dual_bound_holds_where_a_row_has_no_such_side() -> None:
    """Minimise x with x + y >= 3 and both at most 2: a dual of the wrong sign is worth nothing."""
    program = Program()
    x, y = program.variable(0.0, 2.0), program.variable(0.0, 2.0)
    program.row([x, y], 1.0, low=3.0)
    arrays, cost = program.arrays(), np.array([1.0, 0.0])
    assert dual_bound(arrays, cost, np.array([1.0])) == 1.0
    assert dual_bound(arrays, cost, np.array([-1.0])) == 0.0
    assert below.whole(0.9999999) == 1
    assert below.whole(1.0000001) == 1
    assert below.whole(float("nan")) is None


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ([0, 0, 1, 3], [(0, 0), (1, -1), (2, -3)]),
        ([0, 1, 0, 0], [(0, 0)]),
        ([0, 3, 2], [(1, 0)]),
        ([4], [(0, 4)]),
    ],
)
def test_lines_below_a_table_are_its_convex_hull(
    table: list[float], lines: list[tuple[float, float]]
) -> None:
    """A table that rises and falls has a hull that is less than itself."""
    assert lines_below(table) == lines


def test_a_table_that_never_amounts_to_nothing_allows_no_group() -> None:
    """And one that does allows the counts from its first to its last zero."""
    assert zero_range([2, 1, 0, 0, 1]) == (2, 3)
    assert zero_range([2, 1]) is None


def run(method: str, values: list[int | None], bounds: list[int | None], *held: int) -> Record:
    """Return a run as if it had been measured."""
    tiers = tuple(
        TierFigures(tier, f"goal {tier}", value, bound)
        for tier, (value, bound) in enumerate(zip(values, bounds, strict=True), 1)
    )
    by_tier = {str(tier): value for tier, value in enumerate(held, 1)}
    return Record("made", 40, 0, method, 9.0, "FEASIBLE", 9.0, tiers, by_tier)


def test_a_bound_above_somebodys_value_is_told() -> None:
    """In a later tier only if the earlier ones are as good as what the bound rests on."""
    ours = run(OURS, [5, 7], [5, 6], 5, 7)
    assert brackets.faults([ours, run("x", [5, 6], [None, None])]) == []
    assert brackets.faults([ours, run("x", [6, 1], [None, None])]) == []
    first = brackets.faults([ours, run("x", [4, 9], [None, None])])
    assert first == ["made, 40 students, seed 0, tier 1: mentormatch proves 5, x reaches 4"]
    second = brackets.faults([ours, run("x", [5, 5], [None, None])])
    assert second == ["made, 40 students, seed 0, tier 2: mentormatch proves 6, x reaches 5"]
    own = brackets.faults([ours, run(RELAXATION, [None, None], [5, 8], 5, 7)])
    assert own == ["made, 40 students, seed 0, tier 2: relaxation proves 8, mentormatch reaches 7"]
    assert brackets.faults([ours, replace(run("x", [4, 9], [None, None]), seed=1)]) == []


@pytest.mark.skipif(not below.ready(), reason="HiGHS has no environment here")
def test_highs_bounds_a_round() -> None:
    """The tiers' bounds from its duals lie below what is known to be the best."""
    problem = FAMILIES[0].make(40, 0)
    record = others.bounded(FAMILIES[0].name, problem, 0, 20.0, {"1": 11, "3": 0, "4": 30})
    assert all(tier.bound is not None for tier in record.tiers)
    assert record.tiers[0].bound


def test_the_place_of_what_is_forbidden_comes_before_the_tiers() -> None:
    """Prices start at 1."""
    assert HARD == 0
