"""A start for a changed round: only groups near the change are matched anew, exactly.

Large-neighbourhood search with the one neighbourhood that matters, that of the change. Most of a
large round is not touched by one event; its groups are set aside, and those that no longer stand,
with the groups whose times suit the people concerned best, become a small round of their own.
Reference: P. Shaw, Using constraint programming and local search methods to solve vehicle routing
problems, 1998, doi:10.1007/3-540-49481-2_30.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Person
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.errors import InputError
from mentormatch.evaluate.cost import costs, structure
from mentormatch.evaluate.group_score import group_score
from mentormatch.evaluate.verify import solution_of
from mentormatch.reporting import Reporting
from mentormatch.rules.base import Rule
from mentormatch.solve.match import match

WORTH_WHILE = 140
"""Students from which on a start is sought near the change; smaller rounds are matched whole."""
MOST_STUDENTS = 90
"""Students of the small round, at most."""
MOST_WAITING = 25
"""Of these, students without a group, at most."""
MOST_MENTORS = 40
"""Mentors without a group who take part, at most."""


@dataclass(frozen=True)
class _Split:
    """Groups set aside, and the people of the small round."""

    aside: tuple[Group, ...]
    students: tuple[str, ...]
    mentors: tuple[str, ...]


def nearby_start(
    problem: Problem,
    start: Matching,
    *,
    time_limit: float | None,
    seed: int,
    reporting: Reporting,
) -> Matching | None:
    """Return valid groups that differ from a start near the change only; None if none are found.

    Parameters
    ----------
    problem
        The problem with its rules of staying.
    start
        What is left of the published matching; some of its groups may no longer stand.
    time_limit, seed, reporting
        Of the search.
    """
    if len(problem.students) < WORTH_WHILE:
        return None
    solution = solution_of(problem, start)
    broken = _broken(problem, solution.groups)
    split = _split(problem, start, solution, broken)
    small = _small(problem, split)
    if small is None:
        return None
    inside = [group for group in start.groups if group not in split.aside]
    sound = tuple(group for group in inside if group.id not in broken)
    found = match(
        small,
        time_limit=time_limit,
        seed=seed,
        progress=reporting.next_step(),
        cancel=reporting.cancel,
        start=Matching(status="FEASIBLE", groups=sound) if sound else None,
    )
    if found.status in ("INFEASIBLE", "UNKNOWN"):
        return None
    anew = [
        group.model_copy(update={"id": f"anew {place}"}) for place, group in enumerate(found.groups)
    ]
    placed = {one for group in (*split.aside, *anew) for one in group.students}
    whole = Matching(
        status="FEASIBLE",
        groups=(*split.aside, *anew),
        left_out=tuple(sorted(one.id for one in problem.students if one.id not in placed)),
    )
    judged = solution_of(problem, whole)
    if any(structure(problem, judged)) or costs(problem, judged)[0]:
        return None
    return whole


def _broken(problem: Problem, groups: Sequence[SolutionGroup]) -> frozenset[str]:
    """Return the ids of the groups that are not valid by themselves."""
    return frozenset(group.id for group in groups if not group_score(problem, group).valid)


def _split(problem: Problem, start: Matching, solution: Solution, broken: frozenset[str]) -> _Split:
    round_ = problem.round
    had = {one.id for one in solution.left_out}
    waiting = sorted(had, key=lambda name: (-_options(problem, [name]).total(), name))
    inside = [group for group in solution.groups if group.id in broken]
    concerned = [one.id for group in inside for one in group.members]
    concerned = concerned or waiting[:MOST_WAITING]
    wanted = _options(problem, concerned)
    leads = Counter(one.id for group in solution.groups for one in group.mentors)
    # A mentor of two groups cannot be in the small round with one of them only.
    rest = sorted(
        (
            group
            for group in solution.groups
            if group.id not in broken and all(leads[one.id] == 1 for one in group.mentors)
        ),
        key=lambda group: (-wanted[group.template.plan.slot], len(group.students), group.id),
    )
    students = [one.id for group in inside for one in group.students]
    for group in rest:
        if len(students) + len(group.students) > MOST_STUDENTS - MOST_WAITING:
            break
        inside.append(group)
        students += [one.id for one in group.students]
    names = {group.id for group in inside}
    slots = {group.template.plan.slot for group in inside}
    near = [name for name in waiting if any(slot in slots for slot in _options(problem, [name]))]
    guides = {one.id for group in inside for one in group.mentors}
    free = [one.id for one in round_.mentors if leads[one.id] == 0]
    free.sort(key=lambda name: (-sum(slot in slots for slot in _options(problem, [name])), name))
    return _Split(
        aside=tuple(group for group in start.groups if group.id not in names),
        students=(*students, *near[:MOST_WAITING]),
        mentors=(*sorted(guides), *free[:MOST_MENTORS]),
    )


def _options(problem: Problem, people: Iterable[str]) -> Counter[str]:
    """Return how many of some people could come to each slot."""
    round_ = problem.round
    found: Counter[str] = Counter()
    slots = [template.plan.slot for template in round_.templates]
    for name in people:
        answers = round_.answers[round_.position[name]]
        found.update({slot for slot, answer in zip(slots, answers, strict=True) if answer})
    return found


def _small(problem: Problem, split: _Split) -> Problem | None:
    """Return the round of the people who are matched anew; None if it cannot be stated."""
    students, mentors = set(split.students), set(split.mentors)
    held = Counter(group.slot for group in split.aside)
    busy = Counter(one for group in split.aside for one in group.mentors)

    def kept(people: Sequence[Person], names: set[str]) -> tuple[Person, ...]:
        return tuple(one for one in people if one.id in names and not busy[one.id])

    slots = tuple(
        slot
        if slot.max_groups is None
        else slot.model_copy(update={"max_groups": max(0, slot.max_groups - held[slot.id])})
        for slot in problem.slots
    )
    try:
        bare = problem.evolve(
            students=kept(problem.students, students),
            mentors=kept(problem.mentors, mentors),
            slots=slots,
            rules=(),
        )
        rules = [
            part
            for rule in problem.rules
            for part in _parts(rule)
            if not any(True for _ in part.faults(bare.round, ""))
        ]
        return bare.with_rules(*rules)
    except InputError:
        return None


def _parts(rule: Rule) -> tuple[Rule, ...]:
    """Return a rule in its parts, so that those about people elsewhere can be left out."""
    return (rule,) if rule.foundation else rule.parts()
