"""Rounds with more tiers than one number can rank."""

from __future__ import annotations

import pytest
from ortools.sat.python.cp_model import CpModel

from mentormatch import SolveParams, match
from mentormatch.rules import Mix, PlaceClass, PlaceEveryone, WishTogether
from mentormatch.solve.plan.model import Objective
from mentormatch.solve.tier_weights import tier_weights
from tests.support.build import mentors, problem, student, students


@pytest.mark.parametrize("large", [0, 400])
def test_groups_are_improved_whatever_the_number_of_tiers(large: int) -> None:
    """Ten tiers ten thousand times apart are more than the solver can count to."""
    # A wish that cannot come true, so that on the road of large rounds something is left to do.
    people = [
        *students("ana bo cai", department="Physics"),
        student("dee", "wed-15", department="Design"),
    ]
    asked = problem(
        people,
        mentors("mia noa", "tue-15 wed-15"),
        "tue-15 wed-15",
        *(WishTogether(tier=tier, wishes=(("ana", "dee"),)) for tier in range(2, 9)),
        Mix(tier=9),
        PlaceClass(tier=10, priority=1),
    )
    matching = match(asked, time_limit=None, params=SolveParams(large_round_students=large))
    assert [tier.value for tier in matching.tiers] == [0, *[1] * 7, 3, 0]


def test_a_first_tier_that_costs_nothing_may_count_for_no_more_than_fits() -> None:
    """Its rank also prices the seats that groups need, which once were more than a number holds."""
    asked = problem(
        students("ana bo cai"),
        mentors("mia noa", "tue-15"),
        "tue-15",
        PlaceEveryone(tier=9),
        *(PlaceClass(tier=tier, priority=5) for tier in range(1, 9)),
    )
    matching = match(asked, time_limit=None, params=SolveParams(large_round_students=0))
    assert [tier.value for tier in matching.tiers] == [0] * 9


def test_tiers_count_for_less_where_there_are_many() -> None:
    """The first go before the later ones, and of far too many the last for nothing."""
    assert tier_weights([99] * 3, 10_000, 2**60) == [10_000**2, 10_000, 1]
    assert tier_weights([99] * 6, 10_000, 2**60) == [1000**place for place in (5, 4, 3, 2, 1, 0)]
    many = tier_weights([99] * 30, 10_000, 2**60)
    assert many[:2] == [100**8, 100**7]
    assert many[9:] == [0] * 21
    assert sum(many) * 99 <= 2**60
    nothing = tier_weights([0] * 30, 10_000, 2**60)
    assert nothing[0] <= 2**60


def test_a_price_on_what_can_only_be_nothing_counts() -> None:
    """Such a price is ranked like the others, and was more than the solver's numbers hold."""
    objective = Objective()
    objective.add([CpModel().new_int_var(0, 0, "")], 7, 0)
    assert objective.magnitude == 7
