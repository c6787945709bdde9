"""The tests' own reading of the normal forms, by hand: it judges the rules, so judge it."""

from __future__ import annotations

import numpy as np
import pytest

from mentormatch.rules.forms import (
    ApartCost,
    CountCost,
    Form,
    LoadCost,
    PairCost,
    PersonCost,
    PlacedCost,
    SumCost,
    indices,
)
from tests.support.build import Sketch, mentors, round_, solution, students
from tests.support.forms_value import forms_value

# Numbers of people: ana 0, bo 1, cai 2, dee 3, mia 4. Templates: tue campus, tue online.
ROUND = round_(students("ana bo cai dee"), mentors("mia", capacity=2), "tue-15")
FIRST, SECOND = Sketch("ana bo", "mia"), Sketch("cai", "mia", mode="online")
HERE_AND_THERE = np.array([[1, 10], [2, 20], [3, 30], [4, 40], [5, 50]], dtype=np.int32)
# 7 for ana and bo are 2 * 7 - 6 = 8; 2 for cai are 1 * 2 - 1 = 1.
LINES = ((0, 0), (1, -1), (2, -6))
LOADS = np.array([[7, 0, 100], [9, 1, 50]], dtype=np.int64)

CASES: list[tuple[str, Form, tuple[Sketch, ...], int]] = [
    ("people cost by template", PersonCost(HERE_AND_THERE), (FIRST, SECOND), 1 + 2 + 5 + 30 + 50),
    ("nobody anywhere costs nothing", PersonCost(HERE_AND_THERE), (), 0),
    ("a load of none costs", LoadCost(indices([3, 4]), LOADS), (), 7 + 9),
    ("a load of one and of two", LoadCost(indices([0, 4]), LOADS), (FIRST, SECOND), 0 + 50),
    ("loads beyond the table stay", LoadCost(indices([4]), LOADS[:1, :2]), (FIRST, SECOND), 0),
    ("counts in each group", CountCost(indices([0, 1, 2]), (5, 1, 3)), (FIRST, SECOND), 3 + 1),
    ("no member counts too", CountCost(indices([3]), (5, 1)), (FIRST, SECOND), 5 + 5),
    ("the last step repeats", CountCost(indices([0, 1, 4]), (0, 2)), (FIRST,), 6),
    (
        "in some templates only",
        CountCost(indices([0, 2]), (0, 1), np.array([False, True])),
        (FIRST, SECOND),
        1,
    ),
    ("pairs together", PairCost(indices([[0, 1], [0, 2]]), indices([3, 4])), (FIRST, SECOND), 3),
    (
        "a pair in two groups counts in both",
        PairCost(indices([[0, 4]]), indices([3])),
        (FIRST, Sketch("ana", "mia", mode="online")),
        6,
    ),
    ("apart", ApartCost(indices([[0, 2], [0, 1]]), indices([3, 4])), (FIRST, SECOND), 3),
    ("without a group nobody misses", ApartCost(indices([[3, 0]]), indices([3])), (FIRST,), 0),
    ("missing who has no group", ApartCost(indices([[0, 3]]), indices([3])), (FIRST,), 3),
    ("the greatest line of a sum", SumCost(indices([4, 3, 2, 0, 0]), LINES), (FIRST, SECOND), 9),
    ("a sum below any line", SumCost(indices([-9, 0, 0, 0, 0]), LINES), (FIRST,), 0),
    ("a sum of nobody counts too", SumCost(indices([0] * 5), ((0, 0), (1, 2))), (FIRST, SECOND), 4),
    ("some of a set have a group", PlacedCost(indices([0, 1, 3]), (9, 5, 2, 0)), (FIRST,), 2),
    ("none of a set has a group", PlacedCost(indices([0, 1, 3]), (9, 5, 2, 0)), (), 9),
    ("a group twice is a group", PlacedCost(indices([4, 2]), (9, 5, 2)), (FIRST, SECOND), 2),
    ("apart in two groups, twice", ApartCost(indices([[4, 3]]), indices([3])), (FIRST, SECOND), 6),
]


@pytest.mark.parametrize(
    ("form", "groups", "amount"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_form_amounts_to_what_its_docstring_says(
    form: Form, groups: tuple[Sketch, ...], amount: int
) -> None:
    """A judge that is wrong in the same way as a rule would let the rule pass."""
    assert forms_value([form], ROUND, solution(ROUND, *groups)) == amount
