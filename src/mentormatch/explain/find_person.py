"""Finding somebody by what a coordinator calls them."""

from __future__ import annotations

from mentormatch.data.people import Person
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, nearest


def find_person(problem: Problem, called: str) -> Person:
    """Return the student or mentor with an id, or else with a name, in whatever case.

    Raises
    ------
    InputError
        If there is nobody, or several have that name.
    """
    round_ = problem.round
    if called in round_.position:
        return round_.people[round_.position[called]]
    names: dict[str, list[Person]] = {}
    for person in round_.people:
        names.setdefault(_plain(person.name or person.id), []).append(person)
    found = names.get(_plain(called), [])
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(repr(person.id) for person in found)
        message = f"{called!r} is the name of {len(found)} people, with the ids {ids}; give an id"
        raise InputError([Fault("ambiguous_person", "person", message)])
    message = f"{called!r} is neither id nor name of any of the {len(round_.people):,} people"
    known = {*round_.position, *(person.name for person in round_.people if person.name)}
    raise InputError([Fault("unknown_person", "person", message, nearest(called, known))])


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
