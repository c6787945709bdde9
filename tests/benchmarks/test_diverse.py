"""Groups by scores: the instances are as published ones are, and the heuristic counts rightly."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pytest

from benchmarks.families.diverse import DIVERSE, Instance, instance
from benchmarks.families.maxima import Grouping, search
from benchmarks.families.others import grouped


@pytest.mark.parametrize("name", list(DIVERSE))
def test_instances_are_symmetric_and_come_from_their_seed(name: str) -> None:
    """Each pair has one score, and sizes leave room for everybody."""
    problem = DIVERSE[name](120, 1)
    assert (problem.scores == problem.scores.T).all()
    assert not np.diag(problem.scores).any()
    assert problem.groups == 10
    assert problem.groups * problem.low <= 120 <= problem.groups * problem.high
    assert (problem.high > problem.low) == name.endswith("ranged")
    assert (problem.scores == DIVERSE[name](120, 1).scores).all()
    assert (problem.scores != DIVERSE[name](120, 2).scores).any()
    assert DIVERSE[name](240, 1).groups == 12


def test_euclidean_scores_keep_the_triangle_inequality() -> None:
    """Random ones do not."""

    def broken(problem: Instance) -> bool:
        scores = problem.scores
        # Three roundings may add up to two hundredths.
        return any(
            scores[a, c] > scores[a, b] + scores[b, c] + 2 for a, b, c in combinations(range(20), 3)
        )

    assert not broken(instance("euclid", 40, 0, ranged=False))
    assert broken(instance("random", 40, 0, ranged=False))


def test_moves_and_swaps_keep_the_value() -> None:
    """What is kept step by step is what counting anew gives."""
    problem = instance("random", 30, 3, ranged=True)
    rng = np.random.default_rng(0)
    grouping = Grouping(problem, np.arange(30) % problem.groups)
    for _ in range(50):
        one, other = rng.choice(30, size=2, replace=False)
        before = grouping.value
        gain = grouping.swap_gains(int(one))[other]
        if grouping.group_of[one] != grouping.group_of[other]:
            grouping.swap(int(one), int(other))
        assert grouping.value == before + gain == problem.value(grouping.group_of)


def test_the_search_finds_the_best_of_all_on_a_tiny_instance() -> None:
    """Nine people in three groups of three can be tried in every way."""
    scores = instance("random", 9, 5, ranged=False).scores
    problem = Instance(scores, 3, 3, 3)
    ways = {
        tuple(sorted((first, second, tuple(sorted(set(range(9)) - {*first, *second})))))
        for first in combinations(range(9), 3)
        for second in combinations(sorted(set(range(9)) - set(first)), 3)
    }
    assert len(ways) == factorial(9) // factorial(3) ** 4
    best = max(sum(scores[a, b] for g in way for a, b in combinations(g, 2)) for way in ways)
    assert search(problem, 0.3, 0).value == best


def test_sizes_stay_within_their_range() -> None:
    """Moves may fill a group no further than its largest size."""
    problem = instance("random", 48, 0, ranged=True)
    sizes = np.bincount(search(problem, 0.3, 0).group_of)
    assert sizes.min() >= problem.low
    assert sizes.max() <= problem.high


def test_what_is_between_groups_is_told_as_a_cost() -> None:
    """So that less is better, as in every tier."""
    record = grouped("diverse_random", instance("random", 24, 0, ranged=False), 0, 0.2)
    inside, whole = (int(word) for word in record.note.split() if word.isdigit())
    assert record.values == (whole - inside,)
