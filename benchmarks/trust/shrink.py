"""Making a round on which roads disagree as small as it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError

PARTS = ("rules", "students", "mentors", "slots", "languages", "topics")


def shrunk(problem: Problem, disagrees: Callable[[Problem], bool], *, attempts: int) -> Problem:
    """Return a smaller round that still disagrees: without parts that make no difference.

    Parameters
    ----------
    problem
        A round on which the roads disagree.
    disagrees
        Whether they do on another round.
    attempts
        Rounds to try at most.
    """
    left = attempts
    smaller = True
    while smaller and left > 0:
        smaller = False
        for candidate in _smaller(problem):
            left -= 1
            if left < 0:
                break
            if disagrees(candidate):
                problem, smaller = candidate, True
                break
    return problem


def _smaller(problem: Problem) -> Iterator[Problem]:
    """Yield the round without one rule, person, slot, language or topic; halves of them first."""
    data = problem.model_dump(mode="json")
    for part in PARTS:
        rows = data[part]
        half = len(rows) // 2
        cuts = [rows[half:], rows[:half]] if half > 1 else []
        cuts += [[*rows[:place], *rows[place + 1 :]] for place in range(len(rows))]
        for kept in cuts:
            try:
                yield Problem.model_validate(_tidied({**data, part: kept}))
            except InputError:
                continue


def _tidied(data: dict[str, Any]) -> dict[str, Any]:
    """Return the document with no answers about slots that are gone."""
    slots = {slot["id"] for slot in data["slots"]}
    tidied = dict(data)
    for part in ("students", "mentors"):
        tidied[part] = [
            {
                **person,
                "availability": None
                if person["availability"] is None
                else {
                    slot: answer for slot, answer in person["availability"].items() if slot in slots
                },
            }
            for person in data[part]
        ]
    return tidied
