"""A round's templates and counted sets as arrays, shared by all its local searches.

Each search has a `Scene` on this ground: the people whom it moves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mentormatch.rules.forms import ceiling, table_value
from mentormatch.solve.instance.compiled import HARD, Compiled

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
NO_LIMIT = 1 << 30
SLACK = 3
"""By how many a group may be too large for a while."""


def level_of(tier: int) -> int:
    """Return the level of a tier, or of what is hard."""
    return 0 if tier == HARD else tier + 1


class Ground:
    """A round's templates and counts.

    Attributes
    ----------
    overlaps
        Shape (templates, templates): which overlap in time, each with itself.
    kind
        By template, its kind: of one kind are those in which the same counts apply.
    member
        Shape (sets, people): students, mentors, and every set that is counted.
    set_of
        By count, the number of its set.
    most_of_role
        Most students and most mentors whom a group can have, or a few more.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.levels = compiled.tiers + 1
        self.overlaps: Flags = np.eye(len(compiled.templates), dtype=np.bool_)
        for clique in compiled.slot_groups():
            self.overlaps[np.ix_(clique, clique)] = True
        # No more groups at once than there are times apart.
        self.times = max(1, len({row.tobytes() for row in self.overlaps}))
        self._slots()
        self._kinds()
        self._sets()

    def _slots(self) -> None:
        compiled = self.compiled
        slots = sorted({template.plan.slot for template in compiled.templates})
        number = {slot: place for place, slot in enumerate(slots)}
        self.slot: Ints = np.array(
            [number[template.plan.slot] for template in compiled.templates], dtype=np.int64
        )
        rooms = [compiled.rooms.get(slot, NO_LIMIT) for slot in slots]
        self.room: Ints = np.array(rooms, dtype=np.int64)

    def _kinds(self) -> None:
        compiled = self.compiled
        templates = len(compiled.templates)
        masks = [count.templates for count in compiled.counts if count.templates is not None]
        self.kind: Ints = np.zeros(templates, dtype=np.int64)
        self._example = np.zeros(1, dtype=np.int64)
        if masks and templates:
            _, self._example, kind = np.unique(
                np.array(masks), axis=1, return_index=True, return_inverse=True
            )
            self.kind = kind.ravel().astype(np.int64)

    def _sets(self) -> None:
        compiled = self.compiled
        everybody = len(compiled.round_.people)
        students = np.arange(everybody) < compiled.students
        members: list[Flags] = [students, ~students]
        place_of = {one.tobytes(): place for place, one in enumerate(members)}
        self.set_of: list[int] = []
        most = [compiled.students, everybody - compiled.students]
        for count in compiled.counts:
            mask = np.zeros(everybody, dtype=np.bool_)
            mask[count.members] = True
            place = place_of.setdefault(mask.tobytes(), len(members))
            if place == len(members):
                members.append(mask)
            self.set_of.append(place)
            top = ceiling(count.table) if count.tier == HARD and count.templates is None else None
            for role in (0, 1):
                if top is not None and bool(mask[members[role]].all()):
                    most[role] = min(most[role], top + SLACK)
        self.member: Flags = np.array(members)
        self.most_of_role = (most[0], most[1])

    def values(self, longest: int) -> Ints:
        """Return amounts by kind of template, set, count up to `longest`, and level."""
        compiled = self.compiled
        shape = (len(self._example), len(self.member), longest + 1, self.levels)
        value: Ints = np.zeros(shape, dtype=np.int64)
        # A group has a student.
        value[:, 0, 0, 0] = 1
        for count, place in zip(compiled.counts, self.set_of, strict=True):
            table = np.array(
                [count.weight * table_value(count.table, one) for one in range(longest + 1)],
                dtype=np.int64,
            )
            where = np.array([count.applies(int(one)) for one in self._example], dtype=np.bool_)
            value[where, place, :, level_of(count.tier)] += table
        return value
