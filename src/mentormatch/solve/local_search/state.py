"""The groups of a local search, and the costs of entering and leaving each, kept up to date."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.local_search.amounts import amounts
from mentormatch.solve.local_search.energy import Energy, Floats
from mentormatch.solve.local_search.ground import Ints
from mentormatch.solve.local_search.scene import Scene

CLOSED = -1
"""Template of a group that is not open."""
NEVER = np.inf
"""The cost of what is no move."""
KEPT = (
    *("template", "where", "room", "count", "sum", "enter", "leave"),
    *("bend", "alone", "out", "closed", "rest", "sum_cost"),
)
"""Names of the attributes that a move changes, and that are restored if it is undone."""


class State:
    """Groups of a scene. The last row of what is kept by group stands for nowhere.

    For a group g and a set s with c of its members there, ``enter[g, s]`` is what one more member
    would add, ``leave[g, s]`` what one less would, and ``bend[g, s]`` is their sum, the second
    difference of the count's table at c. What a unit costs there apart from counts and sums is
    ``alone[g, unit]``. ``out[unit]`` is what it adds, apart from sums, that a unit leaves its
    group. ``rest[unit]`` is how much more forms on loads and places cost with the unit nowhere
    than with it in a group.

    Parameters
    ----------
    scene
        Who and where.
    energy
        What all costs.
    rooms
        How many groups there can be.
    """

    def __init__(self, scene: Scene, energy: Energy, rooms: int) -> None:
        self.scene = scene
        self.rooms = rooms
        self.template: Ints = np.full(rooms + 1, CLOSED, dtype=np.int64)
        self.where: Ints = np.full(scene.units, rooms, dtype=np.int64)
        self.room = scene.room.copy()
        self._sets = np.arange(len(scene.member), dtype=np.int64)
        self._width = scene.value.shape[2]
        self.of_set: Floats = scene.member.astype(np.float64)
        self.of_unit: Floats = np.ascontiguousarray(self.of_set.T)
        self._member: Ints = np.ascontiguousarray(scene.member.T).astype(np.int64)
        self.siblings: dict[int, Ints] = {
            int(unit): np.flatnonzero(
                (scene.person == scene.person[unit]) & (np.arange(scene.units) != unit)
            )
            for unit in np.flatnonzero(scene.several)
        }
        self.weigh(energy)

    def weigh(self, energy: Energy) -> None:
        """Evaluate everything from scratch, with other weights of the levels."""
        self.energy = energy
        self._table = energy.count.reshape(len(energy.count), -1)
        width, sets, units = self.rooms + 1, len(self._sets), self.scene.units
        self.adds: Ints = np.zeros((units, 0), dtype=np.int64)
        if energy.sums is not None:
            self.adds = energy.sums.weights
        self.count: Ints = np.zeros((width, sets), dtype=np.int64)
        self.sum: Ints = np.zeros((width, self.adds.shape[1]), dtype=np.int64)
        self.sum_cost: Floats = np.zeros(width, dtype=np.float64)
        self.enter: Floats = np.zeros((width, sets), dtype=np.float64)
        self.leave: Floats = np.zeros((width, sets), dtype=np.float64)
        self.bend: Floats = np.zeros((width, sets), dtype=np.float64)
        self.alone: Floats = np.zeros((width, units), dtype=np.float64)
        self.out: Floats = np.zeros(units, dtype=np.float64)
        np.add.at(self.count, self.where, self._member)
        np.add.at(self.sum, self.where, self.adds)
        self.count[self.rooms] = self.sum[self.rooms] = 0
        self.closed: Floats = np.where(self.template == CLOSED, NEVER, 0.0)
        self.closed[self.rooms] = 0.0
        open_ = np.flatnonzero(self.template != CLOSED)
        for group in open_.tolist():
            self._stand_alone(group)
        self._refresh(open_)
        self._rest()
        self.total = float(self.levels() @ energy.weights)

    def levels(self) -> Ints:
        """Return the amount of each level, evaluated from scratch."""
        return amounts(self.scene, self.where, self.template)

    # Groups in and out.

    def put(self, openings: Sequence[Opening]) -> None:
        """Replace the groups; people in none of them are nowhere."""
        template = np.full(self.rooms + 1, CLOSED, dtype=np.int64)
        where = np.full(self.scene.units, self.rooms, dtype=np.int64)
        first = np.searchsorted(self.scene.person, np.arange(self.scene.person.max(initial=0) + 2))
        for group, opening in enumerate(openings):
            template[group] = opening.template
            for person in opening.people:
                mine = range(first[person], first[person + 1])
                where[next(unit for unit in mine if where[unit] == self.rooms)] = group
        self.take(where, template)

    def take(self, where: Ints, template: Ints) -> None:
        """Replace the groups by those of another state of the same scene."""
        self.where, self.template = where.copy(), template.copy()
        self.room = self.scene.room.copy()
        np.subtract.at(self.room, self.scene.slot[template[template != CLOSED]], 1)
        self.weigh(self.energy)

    def saved(self) -> dict[str, object]:
        """Return a copy of everything that moves change."""
        kept: dict[str, object] = {name: getattr(self, name).copy() for name in KEPT}
        return {**kept, "total": self.total, "bend_placed": list(self.bend_placed)}

    def restore(self, saved: dict[str, object]) -> None:
        """Take back everything since `saved`, which is used up."""
        for name, value in saved.items():
            setattr(self, name, value)

    # Moves.

    def make(self, units: Ints, targets: Ints, change: float) -> None:
        """Let units go to groups or nowhere, which together costs `change`."""
        sources = self.where[units]
        self.where[units] = targets
        member = self._member[units]
        np.subtract.at(self.count, sources, member)
        np.add.at(self.count, targets, member)
        if self.energy.pair is not None:
            pair = self.energy.pair[units]
            np.subtract.at(self.alone, sources, pair)
            np.add.at(self.alone, targets, pair)
        if self.adds.shape[1]:
            np.subtract.at(self.sum, sources, self.adds[units])
            np.add.at(self.sum, targets, self.adds[units])
        self.total += change
        touched = np.zeros(self.rooms + 1, dtype=np.bool_)
        touched[sources] = touched[targets] = True
        if touched[self.rooms]:
            touched[self.rooms] = False
            # Nowhere nothing counts.
            self.count[self.rooms] = self.sum[self.rooms] = 0
            self.alone[self.rooms] = 0.0
            self.out[units[targets == self.rooms]] = 0.0
            self._rest()
        self._refresh(np.flatnonzero(touched))
        if self.siblings:
            for unit in units.tolist():
                if unit in self.siblings:
                    self._beside(unit)

    def rehome(self, group: int, template: int, change: float) -> None:
        """Take a whole group to another template."""
        slot = self.scene.slot
        self.room[slot[self.template[group]]] += 1
        self.room[slot[template]] -= 1
        self.template[group] = template
        self._stand_alone(group)
        for unit in np.flatnonzero(self.where == group).tolist():
            if unit in self.siblings:
                self._beside(unit)
        self._refresh(np.array([group]))
        self.total += change

    def open(self, group: int, template: int) -> None:
        """Open a group without anybody."""
        self.template[group] = template
        self.closed[group] = 0.0
        self.room[self.scene.slot[template]] -= 1
        self._stand_alone(group)
        self._refresh(np.array([group]))
        self.total += self._stands(group)

    def close(self, group: int) -> None:
        """Close a group that has nobody left."""
        self.total -= self._stands(group)
        self.room[self.scene.slot[self.template[group]]] += 1
        self.template[group] = CLOSED
        self.closed[group] = NEVER

    def of_counts(self, group: int) -> Floats:
        """Return what a group's counts cost in each kind of template."""
        costs: Floats = self._table[:, self._sets * self._width + self.count[group]].sum(axis=1)
        return costs

    def _stands(self, group: int) -> float:
        """Return what a group costs by its counts and sums alone."""
        kind = self.scene.kind[self.template[group]]
        return float(self.of_counts(group)[kind] + self.sum_cost[group])

    # What is kept.

    def _stand_alone(self, group: int) -> None:
        """Count anew what everybody would cost in a group by its template and people."""
        template = int(self.template[group])
        alone = self.energy.place[:, template].copy()
        if self.energy.pair is not None:
            alone += self.energy.pair[self.where == group].sum(axis=0)
        for unit, siblings in self.siblings.items():
            others = self.where[siblings]
            overlaps = self.scene.overlaps[template, self.template[others[others < self.rooms]]]
            alone[unit] += self.energy.hard * int(overlaps.sum())
        self.alone[group] = alone

    def _beside(self, unit: int) -> None:
        """Count anew what whoever is the same person as a unit costs everywhere."""
        open_ = np.flatnonzero(self.template != CLOSED)
        for one in self.siblings[unit].tolist():
            alone = self.energy.place[one, self.template[open_]].copy()
            if self.energy.pair is not None:
                beside = np.zeros(self.rooms + 1)
                np.add.at(beside, self.where, self.energy.pair[one])
                alone += beside[open_]
            others = self.where[self.siblings[one]]
            for other in others[others < self.rooms].tolist():
                overlaps = self.scene.overlaps[self.template[other], self.template[open_]]
                alone += self.energy.hard * overlaps
            self.alone[open_, one] = alone
            here = int(self.where[one])
            if here < self.rooms:
                self.out[one] = self.leave[here] @ self.of_unit[one] - self.alone[here, one]

    def _refresh(self, groups: Ints) -> None:
        """Count anew what it costs to enter and leave some groups."""
        kind = self.scene.kind[self.template[groups]]
        at = kind[:, None] * self._table.shape[1] + self._sets * self._width
        at += self.count[groups]
        table = self._table.ravel()
        now = table[at]
        more = table.take(at + 1, mode="clip")
        # At no member there is no less, but nobody either who could leave.
        less = table.take(at - 1, mode="clip")
        more -= now
        less -= now
        self.enter[groups] = more
        self.leave[groups] = less
        self.bend[groups] = more + less
        inside = np.zeros(self.rooms + 1, dtype=np.bool_)
        inside[groups] = True
        here = np.flatnonzero(inside[self.where])
        there = self.where[here]
        self.out[here] = (self.leave[there] * self.of_unit[here]).sum(axis=1)
        self.out[here] -= self.alone[there, here]
        if self.energy.sums is not None:
            self.sum_cost[groups] = self.energy.sums(self.sum[groups])

    def _rest(self) -> None:
        """Count anew what it costs that somebody leaves their group for nowhere."""
        scene, energy = self.scene, self.energy
        seated = (self.where < self.rooms).astype(np.int64)
        groups = np.bincount(scene.person, weights=seated, minlength=1).astype(np.int64)
        # Whoever is nowhere would have one group more, and leave that.
        load = groups[scene.person] + (1 - seated)
        units = np.arange(scene.units)
        self.rest: Floats = energy.load[units, np.maximum(load - 1, 0)]
        self.rest -= energy.load[units, np.minimum(load, energy.load.shape[1] - 1)]
        self.bend_placed: list[float] = []
        for form, table in energy.placed:
            number = int(seated[form.member].sum())
            less = table[max(number - 1, 0)] - table[number]
            more = table[number + 1] - table[number] if number + 1 < len(table) else 0.0
            self.rest += form.member * np.where(seated == 1, less, -more)
            self.bend_placed.append(float(more + less))
