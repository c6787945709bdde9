"""People and slots that a matching names and its problem does not have."""

from __future__ import annotations

from collections.abc import Iterator

from mentormatch.data.matching import Matching
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
