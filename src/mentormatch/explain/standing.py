"""A finished round judged: whether it is valid, what it costs, and what it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from mentormatch.evaluation import Score, score, structure
from mentormatch.explain.results import Effect, TierChange
from mentormatch.people import Mentor, Person, Student
from mentormatch.problem import Problem
from mentormatch.rounds import Round, SeatedGroup, Seating


@dataclass(frozen=True)
class Standing:
    """A problem and finished groups of it."""

    problem: Problem
    seating: Seating

    @cached_property
    def score(self) -> Score:
        """What the rules say of the groups."""
        return score(self.problem, self.seating)

    @cached_property
    def valid(self) -> bool:
        """Whether no hard rule is broken and nothing is done that no matching may do."""
        return not any(structure(self.problem, self.seating)) and not self.score.hard

    @cached_property
    def placed(self) -> frozenset[str]:
        """Ids of the students with a group."""
        return frozenset(one.id for group in self.seating.groups for one in group.students)

    def under(self, problem: Problem) -> Standing:
        """Return the same groups in another problem that has the same people and more."""
        return standing(problem, tuple(refreshed(problem.round, g) for g in self.seating.groups))


def standing(problem: Problem, groups: tuple[SeatedGroup, ...]) -> Standing:
    """Return finished groups with everybody else left out."""
    placed = {student.id for group in groups for student in group.students}
    left_out = tuple(one for one in problem.students if one.id not in placed)
    return Standing(problem, Seating(groups, left_out))


def refreshed(around: Round, group: SeatedGroup) -> SeatedGroup:
    """Return a group with its people as another round knows them."""

    def again(person: Person) -> Person:
        return around.people[around.position[person.id]]

    students = [again(one) for one in group.students]
    mentors = [again(one) for one in group.mentors]
    return replace(
        group,
        students=tuple(one for one in students if isinstance(one, Student)),
        mentors=tuple(one for one in mentors if isinstance(one, Mentor)),
    )


def effect(before: Standing, after: Standing) -> Effect:
    """Return what leads from one finished round to the other does to the whole."""
    tiers = sorted({*before.score.tiers, *after.score.tiers})
    return Effect(
        placed=len(after.placed) - len(before.placed),
        groups=len(after.seating.groups) - len(before.seating.groups),
        tiers=tuple(
            TierChange(
                tier=tier,
                name=before.problem.tier_name(tier) or after.problem.tier_name(tier),
                rules=kinds_of(after.problem, tier) or kinds_of(before.problem, tier),
                before=before.score.tiers.get(tier),
                after=after.score.tiers.get(tier),
            )
            for tier in tiers
        ),
    )


def kinds_of(problem: Problem, tier: int) -> tuple[str, ...]:
    """Return the kinds of the rules of a tier."""
    return tuple(sorted({rule.kind for rule in problem.active_rules if rule.tier == tier}))
