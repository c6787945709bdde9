"""Random events in the life of a round."""

from __future__ import annotations

from random import Random
from typing import Any

from mentormatch.data.matching import Matching
from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError


def with_fields(problem: Problem, **fields: Any) -> Problem:
    """Return a problem with some fields changed, checked anew."""
    known = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem(**{**known, **fields})


def without(problem: Problem, person: str) -> Problem:
    """Return a problem that somebody has left."""
    return with_fields(
        problem,
        students=tuple(one for one in problem.students if one.id != person),
        mentors=tuple(one for one in problem.mentors if one.id != person),
    )


def joined_by(problem: Problem, like: Student, name: str = "late") -> Problem:
    """Return a problem that somebody with the answers of another joins."""
    fields = {field: getattr(like, field) for field in Student.model_fields}
    return with_fields(
        problem, students=(*problem.students, Student(**{**fields, "id": name, "name": None}))
    )


def random_event(problem: Problem, matching: Matching, seed: int) -> Problem | None:
    """Return the problem after something happened; None where its rules forbid that."""
    rng = Random(f"event {seed}")
    placed = [one for group in matching.groups for one in group.students]
    guides = [one for group in matching.groups for one in group.mentors]
    events = [
        "join",
        "slot",
        *(["drop"] * 3 if placed else []),
        *(["mentor"] * 3 if guides else []),
    ]
    event = rng.choice(events)
    try:
        if event == "drop":
            return without(problem, rng.choice(placed))
        if event == "mentor":
            return without(problem, rng.choice(guides))
        if event == "join" and problem.students:
            return joined_by(problem, rng.choice(problem.students))
        slots = list(problem.slots)
        if len(slots) < 2:
            return None
        slots.remove(rng.choice(slots))
        known = {slot.id for slot in slots}

        def answers(person: Any) -> Any:
            given = person.availability
            if given is None:
                return person
            kept = {slot: answer for slot, answer in given.items() if slot in known}
            fields = {name: getattr(person, name) for name in type(person).model_fields}
            return type(person)(**{**fields, "availability": kept})

        return with_fields(
            problem,
            slots=tuple(slots),
            students=tuple(map(answers, problem.students)),
            mentors=tuple(map(answers, problem.mentors)),
        )
    except InputError:
        return None
