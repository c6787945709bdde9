"""Documents spoilt at any place, in any way: what is said of them, and that nothing else is."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.faults.places import path_text

SOUND: dict[str, Any] = {
    "students": [
        {
            "id": "ana",
            "department": "Physics",
            "languages": {"en": "C1", "fi": "B2"},
            "availability": {"tue-15": "yes", "wed-13": "if_need_be"},
            "hours": [
                {"weekday": 1, "start": "09:00", "end": "11:00"},
                {"weekday": 2, "start": "09:00", "end": "11:00", "answer": "if_need_be"},
            ],
            "absences": ["2026-10-05", "2026-11-05"],
            "affiliations": {"supervisor": ["prof-1", "prof-2"]},
            "attributes": {"year": 2, "themes": ["a", "b"]},
        },
        {"id": "ben", "availability": {"wed-13": "yes"}},
    ],
    "mentors": [{"id": "mia", "availability": {"tue-15": "yes"}, "capacity": 2}],
    "slots": [
        {"id": "tue-15", "weekday": "tuesday", "start": "15:00"},
        {"id": "wed-13", "weekday": 3, "start": "13:00", "modes": ["campus"]},
    ],
    "term": {
        "first_day": "2026-10-05",
        "last_day": "2026-12-18",
        "skipped": ["2026-12-06", {"first": "2026-10-12", "last": "2026-10-16"}],
    },
    "shape": {"min_students": 4, "mentors": 2},
    "languages": ["en", "fi"],
    "rules": [
        {"kind": "keep_apart", "sets": [["ana", "mia"], ["ana", "ben"]]},
        {"kind": "mix", "attribute": "year", "tier": 3},
        {"kind": "keep_apart_affiliation", "affiliation": "supervisor"},
    ],
}


def test_the_document_that_is_spoilt_here_is_sound() -> None:
    """Otherwise faults found below might be its own."""
    assert Problem.model_validate(SOUND).students[0].id == "ana"


def read(document: Any) -> Problem | InputError:
    """Return the problem that a document holds, or the error for which it is refused."""
    try:
        return Problem.model_validate(document)
    except InputError as error:
        return error


def places_within(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in a document, the document itself left out."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for part, value in inner:
        yield (*path, part)
        if isinstance(value, dict | list):
            yield from places_within(value, (*path, part))


@pytest.mark.parametrize("junk", [{"a": {"b": 1}}, [[{}]], 3.25, None, "\ud800"])
def test_one_spoilt_value_gives_faults_nowhere_else(junk: Any) -> None:
    """Whatever is spoilt, every fault lies in it or around it, and nothing is said of others."""
    for path in list(places_within(SOUND)):
        spoilt = copy.deepcopy(SOUND)
        holder = spoilt
        for part in path[:-1]:
            holder = holder[part]
        if isinstance(junk, dict | list) and isinstance(holder[path[-1]], dict | list):
            continue  # That would be other people, not spoilt ones.
        holder[path[-1]] = junk
        here = path_text(path)
        outcome = read(spoilt)
        for fault in outcome.faults if isinstance(outcome, InputError) else ():
            inside = fault.where.startswith((here + ".", here + "["))
            round_ = here.startswith((fault.where + ".", fault.where + "["))
            assert fault.where == here or inside or round_, f"{here}: {fault}"


JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 3.5, float("nan"), 10**400, "", "x", "x\ud800", "2026-02-30", b"x"),
    *([], {}, [1], {"a": 1}, {5: "yes"}, {("a", 1): 2}, [[]], ["a"] * 3, object()),
)


def spoil(document: Any, chance: random.Random) -> None:
    """Replace, rename, remove or repeat something in a document."""
    path = chance.choice(list(places_within(document)))
    holder = document
    for part in path[:-1]:
        holder = holder[part]
    last, strategy = path[-1], chance.random()
    if strategy < 0.6:
        holder[last] = copy.copy(chance.choice(JUNK))
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(holder[last]))
    elif strategy < 0.8:
        holder[f"{last}x"] = holder.pop(last)
    else:
        holder.pop(last)


@pytest.mark.parametrize("seed", range(400))
def test_nothing_but_an_input_error_comes_of_a_spoilt_document(seed: int) -> None:
    """Several faults at once, at any depth, must not trip the reader itself."""
    chance = random.Random(seed)
    document = copy.deepcopy(SOUND)
    for _ in range(chance.randint(1, 6)):
        spoil(document, chance)
        if not document:
            break
    outcome = read(document)
    if isinstance(outcome, InputError):
        assert outcome.faults
        assert all(fault.message and fault.where for fault in outcome.faults)
        assert str(outcome)
    else:
        assert Problem.from_json(outcome.to_json()) == outcome
