"""Teams of a course: one template, no times and no mentors, and ten tiers of wishes."""

from __future__ import annotations

from datetime import date, time

import numpy as np

from benchmarks.families.draws import Draws, falling
from mentormatch import GroupShape, Problem, Slot, Student, Term
from mentormatch.rules import (
    AtLeast,
    AtMost,
    Balance,
    Cluster,
    Mix,
    NobodyAlone,
    PlaceEveryone,
    WishTogether,
    exactly,
)

PROGRAMMES = 6
CITIES = 5
SKILLS = ("code", "data", "design", "writing")


def course_teams(students: int, seed: int) -> Problem:
    """Return a course's round of teams of five, six where the number does not divide."""
    draws = Draws(seed, "course teams")
    programmes = draws.pick(students, falling(PROGRAMMES, 0.7)).tolist()
    genders = draws.pick(students, np.array([0.68, 0.32])).tolist()
    origins = draws.pick(students, np.array([0.6, 0.4])).tolist()
    cities = draws.pick(students, falling(CITIES, 0.5)).tolist()
    skills = draws.pick(students, np.array([0.3, 0.3, 0.2, 0.2])).tolist()
    grades = draws.whole(students, 200, 500).tolist()
    levels = draws.whole(students, 1, 5).tolist()
    friends = draws.whole(students, 0, students - 1).tolist()
    wishing = draws.uniform(students) < 0.2
    people = tuple(
        Student(
            id=f"s{row:04d}",
            languages={"en": "C1"},
            department=f"programme {programmes[row] + 1}",
            attributes={
                "gender": ("m", "f")[genders[row]],
                "origin": ("home", "abroad")[origins[row]],
                "city": f"city {cities[row] + 1}",
                "skill": SKILLS[skills[row]],
                "grade": grades[row],
                "level": levels[row],
            },
        )
        for row in range(students)
    )
    wishes = tuple(
        (people[row].id, people[friends[row]].id)
        for row in range(students)
        if wishing[row] and friends[row] != row
    )
    return Problem(
        students=people,
        slots=(Slot(id="course", weekday=2, start=time(10), modes=("campus",)),),
        term=Term(first_day=date(2026, 9, 7), last_day=date(2026, 9, 13), meetings=1),
        shape=GroupShape(min_students=5, max_students=5 if students % 5 == 0 else 6, mentors=0),
        missing_availability="any_slot",
        rules=exactly(
            PlaceEveryone(tier=1),
            AtLeast(tier=2, attribute="skill", values=("code", "data")),
            NobodyAlone(tier=3, attribute="gender", values=("f",)),
            NobodyAlone(tier=4, attribute="origin"),
            AtLeast(tier=5, attribute="skill", values=("writing",)),
            AtMost(tier=6, attribute="department", most=2),
            Cluster(tier=7, attribute="city"),
            Mix(tier=8, attribute="skill"),
            Balance(tier=9, attribute="level"),
            WishTogether(tier=9, wishes=wishes),
            Balance(tier=10, attribute="grade"),
            foundations=True,
        ),
    )
