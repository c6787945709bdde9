"""What further groups of mentors cost, below any table and as tight as whole steps can be."""

from __future__ import annotations

import numpy as np
import pytest

from mentormatch import match, verify
from mentormatch.rules import MentorLoad, PreferYes
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.lagrangian.loads import convex_steps, load_increments
from tests.support.build import mentor, problem, student

TIMES = "mon-10 tue-10 wed-10 thu-10"


@pytest.mark.parametrize(
    ("table", "capacity", "steps"),
    [
        pytest.param([0, 0, 1, 3, 6], 4, [0, 1, 2, 3], id="pairs of groups are convex"),
        pytest.param([5, 0, 0, 0, 0], 3, [-5, 0, 0], id="a first group that is asked for"),
        pytest.param([4, 3, 0, 0, 0], 3, [-2, -2, 0], id="two groups are asked for"),
        pytest.param([0, 5, 5, 5, 5], 2, [2, 2], id="a price once, rounded down"),
        pytest.param([0, 5, 5, 5, 5], 1, [5], id="who has one group pays it in full"),
        pytest.param([0, 1, 4], 4, [1, 1, 1, 1], id="beyond its end a table stays as it is"),
    ],
)
def test_steps_are_those_of_the_hull_below(
    table: list[int], capacity: int, steps: list[int]
) -> None:
    """A step too high would make a bound untrue, one too low a weak one."""
    found = convex_steps(np.array([table]), np.array([capacity]), max(capacity, 2))
    assert found[0, :capacity].tolist() == steps


def test_steps_never_come_to_more_than_a_table_rises() -> None:
    """Tables of any shape, for any capacity."""
    draw = np.random.default_rng(3)
    for _ in range(500):
        tables = draw.integers(-5, 10, (4, 5))
        capacity = draw.integers(1, 6, 4)
        steps = convex_steps(tables, capacity, 5)
        assert bool((np.diff(steps, axis=1) >= 0).all())
        for table, most, mine in zip(tables, capacity.tolist(), steps, strict=True):
            for load in range(1, most + 1):
                assert mine[:load].sum() <= table[min(load, 4)] - table[0]


def test_mentors_share_groups_evenly_before_later_wishes() -> None:
    """Bug: the flow of mentors looked at the last tier alone; here it would load one with two."""
    sure = [mentor(f"a{n}", TIMES, capacity=2) for n in range(2)]
    unsure = [mentor(f"b{n}", "", if_need_be=TIMES, capacity=2) for n in range(2)]
    asked = problem(
        [student(f"s{n}", TIMES.split()[n % 4]) for n in range(400)],
        [*sure, *unsure],
        TIMES,
        MentorLoad(tier=2),
        PreferYes(tier=3),
        size=(1, 8),
    )
    matching = match(asked, time_limit=None)
    assert verify(asked, matching).ok
    assert len(matching.groups) == 8
    assert [tier.value for tier in matching.tiers] == [400 - 8 * 8, 4, 4]
    assert matching.status == "OPTIMAL"


def test_who_has_one_group_has_no_further_steps() -> None:
    """A hundred thousand students would take memory for nothing."""
    asked = problem([student("ana")], [mentor("mia", capacity=3)], "tue-15", MentorLoad(tier=2))
    increments = load_increments(compile_problem(asked, 0))
    assert increments.several.tolist() == [1]
    assert increments.further[1].tolist() == [[0, 1, 2]]
    assert increments.first[0].tolist()[0] < 0
