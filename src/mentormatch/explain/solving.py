"""Counterfactual solves: a changed problem solved again from a matching, within a time limit."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from mentormatch.data.group_ids import fresh_ids
from mentormatch.data.matching import Matching
from mentormatch.data.people import MAX_PRIORITY, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import SolutionGroup
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
    as_start,
    evaluate_solution,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.reporting import Reporting
from mentormatch.rules import PlaceEveryone, exactly
from mentormatch.solve.match import match

SLICE = 3.0
"""Seconds for one counterfactual solve at most."""

LEAST = 0.2
"""Seconds below which no solve is begun."""


class Solver:
    """Solves changed problems until its time is used up."""

    def __init__(self, time_limit: float, seed: int, reporting: Reporting) -> None:
        self.until = monotonic() + time_limit
        self.seed = seed
        self.reporting = reporting

    def with_place(
        self, problem: Problem, before: EvaluatedSolution, person: Student
    ) -> EvaluatedSolution | None:
        """Return groups of a changed problem in which a person has a place and nobody loses one.

        None means that none were found in time.
        """
        left = min(SLICE, self.until - monotonic())
        if left < LEAST or self.reporting.cancelled:
            return None
        keep = before.placed | {person.id}
        variant = _only_places(problem, keep)
        found = self._match(variant, left, as_start(before))
        if not keep <= _placed(found):
            return None
        # What the other rules ask is seen to afterwards, as far as nobody loses their place.
        left = min(SLICE, self.until - monotonic())
        if left > LEAST:
            better = self._match(problem, left, found)
            found = better if keep <= _placed(better) else found
        return evaluate_solution(problem, renamed(before, solution_of(problem, found).groups))

    def _match(self, problem: Problem, seconds: float, start: Matching) -> Matching:
        return match(
            problem,
            time_limit=seconds,
            seed=self.seed,
            start=start,
            progress=self.reporting.listener,
            cancel=self.reporting.cancel,
        )


def _placed(matching: Matching) -> set[str]:
    return {student for group in matching.groups for student in group.students}


def _only_places(problem: Problem, keep: frozenset[str]) -> Problem:
    """Return the problem with its hard rules and one tier: a place for all, some people first."""
    hard = [rule for rule in problem.active_rules if rule.tier == "hard"]
    rules = (*(rule for rule in hard if rule.kind != "place_everyone"), PlaceEveryone())
    students = tuple(
        Student.model_validate(
            {**student.model_dump(), "priority": MAX_PRIORITY if student.id in keep else 1}
        )
        for student in problem.students
    )
    return problem.evolve(students=students, rules=exactly(*rules))


def renamed(
    before: EvaluatedSolution, groups: tuple[SolutionGroup, ...]
) -> tuple[SolutionGroup, ...]:
    """Return groups, each with the id of the earlier group that it shares most people with."""
    members = {group.id: {one.id for one in group.members} for group in before.solution.groups}
    shared = sorted(
        (
            (-len(members[old] & {one.id for one in group.members}), old, number)
            for number, group in enumerate(groups)
            for old in members
        ),
    )
    name_of: dict[int, str] = {}
    for overlap, old, number in shared:
        if overlap < 0 and number not in name_of and old not in name_of.values():
            name_of[number] = old
    fresh = fresh_ids("new-", set(members))
    return tuple(
        replace(group, id=name_of[number] if number in name_of else next(fresh))
        for number, group in enumerate(groups)
    )
