"""How many mentors and students a group of each template has, by the hard counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentormatch.rules.forms import Ints
from mentormatch.solve.instance.compiled import HARD, Compiled
from mentormatch.solve.instance.hard_counts import intervals


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


def group_sizes(compiled: Compiled) -> GroupSizes:
    """Return the sizes that hard counts of all mentors, students or people leave to groups."""
    students, everybody = compiled.students, len(compiled.round_.people)
    templates = len(compiled.templates)
    mentors = np.zeros(templates, dtype=np.int64)
    least = np.ones(templates, dtype=np.int64)
    room = np.full(templates, students, dtype=np.int64)
    both: list[tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], int, int]] = []
    for count in compiled.counts:
        size = len(count.members)
        if count.tier != HARD or not size or not (runs := intervals(count.table, size)):
            continue
        where = np.array([count.applies(template) for template in range(templates)], dtype=np.bool_)
        first, last = int(count.members.min()), int(count.members.max())
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
