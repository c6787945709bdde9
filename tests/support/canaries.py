"""Rounds in which everything about everybody is a word found nowhere else."""

from __future__ import annotations

from mentormatch.data.people import Mentor, Person, Student
from mentormatch.data.problem import Problem


def with_canaries(problem: Problem) -> Problem:
    """Return the problem with a name, a department and an attribute of each person's own."""
    return Problem(
        **{
            **{name: getattr(problem, name) for name in Problem.model_fields},
            "students": tuple(_marked(one) for one in problem.students),
            "mentors": tuple(_marked(one) for one in problem.mentors),
        }
    )


def canaries(person: Person) -> tuple[str, ...]:
    """Return the words that tell something of a person."""
    return tuple(f"canary-{what}-of-{person.id}-end" for what in ("name", "attribute"))


def _marked(person: Student | Mentor) -> Student | Mentor:
    name, attribute = canaries(person)
    return type(person).model_validate(
        {
            **person.model_dump(),
            "name": name,
            "attributes": {**person.attributes, "secret": attribute},
        }
    )
