"""Whole terms: what happens to a made-up round after it was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError


@dataclass(frozen=True)
class TermRecipe:
    """How much happens in a term, as shares of the people who signed up in time.

    Attributes
    ----------
    late
        Students who sign up late, spread over the steps of the first half.
    withdraw
        Students who withdraw before the groups begin, spread over the first half.
    no_show
        Students who are never seen and are taken off in the second half.
    mentors_lost
        Mentors who stop, at any step.
    steps
        Points in time at which the round is looked at again.
    """

    late: float = 0.10
    withdraw: float = 0.08
    no_show: float = 0.10
    mentors_lost: float = 0.07
    steps: int = 6


def generate_term(
    problem: Problem, seed: int, recipe: TermRecipe = TermRecipe()
) -> Iterator[Problem]:
    """Yield a round as it is at each step of a term that is drawn from a seed.

    People whom a rule names by id neither leave nor stop, since the rule would then have to be
    changed as well.

    Parameters
    ----------
    problem
        The round as it was published.
    seed
        Draws what happens to whom.
    recipe
        How much happens.
    """
    rng = Random(f"term {seed}")  # noqa: S311  # Chance, not secrecy.
    named = str(problem.rules)
    students = [one for one in problem.students if one.id not in named]
    mentors = [one for one in problem.mentors if one.id not in named]
    half = max(1, recipe.steps // 2)
    leaving: dict[str, int] = {}
    count = len(problem.students)
    for share, first, last in ((recipe.withdraw, 0, half), (recipe.no_show, half, recipe.steps)):
        staying = [one for one in students if one.id not in leaving]
        for one in rng.sample(staying, min(len(staying), round(share * count))):
            leaving[one.id] = rng.randrange(first, max(first + 1, last))
    lost = min(len(mentors), round(recipe.mentors_lost * len(mentors)))
    for mentor in rng.sample(mentors, lost):
        leaving[mentor.id] = rng.randrange(recipe.steps)
    joining: list[tuple[int, Student]] = []
    for number in range(round(recipe.late * count)):
        like = rng.choice(problem.students)
        fields = {name: getattr(like, name) for name in Student.model_fields}
        late = Student(**{**fields, "id": f"late-{number + 1}", "name": None})
        joining.append((rng.randrange(half), late))
    for step in range(recipe.steps):
        yield _at(problem, step, leaving, joining)


def _at(
    problem: Problem, step: int, leaving: dict[str, int], joining: list[tuple[int, Student]]
) -> Problem:
    def here(person: Student | Mentor) -> bool:
        return leaving.get(person.id, step + 1) > step

    late = tuple(one for when, one in joining if when <= step)
    try:
        return problem.evolve(
            students=(*filter(here, problem.students), *late),
            mentors=tuple(filter(here, problem.mentors)),
        )
    except InputError as error:
        raise AssertionError("nobody leaves whom a rule names") from error
