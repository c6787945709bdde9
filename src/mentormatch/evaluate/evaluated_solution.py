"""A finished round judged: whether it is valid, what it costs, and what it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from mentormatch.data.matching import Matching
from mentormatch.data.people import Mentor, Person, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Solution, SolutionGroup
from mentormatch.evaluate.cost import Score, score, structure
from mentormatch.evaluate.verify import as_group


@dataclass(frozen=True)
class EvaluatedSolution:
    """A problem and finished groups of it."""

    problem: Problem
    solution: Solution

    @cached_property
    def score(self) -> Score:
        """What the rules say of the groups."""
        return score(self.problem, self.solution)

    @cached_property
    def valid(self) -> bool:
        """Whether no hard rule is broken and nothing is done that no matching may do."""
        return not any(structure(self.problem, self.solution)) and not self.score.hard

    @cached_property
    def placed(self) -> frozenset[str]:
        """Ids of the students with a group."""
        return frozenset(one.id for group in self.solution.groups for one in group.students)

    def under(self, problem: Problem) -> EvaluatedSolution:
        """Return the same groups in another problem that has the same people and more."""
        return evaluate_solution(
            problem, tuple(refreshed(problem.round, g) for g in self.solution.groups)
        )


def evaluate_solution(problem: Problem, groups: tuple[SolutionGroup, ...]) -> EvaluatedSolution:
    """Return finished groups with everybody else left out."""
    placed = {student.id for group in groups for student in group.students}
    left_out = tuple(one for one in problem.students if one.id not in placed)
    return EvaluatedSolution(problem, Solution(groups, left_out))


def refreshed(round_: Round, group: SolutionGroup) -> SolutionGroup:
    """Return a group with its people as another round knows them."""

    def again(person: Person) -> Person:
        return round_.people[round_.position[person.id]]

    students = [again(one) for one in group.students]
    mentors = [again(one) for one in group.mentors]
    return replace(
        group,
        students=tuple(one for one in students if isinstance(one, Student)),
        mentors=tuple(one for one in mentors if isinstance(one, Mentor)),
    )


def kinds_of(problem: Problem, tier: int) -> tuple[str, ...]:
    """Return the kinds of the rules of a tier."""
    return tuple(sorted({rule.kind for rule in problem.active_rules if rule.tier == tier}))


def as_start(before: EvaluatedSolution) -> Matching:
    """Return finished groups as a matching to start from."""
    return Matching(
        status="FEASIBLE",
        groups=tuple(as_group(before.problem, group) for group in before.solution.groups),
    )
