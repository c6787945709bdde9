"""Bounds are whole numbers that no rounding has lifted."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from random import Random

import numpy as np
import pytest

from mentormatch.solve.bounds import Bounds, least_whole

SCALE = 2.0**20


def test_small_sums_are_taken_as_they_are() -> None:
    """Below 2**53 they are exact, and a bound that is reached must stay reached."""
    assert least_whole(12 * SCALE, 40 * SCALE, SCALE) == 12
    assert least_whole(12 * SCALE + 1, 40 * SCALE, SCALE) == 13


def test_sums_that_may_be_rounded_give_way_by_what_they_can_be_off() -> None:
    """From 2**53 on, by 2**-36 of their size and not more; below it by nothing."""
    exact, rounded = 2.0**53 - 1, 2.0**53
    assert least_whole(12 * SCALE + 1, exact, SCALE) == 13
    assert least_whole(12 * SCALE + 1, rounded, SCALE) == 12
    off = rounded * 2.0**-36
    assert least_whole(12 * SCALE + off, rounded, SCALE) == 12
    assert least_whole(12 * SCALE + off + 1, rounded, SCALE) == 13


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
        assert least_whole(computed, size, SCALE) <= exact
        if size < 2**53:
            assert least_whole(computed, size, SCALE) == exact


def test_a_bound_counts_where_the_earlier_tiers_are_no_worse() -> None:
    """It was proven for matchings at least as good there as what it held them to."""
    bounds = Bounds()
    bounds.add([], 2)
    bounds.add([5], 7)
    assert bounds.of((4, 9)) == (2, 7)
    assert bounds.of((5, 9)) == (2, 7)
    assert bounds.of((6, 9)) == (2, 0)


def test_a_bound_counts_only_where_every_earlier_tier_is_no_worse() -> None:
    """One that is better does not make up for another that is worse, and the best proof counts."""
    bounds = Bounds()
    bounds.add([5, 3], 4)
    bounds.add([5, 3], 9)
    bounds.add([5, 3], 6)
    assert bounds.of((4, 3, 10)) == (0, 0, 9)
    assert bounds.of((4, 4, 10)) == (0, 0, 0)
    assert bounds.of((6, 2, 10)) == (0, 0, 0)
