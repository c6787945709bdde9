"""Who supervises whom in a made-up round: a few doctoral students each, with a long tail."""

from __future__ import annotations

from math import ceil

import numpy as np

from mentormatch.synthetic.draws import Draws, Places
from mentormatch.synthetic.recipe import Recipe

Supervisors = tuple[str, ...]


def draw_supervisors(
    recipe: Recipe, departments: Places, seed: int, kind: str
) -> list[Supervisors]:
    """Draw one or two supervisors of the own department for each person.

    Those who sign up are a sample of a department's active doctoral students, so that few of
    one supervisor's come together in a small round. A department with more sign-ups than it
    would have such students counts as larger.

    Parameters
    ----------
    departments
        Shape (people,); places among the recipe's departments.
    kind
        ``student`` or ``mentor``: they have no supervisor in common.
    """
    draws = Draws(seed, f"{kind} supervisors")
    found: list[Supervisors] = [()] * len(departments)
    for place, (school, size) in enumerate(_sizes(recipe)):
        people = np.flatnonzero(departments == place)
        if not len(people):
            continue
        seats = supervised_seats(recipe, max(ceil(size * recipe.active), len(people)), draws)
        first = seats[draws.order(len(seats))[: len(people)]]
        other = seats[draws.whole(len(people), 0, len(seats) - 1)]
        second = draws.chance(len(people), recipe.second_supervisor) & (other != first)
        for row, one, two, has_two in zip(
            people.tolist(), first.tolist(), other.tolist(), second.tolist(), strict=True
        ):
            both = (one, two) if has_two else (one,)
            found[row] = tuple(supervisor(school, place, number, kind) for number in both)
    return found


def supervised_seats(recipe: Recipe, count: int, draws: Draws) -> Places:
    """Return numbers of supervisors, each as often as they have doctoral students.

    At least `count` places; the same supervisor's stand next to each other.
    """
    loads = np.array(list(recipe.supervised))[draws.pick(count, list(recipe.supervised.values()))]
    enough = int(np.searchsorted(np.cumsum(loads), count)) + 1
    return np.repeat(np.arange(enough), loads[:enough])


def share_supervisors(
    recipe: Recipe,
    students: tuple[Places, list[Supervisors]],
    mentors: tuple[Places, list[Supervisors]],
    seed: int,
) -> tuple[Places, list[Supervisors]]:
    """Return the mentors' departments and supervisors, some now those of a student."""
    departments, supervisors = mentors[0].copy(), list(mentors[1])
    if not students[1]:
        return departments, supervisors
    draws = Draws(seed, "shared supervisors")
    shares = draws.chance(len(supervisors), recipe.mentor_shares_supervisor)
    whose = draws.whole(len(supervisors), 0, len(students[1]) - 1)
    for row in np.flatnonzero(shares).tolist():
        departments[row] = students[0][whose[row]]
        supervisors[row] = students[1][whose[row]][:1]
    return departments, supervisors


def supervisor(school: str, department: int, number: int, kind: str) -> str:
    """Return a supervisor's pseudonym."""
    return f"sup-{school.lower()}{department}-{'m' if kind == 'mentor' else ''}{number + 1:03d}"


def _sizes(recipe: Recipe) -> list[tuple[str, float]]:
    return [(school, size) for (school, _), size in recipe.department_weights.items()]
