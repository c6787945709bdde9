"""The part of a term that is past: meetings that were held stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from mentormatch.data.calendar import Slot, plans_from
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.evaluate.findings import Finding

Dates = tuple[datetime, ...]


@dataclass(frozen=True)
class Rest:
    """What is left of a term to be judged.

    Attributes
    ----------
    problem
        The round with the dates that are left; who is in finished groups only is not in it.
    matching
        Its groups with their meetings to come, without finished ones.
    finished
        Groups of which every meeting is past, as they were.
    """

    problem: Problem
    matching: Matching
    finished: tuple[Group, ...]


def held(group: Group, now: datetime) -> Dates:
    """Return a group's meetings that are past."""
    # As instants: in the hour that a clock change repeats, wall clocks do not tell the order.
    moment = now.astimezone(UTC)
    return tuple(start for start in group.meetings if start.astimezone(UTC) < moment)


def to_come(group: Group, now: datetime) -> Dates:
    """Return a group's meetings that are not past."""
    return group.meetings[len(held(group, now)) :]


def rest_of(
    problem: Problem, matching: Matching, now: datetime, dates: Mapping[str, Iterable[Dates]]
) -> Rest:
    """Return the rest of a term.

    Parameters
    ----------
    problem
        The whole round.
    matching
        Its groups, with all their meetings.
    now
        The moment before which all is past.
    dates
        By slot, the dates that groups can have besides those that groups in it have.
    """
    finished = [group for group in matching.groups if group.meetings and not to_come(group, now)]
    going_on = [
        group.model_copy(update={"meetings": to_come(group, now)})
        for group in matching.groups
        if group not in finished
    ]
    busy = {person for group in going_on for person in (*group.students, *group.mentors)}
    known = problem.round.position.keys()
    done = {person for group in finished for person in (*group.students, *group.mentors)}
    gone = (done & known) - busy
    slots = []
    for slot in problem.slots:
        own = [group.meetings for group in going_on if group.slot == slot.id and group.meetings]
        choices = tuple(dict.fromkeys((*sorted(own), *dates.get(slot.id, ()))))
        fields = {name: getattr(slot, name) for name in Slot.model_fields}
        slots.append(Slot(**{**fields, "dates": choices}))
    rest = problem.evolve(
        students=tuple(one for one in problem.students if one.id not in gone),
        mentors=tuple(one for one in problem.mentors if one.id not in gone),
        slots=tuple(slots),
        left=tuple(sorted({*problem.left, *gone})),
    )
    left_out = tuple(one for one in matching.left_out if one not in gone)
    groups = matching.model_copy(update={"groups": tuple(going_on), "left_out": left_out})
    return Rest(rest, groups.model_copy(update={"now": None}), tuple(finished))


def judged_rest(problem: Problem, matching: Matching, now: datetime) -> Rest:
    """Return the rest of a term in which groups can have the dates that they have."""
    return rest_of(problem, matching, now, {})


def as_of_now(problem: Problem, matching: Matching) -> tuple[Problem, Matching]:
    """Return what is to come of a round and its groups, without people who have left."""
    here = carried_over(problem, matching)
    if matching.now is None:
        return problem, here
    rest = judged_rest(problem, here, matching.now)
    return rest.problem, rest.matching


def past_findings(problem: Problem, matching: Matching, now: datetime) -> Iterator[Finding]:
    """Yield which groups have meetings that the rest of the term does not give them."""
    most = problem.term.meetings
    for group in matching.groups:
        before, after = held(group, now), to_come(group, now)
        if len(before) + len(after) > most:
            yield Finding(
                "structure",
                f"Group {group.id} has {len(before)} meetings that are past and {len(after)} to "
                f"come, more than the {most} of the term.",
                group=group.id,
            )
        slot = problem.round.slot[group.slot]
        plans = plans_from(slot, problem.term, now, len(after)) if after else ()
        if after and not any(plan.starts == after for plan in plans):
            yield Finding(
                "structure",
                f"The dates to come of group {group.id} are not those of slot {slot.id} from now "
                "on.",
                group=group.id,
            )
