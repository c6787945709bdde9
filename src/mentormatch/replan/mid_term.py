"""A term of which a part is past: what is left to plan, and the whole put together again."""

from __future__ import annotations

from datetime import datetime

from mentormatch.data.calendar import MeetingPlan, plans_from
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.data.round import CODE
from mentormatch.errors import Fault, InputError
from mentormatch.evaluate.past import Dates, Rest, held, rest_of, to_come


def planned_rest(problem: Problem, start: Matching, earlier: Matching, now: datetime) -> Rest:
    """Return what is left of a term to plan.

    A group can go on with the dates that it has still, or have as many as the group that has most
    of them still, from now on, or what the term has room for.

    Parameters
    ----------
    problem
        The whole round as it is now.
    start
        What is left of its groups: all of their people and slots are there.
    earlier
        The groups as they were.
    now
        The present moment.

    Raises
    ------
    InputError
        If no group has a meeting left.
    """
    left = [len(to_come(group, now)) for group in earlier.groups if group.meetings]
    meetings = max(left, default=problem.term.meetings)
    if meetings == 0:
        message = f"no group has a meeting left after {now.isoformat()}"
        raise InputError([Fault("all_past", "now", message)])
    dates: dict[str, list[Dates]] = {
        slot.id: [plan.starts for plan in plans_from(slot, problem.term, now, meetings)]
        for slot in problem.slots
    }
    return rest_of(problem, start, now, dates)


def with_most_dates(problem: Problem, found: Matching, start: Matching) -> Matching:
    """Return groups that do not go on in their slot with the most dates that suit their people.

    Parameters
    ----------
    problem
        The rest of the term.
    found
        Its groups, under the ids of those that they continue.
    start
        The groups as they were.
    """
    round_ = problem.round
    slots = {group.id: group.slot for group in start.groups}
    groups = list(found.groups)
    plans = [MeetingPlan(one.slot, one.meetings, one.minutes or 0) for one in groups]
    for place, group in enumerate(groups):
        if slots.get(group.id) == group.slot:
            continue
        people = [round_.people[round_.position[one]] for one in (*group.students, *group.mentors)]
        others = [
            plans[number]
            for number, other in enumerate(groups)
            if number != place and not set(other.mentors).isdisjoint(group.mentors)
        ]
        for plan in sorted(round_.all_plans[group.slot], key=lambda plan: -len(plan.starts)):
            if len(plan.starts) <= len(group.meetings):
                break
            as_well = all(
                CODE[round_.answer(one, plan)] >= CODE[round_.answer(one, plans[place])]
                for one in people
            )
            if as_well and not any(plan.overlaps(other) for other in others):
                plans[place] = plan
                groups[place] = group.model_copy(update={"meetings": plan.starts})
                break
    return found.model_copy(update={"groups": tuple(groups)})


def with_past(
    rest: Matching, previous: Matching, finished: tuple[Group, ...], now: datetime
) -> Matching:
    """Return groups with the meetings that they have held, and no more to come than they lack.

    Parameters
    ----------
    rest
        The groups of the rest of the term, under the ids of those that they continue.
    previous
        The groups as they were, with all their meetings.
    finished
        Groups that have met for the last time.
    now
        The present moment.
    """
    known = {group.id: group for group in previous.groups}
    groups = []
    for group in rest.groups:
        before = known.get(group.id)
        if before is None or not before.meetings:
            groups.append(group)
            continue
        past, left = held(before, now), len(to_come(before, now))
        # A group that had held all its meetings has ended; whoever goes on under its id is new.
        coming = group.meetings[:left] if left else group.meetings
        groups.append(group.model_copy(update={"meetings": (*past, *coming) if left else coming}))
    return rest.model_copy(update={"groups": (*groups, *finished), "now": now})
