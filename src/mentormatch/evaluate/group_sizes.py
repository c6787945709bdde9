"""How many mentors and students a group of each template has, by the hard counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mentormatch.rules.forms import Ints, intervals


class HardCount(Protocol):
    """The numbers of a set's people that a group may have: those at which a table is zero."""

    @property
    def members(self) -> Ints:
        """The set."""

    @property
    def table(self) -> tuple[int, ...]:
        """What each number of members amounts to."""

    @property
    def templates(self) -> NDArray[np.bool_] | None:
        """Where it counts; None is everywhere."""


@dataclass(frozen=True, eq=False)
class GroupSizes:
    """Sizes of groups; each array has shape (templates,).

    Attributes
    ----------
    mentors
        Fewest mentors of a group, which is how many it is given.
    least, room
        Fewest and most students; a group has one at least.
    """

    mentors: Ints
    least: Ints
    room: Ints


def sizes_by_counts(
    counts: Iterable[HardCount], students: int, everybody: int, templates: int
) -> GroupSizes:
    """Return the sizes that hard counts of all mentors, students or people leave to groups.

    Parameters
    ----------
    counts
        The hard counts.
    students, everybody, templates
        How many there are; students come first among everybody.
    """
    mentors = np.zeros(templates, dtype=np.int64)
    least = np.ones(templates, dtype=np.int64)
    room = np.full(templates, students, dtype=np.int64)
    both: list[tuple[NDArray[np.bool_], int, int]] = []
    for count in counts:
        size = len(count.members)
        # More than there are may be needed: then no group can run, but what one needs is known.
        if not (runs := intervals(count.table, max(size, len(count.table)))):
            continue
        where = np.ones(templates, dtype=np.bool_) if count.templates is None else count.templates
        first = int(count.members.min(initial=everybody))
        last = int(count.members.max(initial=-1))
        lb, ub = runs[0][0], runs[-1][1]
        if size == everybody - students and first >= students:
            mentors[where] = np.maximum(mentors[where], lb)
        elif size == students and last < students:
            least[where] = np.maximum(least[where], lb)
            room[where] = np.minimum(room[where], ub)
        elif size == everybody:
            both.append((where, lb, ub))
    for where, lb, ub in both:
        least[where] = np.maximum(least[where], lb - mentors[where])
        room[where] = np.minimum(room[where], ub - mentors[where])
    return GroupSizes(mentors, least, np.maximum(room, 1))
