"""The normal forms into which every rule is lowered.

A form says what a violation amounts to, as a whole number that is never negative in sum. Whether
that amount is forbidden or has a price in a tier is decided where the forms are collected,
not here. People are numbered as in `Round.people`, templates as in `Round.templates`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PersonCost:
    """A person being in a group of a template.

    Attributes
    ----------
    amount
        Shape (people, templates); what it amounts to that the person is there.
    """

    amount: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class LoadCost:
    """The number of groups that a person is in.

    Attributes
    ----------
    people
        Whom it concerns.
    table
        Shape (people, loads): the amount for each of them by number of groups 0, 1, 2, ...;
        more groups than the table has columns cost as the last column.
    """

    people: Ints
    table: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CountCost:
    """How many people of a set each group has.

    Attributes
    ----------
    members
        The set.
    table
        Amount by number of members in the group: 0, 1, 2, ...; beyond its end the last step
        repeats. It counts in every group, those with no member included.
    templates
        Shape (templates,), bool: where it counts; None is everywhere.
    """

    members: Ints
    table: tuple[int, ...]
    templates: NDArray[np.bool_] | None = None

    def amount(self, count: int) -> int:
        """Return the amount of a group with that many members of the set."""
        return table_value(self.table, count)


@dataclass(frozen=True, eq=False)
class PairCost:
    """Two people in one group.

    Attributes
    ----------
    pairs
        Shape (pairs, 2); no pair twice.
    amount
        Shape (pairs,), above zero.
    """

    pairs: Ints
    amount: Ints


@dataclass(frozen=True, eq=False)
class ApartCost:
    """A person seated without somebody they should be with.

    For each pair the amount counts for every group of the first person in which the second is
    not.

    Attributes
    ----------
    pairs
        Shape (pairs, 2): the one who should not be without, and the one to be with.
    amount
        Shape (pairs,), above zero.
    """

    pairs: Ints
    amount: Ints


@dataclass(frozen=True, eq=False)
class SumCost:
    """The sum of a number over the people of each group.

    Attributes
    ----------
    weights
        Shape (people,): each person's part of the sum; 0 for whom it does not concern.
    lines
        Pairs (slope, intercept): the amount of a group with sum S is the greatest of
        ``slope S + intercept``. One of them is (0, 0), so that no amount is negative.
    """

    weights: Ints
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class PlacedCost:
    """How many students of a set have a group at all.

    Attributes
    ----------
    members
        The set, of students.
    table
        Amount by number of members with a group: 0, 1, 2, ...; as long as the set, plus one.
    """

    members: Ints
    table: tuple[int, ...]


Form = PersonCost | LoadCost | CountCost | PairCost | ApartCost | SumCost | PlacedCost


def table_value(table: Sequence[int], count: int) -> int:
    """Return a table's value at a count; beyond the end the last step repeats."""
    if count < len(table):
        return table[count]
    step = table[-1] - table[-2] if len(table) > 1 else 0
    return table[-1] + step * (count - len(table) + 1)


def pair_counts(most: int) -> tuple[int, ...]:
    """Return 0, 0, 1, 3, 6, ...: the pairs among 0..most people."""
    return tuple(count * (count - 1) // 2 for count in range(most + 1))


def indices(places: ArrayLike) -> Ints:
    """Return places as the array type of the forms."""
    return np.asarray(places, dtype=np.int64)


def intervals(table: Sequence[int], cap: int) -> list[tuple[int, int]]:
    """Return the maximal runs (first, last) of counts 0..cap at which a table is zero."""
    zeros = [(count, count) for count in range(min(cap + 1, len(table))) if table[count] == 0]
    # Beyond the table the last step repeats: all of it is zero, or one count at most.
    after, step = len(table), table_value(table, len(table)) - table[-1]
    if step and -table[-1] % step == 0:
        only = after - 1 - table[-1] // step
        zeros += [(only, only)] if after <= only <= cap else []
    elif not step and table[-1] == 0 and after <= cap:
        zeros.append((after, cap))
    runs: list[tuple[int, int]] = []
    for first, last in zeros:
        if runs and runs[-1][1] == first - 1:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def ceiling(table: Sequence[int]) -> int | None:
    """Return the largest count at which a table is zero; None if there is no largest."""
    if table[-1] == 0 and (len(table) < 2 or table[-2] == 0):
        return None
    zeros = [count for count, amount in enumerate(table) if amount == 0]
    return zeros[-1] if zeros else 0
