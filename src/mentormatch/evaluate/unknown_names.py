"""People and slots that a matching names and its problem does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.data.round import Round
from mentormatch.errors import Fault, nearest


def unknown_names(round_: Round, matching: Matching, what: str) -> Iterator[Fault]:
    """Yield a fault for each person and slot of a matching's groups that the round does not have.

    It is ordinary life: somebody has left since the groups were made.

    Parameters
    ----------
    round_
        The round.
    matching
        The matching.
    what
        What the matching is called.
    """
    people, slots = round_.position, round_.slot
    for place, group in enumerate(matching.groups):
        where = f"{what}.groups[{place}]"
        for name in (*group.students, *group.mentors):
            if name not in people:
                yield Fault(
                    "unknown_person",
                    where,
                    f"Group {group.id} of the {what} names {name!r}, who is not among the "
                    f"{len(people):,} people of the problem.",
                    nearest(name, people),
                )
        if group.slot not in slots:
            yield Fault(
                "unknown_slot",
                where,
                f"Group {group.id} of the {what} meets in slot {group.slot!r}, which the problem "
                "does not have.",
                nearest(group.slot, slots),
            )


def gone(problem: Problem, matching: Matching) -> frozenset[str]:
    """Return whom a matching names and the problem no longer has."""
    named = {name for group in matching.groups for name in (*group.students, *group.mentors)}
    return frozenset(named.union(matching.left_out) - problem.round.position.keys())


def without_gone(problem: Problem, matching: Matching) -> Matching:
    """Return a matching without the people whom the problem no longer has."""
    left = gone(problem, matching)
    if not left:
        return matching

    def staying(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in left)

    groups = [
        group.model_copy(
            update={"students": staying(group.students), "mentors": staying(group.mentors)}
        )
        for group in matching.groups
    ]
    kept = {"groups": tuple(groups), "left_out": staying(matching.left_out)}
    return matching.model_copy(update=kept)
