"""Dual prices say which changes are worth a solve."""

from __future__ import annotations

import pytest

from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain import (
    bottlenecks,
)
from mentormatch.explain.bottlenecks import ranked
from mentormatch.explain.move_evaluator import MoveEvaluator
from mentormatch.explain.pricing import PriceList, price_list, with_newcomers
from mentormatch.rules import PreferYes
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.match import match
from mentormatch.solve.plan.blocks import template_blocks
from mentormatch.solve.plan.build_plan import plan_model
from mentormatch.solve.plan.relaxation import Relaxation
from mentormatch.solve.sensitivity import EPSILON
from mentormatch.synthetic import generate
from mentormatch.whatif import (
    AddLanguage,
    AddMentors,
    MaxStudents,
    OfferSlot,
)
from tests.support.build import mentor, problem, slot, students


def board_of(variant: Problem) -> MoveEvaluator:
    """Return the board of the best matching."""
    return MoveEvaluator(
        EvaluatedSolution(variant, solution_of(variant, match(variant, time_limit=30)))
    )


def test_a_mentor_is_worth_those_who_then_have_a_place() -> None:
    """Five wait for Friday, three for Wednesday, and whoever came on Tuesday has a group."""
    people = [
        *students("a b c", "tue-15"),
        *students("d e f g h", "fri-15"),
        *students("i j k", "wed-15"),
    ]
    variant = problem(people, [mentor("m", "tue-15")], "tue-15 wed-15 fri-15", size=(3, 5))
    found = price_list(board_of(variant), time_limit=30, seed=0)
    assert found.tier == 1
    assert found.mentor == {"tue-15": 0.0, "wed-15": 3.0, "fri-15": 5.0}
    assert found.of(AddMentors(slot="fri-15", count=2)) == 10.0
    assert found.of(AddLanguage(language="sv")) is None


def test_a_place_in_every_group_is_worth_as_many_as_there_are_groups() -> None:
    """Two full groups with people waiting for each of them."""
    people = [*students("a b c d e", "tue-15"), *students("f g h i j", "wed-15")]
    guides = [mentor("m", "tue-15"), mentor("n", "wed-15")]
    variant = problem(people, guides, "tue-15 wed-15", size=(2, 3))
    found = price_list(board_of(variant), time_limit=30, seed=0)
    assert found.of(MaxStudents(to=4)) == pytest.approx(2.0, abs=0.01)
    assert found.smaller == 0.0


def test_a_mentor_for_whom_there_is_no_room_comes_after_fewer_who_can_be_served() -> None:
    """More people wait for Monday, but its only room is taken: they once came first."""
    people = [*students("a b c d e f", "mon-15"), *students("x y", "wed-15")]
    slots = (slot("mon-15", max_groups=1), slot("wed-15"))
    variant = problem(people, [mentor("m", "mon-15")], slots, size=(2, 3))
    evaluator = board_of(variant)
    here, there = AddMentors(slot="mon-15"), AddMentors(slot="wed-15")
    by_number = ranked(evaluator, PriceList())
    assert by_number.index(here) < by_number.index(there)
    by_price = ranked(evaluator, price_list(evaluator, time_limit=30, seed=0))
    assert by_price.index(there) < by_price.index(here)


@pytest.mark.parametrize("seed", range(4))
def test_no_mentors_save_more_in_the_relaxation_than_their_price(seed: int) -> None:
    """Cost is convex in what is there to use, so a price is the most that a step can save."""
    variant = generate(students=24, mentors=6, seed=seed)
    evaluator = board_of(variant)
    prices = price_list(evaluator, time_limit=30, seed=0)
    assert prices.tier is not None
    assert prices.mentor is not None
    tier = variant.tiers.index(prices.tier)
    reached = list(evaluator.before.score.tiers.values())
    larger, newcomers = with_newcomers(variant)
    compiled = compile_problem(larger, 0)
    plan = plan_model(compiled, template_blocks(compiled))
    relaxation = Relaxation(plan)
    for place in range(tier):
        relaxation.hold(plan.objectives[place], reached[place])
    relaxation.minimise(plan.objectives[tier])

    def least(whole: str | None) -> float:
        for name, ids in newcomers.items():
            for one in ids:
                for seats in plan.seats:
                    if (person := compiled.round_.position[one]) in seats:
                        most = 1.0 if name == whole else EPSILON
                        relaxation.bind(seats[person].index, 0.0, most)
        solved = relaxation.solve(Clock(30))
        assert solved is not None
        return solved.value

    base = least(None)
    saved = {name: base - least(name) for name in newcomers}
    assert max(saved.values()) > 0.5
    for name, ids in newcomers.items():
        assert saved[name] <= len(ids) * prices.mentor[name] + 0.01


def test_what_holds_a_round_back_tells_the_price_and_its_tier() -> None:
    """What was expected stands beside what the solve gave."""
    people = [*students("a b c", "tue-15"), *students("d e f", "fri-15")]
    variant = problem(people, [mentor("m", "tue-15")], "tue-15 fri-15", size=(3, 3))
    found = bottlenecks(variant, match(variant, time_limit=30), time_limit=30)
    assert found.priced == 1
    assert [(each.change, each.price) for each in found.changes] == [
        (AddMentors(slot="fri-15"), 3.0)
    ]


def test_prices_are_those_of_the_first_tier_that_costs_something() -> None:
    """Everybody has a place, and what is left to gain is a time to which they said yes."""
    people = students("a b c", "wed-15", if_need_be="tue-15")
    rule = PreferYes(tier=4)
    variant = problem(people, [mentor("m", "tue-15")], "tue-15 wed-15", rule, size=(2, 3))
    found = price_list(board_of(variant), time_limit=30, seed=0)
    assert found.tier == 4
    assert found.mentor == {"tue-15": 0.0, "wed-15": 3.0}


def test_a_price_is_told_to_two_digits_of_all_that_it_is_for() -> None:
    """Three mentors at a third each once cost 0.999."""
    prices = PriceList(1, {"tue-15": 1 / 3, "wed-15": 2 / 3})
    assert prices.of(AddMentors(slot="tue-15", count=3)) == 1.0
    assert prices.of(AddMentors(slot="wed-15", count=2)) == 1.33
    assert prices.of(OfferSlot(person="mia", slot="wed-15")) == 0.67


def test_a_round_without_cost_has_no_prices() -> None:
    """Nothing can be worth anything where nothing is lost."""
    variant = problem(students("a b", "tue-15"), [mentor("m", "tue-15")], "tue-15", size=(2, 3))
    assert price_list(board_of(variant), time_limit=30, seed=0) == PriceList()
