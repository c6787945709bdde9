"""Bounds are whole numbers that no rounding has lifted."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil
from random import Random

import numpy as np
import pytest

from mentormatch.solve.backend.bounds import Bounds, add_up, integer_lower_bound

SCALE = 2.0**20


def test_small_sums_are_taken_as_they_are() -> None:
    """Below 2**53 they are exact, and a bound that is reached must stay reached."""
    assert integer_lower_bound(12 * SCALE, 40 * SCALE, SCALE) == 12
    assert integer_lower_bound(12 * SCALE + 1, 40 * SCALE, SCALE) == 13


def test_sums_that_may_be_rounded_give_way_by_what_they_can_be_off() -> None:
    """From 2**53 on, by 2**-36 of their size and not more; below it by nothing."""
    exact, rounded = 2.0**53 - 1, 2.0**53
    assert integer_lower_bound(12 * SCALE + 1, exact, SCALE) == 13
    assert integer_lower_bound(12 * SCALE + 1, rounded, SCALE) == 12
    off = rounded * 2.0**-36
    assert integer_lower_bound(12 * SCALE + off, rounded, SCALE) == 12
    assert integer_lower_bound(12 * SCALE + off + 1, rounded, SCALE) == 13


@pytest.mark.parametrize("bits", [30, 40, 50, 60, 70])
def test_large_sums_never_come_out_above_what_they_are(bits: int) -> None:
    """Terms beyond 2**53 are rounded; a bound of one too many would be a false proof."""
    rng = Random(bits)
    for _ in range(300):
        terms = [rng.randint(-(2**bits), 2**bits) for _ in range(40)]
        # What remains is small beside the terms, and exactly a whole number of units.
        terms.append(-sum(terms) + rng.randint(0, 9) * 2**20)
        computed = float(np.sum(np.array(terms, dtype=np.float64)))
        size = float(sum(map(abs, terms)))
        exact = ceil(Fraction(sum(terms), 2**20))
        assert integer_lower_bound(computed, size, SCALE) <= exact
        if size < 2**53:
            assert integer_lower_bound(computed, size, SCALE) == exact


def test_a_bound_counts_where_the_earlier_tiers_are_no_worse() -> None:
    """It was proven for matchings at least as good there as what it held them to."""
    bounds = Bounds()
    bounds.add([], 2)
    bounds.add([5], 7)
    assert bounds.certified((4, 9)) == (2, 7)
    assert bounds.certified((5, 9)) == (2, 7)
    assert bounds.certified((6, 9)) == (2, 0)


def test_a_bound_counts_only_where_every_earlier_tier_is_no_worse() -> None:
    """One that is better does not make up for another that is worse, and the best proof counts."""
    bounds = Bounds()
    bounds.add([5, 3], 4)
    bounds.add([5, 3], 9)
    bounds.add([5, 3], 6)
    assert bounds.certified((4, 3, 10)) == (0, 0, 9)
    assert bounds.certified((4, 4, 10)) == (0, 0, 0)
    assert bounds.certified((6, 2, 10)) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(200))
def test_no_sum_of_bounds_lies_above_what_the_whole_can_reach(seed: int) -> None:
    """Also where parts are not proven, so that costs may be shifted between them.

    Each part has a few matchings, listed by their costs, and true proofs drawn by lot. The whole
    has a matching for every choice of one in each part.
    """
    draw = Random(seed)
    parts = []
    for _ in range(draw.randint(2, 3)):
        costs = [tuple(draw.choices(range(4), k=3)) for _ in range(draw.randint(1, 5))]
        proven = Bounds()
        for _ in range(draw.randint(0, 8)):
            held = draw.choices(range(4), k=draw.randint(0, 2))
            covered = [
                one[len(held)]
                for one in costs
                if all(cost <= most for cost, most in zip(one, held, strict=False))
            ]
            if covered:
                proven.add(held, max(0, min(covered) - draw.choice((0, 0, 1))))
        parts.append((costs, draw.choice([min(costs), draw.choice(costs)]), proven))
    rest = tuple(draw.choices(range(3), k=3))
    values, bounds = add_up([(mine, proven) for _, mine, proven in parts], rest)
    assert values == tuple(map(sum, zip(rest, *(mine for _, mine, _ in parts), strict=True)))
    for choice in product(*(costs for costs, _, _ in parts)):
        whole = tuple(map(sum, zip(rest, *choice, strict=True)))
        for tier in range(3):
            if all(whole[one] <= values[one] for one in range(tier)):
                assert bounds[tier] <= whole[tier]


def test_proofs_of_all_parts_prove_the_whole() -> None:
    """Or nothing would be gained by searching parts."""
    one, other = Bounds(), Bounds()
    one.add([], 2)
    one.add([2], 5)
    other.add([], 1)
    other.add([1], 4)
    assert add_up([((2, 5), one), ((1, 4), other)], (3, 0)) == ((6, 9), (6, 9))


def test_a_proof_of_one_part_counts_only_as_far_as_others_leave_it_room() -> None:
    """Where another part may turn out one cheaper, this one may cost one more before."""
    one, other = Bounds(), Bounds()
    one.add([], 2)
    one.add([2], 5)
    other.add([], 0)
    other.add([1], 4)
    # The first could cost 3 in the first tier, of which nothing is proven; the second costs 1.
    assert add_up([((2, 5), one), ((1, 4), other)], (0, 0)) == ((3, 9), (2, 4))
    one.add([3], 3)
    assert add_up([((2, 5), one), ((1, 4), other)], (0, 0)) == ((3, 9), (2, 7))


def test_proofs_of_two_runs_on_a_round_hold_together() -> None:
    """Whichever run proved more in a tier has the say there."""
    one, other = Bounds(), Bounds()
    one.add([], 3)
    one.add([3], 1)
    other.add([], 2)
    other.add([4], 5)
    one.join(other)
    assert one.certified([4, 9]) == (3, 5)
    assert one.certified([3, 9]) == (3, 5)
    assert other.certified([3, 9]) == (2, 5)


def test_a_third_tier_is_proven_as_the_second_is() -> None:
    """What a part may cost in a tier is told by what is proven in that tier."""
    one, other = Bounds(), Bounds()
    for tier, bound in enumerate((0, 5, 7)):
        one.add((0, 5, 7)[:tier], bound)
        other.add((0, 0, 0)[:tier], 0)
    assert add_up([((0, 5, 7), one), ((0, 0, 0), other)], (0, 0, 0)) == ((0, 5, 7), (0, 5, 7))


def test_parts_with_other_tiers_than_the_rest_are_not_add_up() -> None:
    """They would be of another round."""
    with pytest.raises(ValueError, match="longer"):
        add_up([((1, 2), Bounds())], (0,))
