"""Three ways to live through a term: match anew, pin all, change the least."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mentormatch import match
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.evaluate.group_score import group_score
from mentormatch.evaluate.verify import solution_of
from mentormatch.replan import Policy, inherit_ids, replan


@dataclass(frozen=True)
class Answer:
    """What a policy answers at one step of a term.

    Attributes
    ----------
    matching
        The groups from then on.
    proven
        Whether the policy's own aim was reached and proven.
    """

    matching: Matching
    proven: bool


Step = Callable[[Problem, Matching, float], Answer]


def anew(problem: Problem, before: Matching, limit: float) -> Answer:
    """Match as if nobody knew anything; groups keep their ids as far as they go on."""
    found = match(problem, time_limit=limit)
    return Answer(inherit_ids(found, before), found.status == "OPTIMAL")


def pin_all(problem: Problem, before: Matching, limit: float) -> Answer:
    """Keep every group that can stand exactly as it is, and match the rest around them."""
    start = carried_over(problem, before)
    standing = [
        group.id
        for group in solution_of(problem, start).groups
        if group_score(problem, group).valid
    ]
    people = [
        person
        for group in start.groups
        if group.id in standing
        for person in (*group.students, *group.mentors)
    ]
    policy = Policy(order=(), frozen=tuple(people))
    found = replan(problem, before, policy=policy, time_limit=limit)
    return Answer(found.matching, found.status == "OPTIMAL")


def least(problem: Problem, before: Matching, limit: float) -> Answer:
    """Change the least."""
    found = replan(problem, before, time_limit=limit)
    return Answer(found.matching, found.status == "OPTIMAL")


POLICIES: dict[str, Step] = {"match anew": anew, "pin all": pin_all, "change the least": least}
