"""Made-up rounds that look like real sign-ups, from a seed and a recipe."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import ANSWERS
from mentormatch.errors import Fault, InputError
from mentormatch.rules import KeepApart, Rule, standard_rules
from mentormatch.synthetic.crowd import Crowd, draw_attributes, draw_crowd
from mentormatch.synthetic.draws import Draws
from mentormatch.synthetic.recipe import Recipe
from mentormatch.synthetic.supervision import (
    Supervisors,
    draw_supervisors,
    share_supervisors,
)


def generate(
    students: int = 40, mentors: int | None = None, *, seed: int = 0, recipe: Recipe | None = None
) -> Problem:
    """Make up a round of a doctoral programme.

    The same arguments give the same round on every machine.

    Parameters
    ----------
    students
        How many students sign up.
    mentors
        How many mentors there are; by default as many as the recipe has for 100 students.
    seed
        Any whole number from 0 on.
    recipe
        What people are like; by default :class:`Recipe` as it stands.

    Raises
    ------
    InputError
        If a number is below 0.
    """
    recipe = recipe or Recipe()
    if mentors is None:
        mentors = default_mentors(students, recipe)
    check_numbers(students=students, mentors=mentors, seed=seed)
    crowd = draw_crowd(recipe, students, seed, "student")
    guides = draw_crowd(recipe, mentors, seed, "mentor")
    supervisors = draw_supervisors(recipe, crowd.departments, seed, "student")
    departments, guiding = share_supervisors(
        recipe,
        (crowd.departments, supervisors),
        (guides.departments, draw_supervisors(recipe, guides.departments, seed, "mentor")),
        seed,
    )
    guides = replace(
        guides,
        departments=departments,
        attributes=draw_attributes(recipe, departments, Draws(seed, "mentor attributes")),
    )
    crowd.answers[Draws(seed, "empty").chance(students, recipe.empty)] = 0
    return Problem(
        students=build_students(recipe, crowd, supervisors, seed),
        mentors=build_mentors(recipe, guides, guiding, seed),
        slots=recipe.slots,
        term=recipe.term,
        shape=recipe.shape,
        languages=recipe.languages,
        missing_availability="leave_out" if recipe.empty else "error",
        rules=standard_round_rules(students, draw_avoids(recipe, students, seed)),
    )


def default_mentors(students: int, recipe: Recipe) -> int:
    """Return the recipe's number of mentors for so many students, rounded up."""
    return -(-students * recipe.mentors_per_hundred // 100)


def check_numbers(**numbers: int) -> None:
    """Refuse numbers below 0, all at once.

    Raises
    ------
    InputError
        With one fault for each.
    """
    faults = [
        Fault("below_zero", name, f"is {number}; the least is 0")
        for name, number in numbers.items()
        if number < 0
    ]
    if faults:
        raise InputError(faults)


def build_students(
    recipe: Recipe, crowd: Crowd, supervisors: list[Supervisors], seed: int
) -> tuple[Student, ...]:
    """Return the students of a crowd, with pseudonyms and times of sign-up."""
    times = _signed_up(recipe, len(supervisors), Draws(seed, "student times"), recipe.late)
    return tuple(
        Student(signed_up=time, **fields)
        for time, fields in zip(times, _fields(recipe, crowd, supervisors, "Student"), strict=True)
    )


def build_mentors(
    recipe: Recipe, crowd: Crowd, supervisors: list[Supervisors], seed: int
) -> tuple[Mentor, ...]:
    """Return the mentors of a crowd, with pseudonyms and times of sign-up."""
    times = _signed_up(recipe, len(supervisors), Draws(seed, "mentor times"), late=0.0)
    return tuple(
        Mentor(signed_up=time, **fields)
        for time, fields in zip(times, _fields(recipe, crowd, supervisors, "Mentor"), strict=True)
    )


def _fields(
    recipe: Recipe, crowd: Crowd, supervisors: list[Supervisors], word: str
) -> list[dict[str, Any]]:
    names = [name for _, name in recipe.department_weights]
    slots = [slot.id for slot in recipe.slots]
    count = len(supervisors)
    rows = []
    for row, place in enumerate(crowd.departments.tolist()):
        answers = crowd.answers[row]
        offered = np.flatnonzero(answers).tolist()
        rows.append(
            {
                "id": pseudonym(word, row, count),
                "name": f"{word} {_number(word, row, count)}",
                "department": names[place],
                "languages": crowd.languages[row],
                "availability": {slots[at]: ANSWERS[answers[at]] for at in offered} or None,
                "absences": crowd.absences[row],
                "mode": crowd.modes[row],
                "affiliations": {"supervisor": supervisors[row]} if supervisors[row] else {},
                "attributes": crowd.attributes[row],
            }
        )
    return rows


def _signed_up(recipe: Recipe, count: int, draws: Draws, late: float) -> list[datetime]:
    """Return times of sign-up to the minute, the late ones after the deadline."""
    is_late = draws.chance(count, late)
    span = np.where(is_late, recipe.late_days, recipe.signup_days) * 24 * 60
    minutes = 1 + (draws.uniform(count) * span).astype(np.int64)
    signed = np.where(is_late, minutes, -minutes).tolist()
    return [recipe.deadline + timedelta(minutes=after) for after in signed]


def draw_avoids(recipe: Recipe, students: int, seed: int) -> list[tuple[int, int]]:
    """Draw which students ask not to meet which other one, as pairs of their places."""
    if students < 2:
        return []
    draws = Draws(seed, "avoids")
    asking = np.flatnonzero(draws.chance(students, recipe.avoids))
    other = (asking + draws.whole(len(asking), 1, students - 1)) % students
    return sorted(set(zip(*np.sort([asking, other], axis=0).tolist(), strict=True)))


def standard_round_rules(students: int, avoids: list[tuple[int, int]]) -> tuple[Rule, ...]:
    """Return a rule that keeps the named pairs of students apart, beside the standard rules.

    These come by themselves. They are written out where there are pairs, because a seed stands
    for the same document for ever.
    """
    sets = tuple(
        (pseudonym("Student", one, students), pseudonym("Student", other, students))
        for one, other in avoids
    )
    return (*standard_rules(), KeepApart(sets=sets)) if sets else ()


def pseudonym(word: str, place: int, count: int) -> str:
    """Return the id of a made-up person, such as ``s001`` or ``m01``."""
    return f"{word[0].lower()}{_number(word, place, count)}"


def _number(word: str, place: int, count: int) -> str:
    digits = max({"Student": 3, "Mentor": 2}[word], len(str(count)))
    return f"{place + 1:0{digits}d}"
