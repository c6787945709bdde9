"""The subproblem of a local search, as arrays: people who move, beside groups that stay.

A *unit* is one group that a person can be in, so that a mentor who can lead two groups is two
units. A *level* is a tier, after level 0 for hard forms; the amount of a level is the weighted sum
of the forms of that tier. All amounts are whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mentormatch.rules.forms import table_value
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.local_search.ground import Flags, Ground, Ints, level_of


@dataclass(frozen=True, eq=False)
class SumForm:
    """A price on a sum over a group: weights by unit, and lines (slope, intercept)."""

    weights: Ints
    lines: tuple[tuple[int, int], ...]
    level: int
    weight: int


@dataclass(frozen=True, eq=False)
class PairForm:
    """An amount for each pair of units, as one unit, the other, and what they come to together."""

    one: Ints
    other: Ints
    amount: Ints
    level: int


@dataclass(frozen=True, eq=False)
class PlacedForm:
    """An amount by the number of members placed here, those placed elsewhere counted in."""

    member: Flags
    table: Ints
    level: int


class Scene:
    """Some people of a round, to be put into groups anew, beside groups that stay.

    Parameters
    ----------
    ground
        The round.
    people
        Whom the search moves, in order; None for everybody.
    outside
        Groups that stay as they are. None of these has a student among `people`.
    """

    def __init__(
        self,
        ground: Ground,
        people: Iterable[int] | None = None,
        outside: Sequence[Opening] = (),
    ) -> None:
        compiled = ground.compiled
        self.ground = ground
        self.compiled = compiled
        everybody = len(compiled.round_.people)
        self.levels = ground.levels
        chosen = np.array(
            sorted(people) if people is not None else range(everybody), dtype=np.int64
        )
        busy = _busy(outside)
        self._taken: Ints = np.zeros(everybody, dtype=np.int64)
        for person, where in busy.items():
            self._taken[person] = len(where)
        units = np.clip(compiled.capacity[chosen] - self._taken[chosen], 0, ground.times)
        self.person: Ints = np.repeat(chosen, units)
        self.units = len(self.person)
        self.students = int(np.searchsorted(self.person, compiled.students))
        self.overlaps, self.slot, self.kind = ground.overlaps, ground.slot, ground.kind
        self.several = np.repeat(units, units) > 1
        self.allowed: Flags = np.array(compiled.allowed[self.person], dtype=np.bool_)
        for number, person in enumerate(self.person.tolist()):
            for template in busy.get(person, ()):
                self.allowed[number] &= ~self.overlaps[template]
        self.room: Ints = ground.room.copy()
        for opening in outside:
            self.room[self.slot[opening.template]] -= 1
        self._counts()
        self._loads(int(units.max(initial=0)) + 1)
        self._placed()
        self._pairs()
        self.sums = tuple(
            SumForm(form.weights[self.person], form.lines, level_of(form.tier), form.weight)
            for form in compiled.sums
        )

    def openings(self, where: Ints, template: Ints) -> list[Opening]:
        """Return groups as numbers of people; see `amounts` for the arguments."""
        return [
            Opening(int(template[group]), tuple(sorted(self.person[where == group].tolist())))
            for group in np.flatnonzero(template >= 0).tolist()
        ]

    def _counts(self) -> None:
        """Cut the sets, and leave out those that never cost anything here."""
        member = self.ground.member[:, self.person]
        roles = (self.students, self.units - self.students)
        pairs = zip(roles, self.ground.most_of_role, strict=True)
        self.most_of_role = tuple(min(pair) for pair in pairs)
        self.most = sum(self.most_of_role)
        value = self.ground.values(self.most + 1)
        # The first two are students and mentors.
        some = [
            place
            for place in range(len(member))
            if place < 2
            or (value[:, place].any() and (member[place].any() or value[:, place, 0].any()))
        ]
        self.member: Flags = member[some]
        self.value: Ints = value[:, some]

    def _loads(self, longest: int) -> None:
        """Make tables by unit, number of groups here, and level."""
        compiled = self.compiled
        table = np.zeros((self.levels, len(compiled.round_.people), longest), dtype=np.int64)
        for load in compiled.loads:
            last = load.table.shape[1] - 1
            at = np.minimum(self._taken[load.people][:, None] + np.arange(longest), last)
            amounts = load.weight * np.take_along_axis(load.table, at, axis=1)
            np.add.at(table[level_of(load.tier)], load.people, amounts)
        self.load: Ints = table[:, self.person]
        stays = np.ones(table.shape[1], dtype=np.bool_)
        stays[self.person] = False
        # What whoever has no unit costs by their number of groups.
        self.fixed: Ints = table[:, stays, 0].sum(axis=1)

    def _placed(self) -> None:
        forms = []
        for form in self.compiled.placed:
            here = np.zeros(len(self.compiled.round_.people), dtype=np.bool_)
            here[form.members] = True
            elsewhere = int((self._taken[form.members] > 0).sum())
            mine = here[self.person]
            table = np.array(
                [
                    form.weight * table_value(form.table, elsewhere + one)
                    for one in range(int(mine.sum()) + 1)
                ],
                dtype=np.int64,
            )
            forms.append(PlacedForm(mine, table, level_of(form.tier)))
        self.placed = tuple(forms)

    def _pairs(self) -> None:
        """Turn pairs into amounts for being together, and amounts of a seat.

        What a person without another costs is an amount of each seat, less the same amount
        where the two are together.
        """
        compiled = self.compiled
        self.seat: Ints = np.zeros((self.levels, self.units), dtype=np.int64)
        people = len(compiled.round_.people)
        starts = np.searchsorted(self.person, np.arange(people + 1))
        here = np.zeros(people, dtype=np.bool_)
        here[self.person] = True
        forms = []
        for pairs in compiled.pairs:
            level = level_of(pairs.tier)
            amount = pairs.weight * pairs.amount
            if not pairs.together:
                by_person = np.zeros(people, dtype=np.int64)
                np.add.at(by_person, pairs.pairs[:, 0], amount)
                self.seat[level] += by_person[self.person]
                amount = -amount
            inside = here[pairs.pairs].all(axis=1)
            one, other, value = _units_of(pairs.pairs[inside], amount[inside], starts)
            forms.append(PairForm(one, other, value, level))
        self.pairs = tuple(forms)


def _units_of(pairs: Ints, amount: Ints, starts: Ints) -> tuple[Ints, Ints, Ints]:
    """Return pairs of people as pairs of units, each unit of the one with each of the other."""
    first, second = pairs[:, 0], pairs[:, 1]
    many = starts[first + 1] - starts[first], starts[second + 1] - starts[second]
    size = many[0] * many[1]
    row = np.repeat(np.arange(len(pairs)), size)
    place = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    width = many[1][row]
    return starts[first][row] + place // width, starts[second][row] + place % width, amount[row]


def _busy(outside: Sequence[Opening]) -> dict[int, list[int]]:
    busy: dict[int, list[int]] = {}
    for opening in outside:
        for person in opening.people:
            busy.setdefault(person, []).append(opening.template)
    return busy
