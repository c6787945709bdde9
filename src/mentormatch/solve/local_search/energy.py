"""The energy of simulated annealing: tables of a scene in which all levels are one weighted sum.

All are whole numbers kept in floating point, small enough for every sum of them to be exact: so
the order in which they are added up does not change the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentormatch.solve.local_search.ground import Ints
from mentormatch.solve.local_search.scene import PlacedForm, Scene, SumForm

Floats = NDArray[np.float64]
LONGEST = 1 << 20
"""Most entries of the table of all sums; beyond, they are worked out one by one."""


class Energy:
    """Tables of one number by unit, template, set, count and pair.

    Attributes
    ----------
    count
        Shape (kinds of template, sets, counts).
    place
        Shape (units, templates): of a unit being there, alone.
    pair
        Shape (units, units): of two units being together; None if no pair ever counts.
    load
        Shape (units, loads): by how many groups of the scene a unit's person has.
    placed
        Tables by number of members placed.
    sums
        What sums come to; None if none counts.
    """

    def __init__(self, scene: Scene, weights: Sequence[int]) -> None:
        self.scene = scene
        self.weights = np.array(weights, dtype=np.float64)
        self.hard = float(weights[0])
        self.count: Floats = scene.value @ self.weights
        self.place: Floats = np.where(scene.allowed, 0.0, self.hard)
        cost = scene.compiled.cost
        for tier in range(scene.levels - 1):
            if weights[tier + 1]:
                self.place += weights[tier + 1] * cost[tier][scene.person]
        self.place += (self.weights @ scene.seat)[:, None]
        self.load: Floats = np.tensordot(self.weights, scene.load, axes=1)
        self.pair = self._pairs()
        self.placed: list[tuple[PlacedForm, Floats]] = [
            (form, form.table * self.weights[form.level]) for form in scene.placed
        ]
        priced = [form for form in scene.sums if self.weights[form.level] * form.weight]
        self.sums = SumTables(priced, self.weights) if priced else None

    def _pairs(self) -> Floats | None:
        units = self.scene.units
        if not any(len(form.one) for form in self.scene.pairs):
            return None
        pair = np.zeros((units, units), dtype=np.float64)
        for form in self.scene.pairs:
            amount = form.amount * self.weights[form.level]
            np.add.at(pair, (form.one, form.other), amount)
            np.add.at(pair, (form.other, form.one), amount)
        np.fill_diagonal(pair, 0.0)
        return pair


class SumTables:
    """What sums of all forms come to, weighed, as one table.

    Parameters
    ----------
    forms
        The forms.
    weights
        What each level weighs.
    """

    def __init__(self, forms: Sequence[SumForm], weights: Floats) -> None:
        self.forms = tuple(forms)
        units = len(forms[0].weights) if forms else 0
        self.weights: Ints = np.array([form.weights for form in forms], dtype=np.int64)
        self.weights = np.ascontiguousarray(self.weights.reshape(len(forms), units).T)
        self._scale = [float(weights[form.level] * form.weight) for form in forms]
        low = np.minimum(self.weights, 0).sum(axis=0)
        high = np.maximum(self.weights, 0).sum(axis=0)
        # A move takes somebody away or adds them, even where they are not.
        reach = np.abs(self.weights).max(axis=0, initial=0)
        low, high = low - 2 * reach, high + 2 * reach
        self._table: Floats | None = None
        self._origin: Ints = np.zeros(len(forms), dtype=np.int64)
        if forms and int((high - low + 1).sum()) <= LONGEST:
            parts = [
                self._by_lines(number, np.arange(first, last + 1))
                for number, (first, last) in enumerate(zip(low, high, strict=True))
            ]
            starts = np.cumsum([0, *map(len, parts[:-1])])
            self._origin = starts - low
            self._table = np.concatenate(parts)

    def __call__(self, sums: Ints) -> Floats:
        """Return what sums come to, added up over the forms, which are the last axis."""
        if self._table is not None:
            amounts: Floats = self._table[sums[..., 0] + self._origin[0]]
            for number in range(1, len(self.forms)):
                amounts = amounts + self._table[sums[..., number] + self._origin[number]]
            return amounts
        total = np.zeros(sums.shape[:-1], dtype=np.float64)
        for number in range(len(self.forms)):
            total += self._by_lines(number, sums[..., number])
        return total

    def _by_lines(self, number: int, sums: Ints) -> Floats:
        amount = np.zeros(sums.shape, dtype=np.float64)
        for slope, intercept in self.forms[number].lines:
            np.maximum(amount, slope * sums + intercept, out=amount)
        return amount * self._scale[number]
