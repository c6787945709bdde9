"""Groups within a moment, where time is too short for prices and flows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mentormatch.evaluate.group_sizes import GroupSizes
from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.assign.round_robin import deal_round
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.lagrangian.dual import LagrangianDual


def greedy_fallback(
    dual: LagrangianDual, judge: GroupCosts, sizes: GroupSizes, most: int
) -> Iterator[Opening]:
    """Yield groups that obey every hard form, template by template; nobody is in two.

    The templates with the fewest mentors come first, and in each the people who have the fewest
    other ones, so that those with a choice are left for where there are more.

    Parameters
    ----------
    dual
        The problem.
    judge
        Judges groups.
    sizes
        Mentors, and fewest and most students, of a group of each template.
    most
        Groups in all.
    """
    compiled = dual.compiled
    students = compiled.students
    allowed = compiled.allowed & (dual.most > 0)
    options = allowed.sum(axis=1)
    free = options > 0
    guides = allowed[students:].sum(axis=0)
    rooms = dict(compiled.rooms)
    for template in np.lexsort((np.arange(len(guides)), guides)).tolist():
        slot = compiled.templates[template].plan.slot
        here = np.flatnonzero(allowed[:, template] & free)
        here = here[np.argsort(options[here], kind="stable")]
        there, mentors = here[here < students], here[here >= students]
        left = rooms.get(slot)
        room, per_group = int(sizes.room[template]), int(sizes.mentors[template])
        number = min(
            len(there) // int(sizes.least[template]),
            len(mentors) // per_group if per_group else len(there),
            int(dual.most[template]),
            most,
            len(there) if left is None else left,
        )
        # No more groups than are full, unless there is one at least that can run.
        number = min(number, max(1, len(there) // room))
        if number < 1:
            continue
        there, mentors = there[: number * room], mentors[: number * per_group]
        found = list(deal_round(judge, template, there.tolist(), mentors.tolist(), number))
        free[[person for opening in found for person in opening.people]] = False
        most -= len(found)
        if left is not None:
            rooms[slot] = left - len(found)
        yield from found
