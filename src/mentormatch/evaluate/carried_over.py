"""An earlier matching as far as a round that has changed still knows it."""

from __future__ import annotations

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem


def carried_over(problem: Problem, earlier: Matching) -> Matching:
    """Return what is left of an earlier matching in a problem that has changed since.

    People who are no longer in the problem are taken as having left; a group whose slot is gone,
    or of which no student is left, has ended. Students whom no group has are left out, newcomers
    among them. What the earlier matching claims of its tiers is not carried over.

    Parameters
    ----------
    problem
        The round as it is now.
    earlier
        A matching of the round as it was, larger or smaller.
    """
    students = {student.id for student in problem.students}
    mentors = {mentor.id for mentor in problem.mentors}
    groups = []
    for group in earlier.groups:
        here = tuple(one for one in group.students if one in students)
        if here and group.slot in problem.round.slot:
            guides = tuple(one for one in group.mentors if one in mentors)
            groups.append(group.model_copy(update={"students": here, "mentors": guides}))
    placed = {student for group in groups for student in group.students}
    return Matching(
        status="FEASIBLE" if groups else "UNKNOWN",
        groups=tuple(groups),
        left_out=tuple(sorted(students - placed)),
    )
