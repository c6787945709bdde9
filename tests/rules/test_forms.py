"""What the forms' tables say at, within and beyond their ends."""

from __future__ import annotations

import pytest

from mentormatch.rules.forms import CountCost, indices, pair_counts, table_value


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ((4,), (4, 4, 4, 4)),
        ((4, 1), (4, 1, -2, -5)),
        ((0, 0, 1), (0, 0, 1, 2, 3, 4)),
        ((0, 0, 1, 3, 6), (0, 0, 1, 3, 6, 9, 12)),
        ((5, 2, 2), (5, 2, 2, 2, 2)),
    ],
)
def test_beyond_the_end_of_a_table_its_last_step_repeats(
    table: tuple[int, ...], values: tuple[int, ...]
) -> None:
    """A table of one value has no step."""
    assert tuple(table_value(table, count) for count in range(len(values))) == values
    form = CountCost(indices([]), table)
    assert tuple(form.amount(count) for count in range(len(values))) == values


def test_pairs_are_counted_up_to_the_most_there_can_be() -> None:
    """By hand: of four people there are six pairs."""
    assert pair_counts(0) == (0,)
    assert pair_counts(4) == (0, 0, 1, 3, 6)
