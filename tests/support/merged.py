"""Several rounds as one, in which nobody of one can meet anybody of another."""

from __future__ import annotations

from typing import Any

from mentormatch.data.problem import Problem
from mentormatch.synthetic import generate

LANGUAGES = ("en", "fi", "sv", "de", "fr", "es", "it", "pt", "nl", "da")
ROWS = ("students", "mentors", "slots")


def merged(*rounds: Problem) -> Problem:
    """Return one round of the people and slots of several, under names of their own.

    Term, shape, languages and topics are those of the first. So are the rules, and those of the
    others that can be stated twice. A rule that names nobody is about
    everybody.

    Raises
    ------
    InputError
        If they cannot be one round.
    """
    whole: dict[str, Any] = rounds[0].model_dump(mode="json")
    whole |= {"missing_availability": "leave_out", "rules": [], **{rows: [] for rows in ROWS}}
    for number, one in enumerate(rounds):
        data = one.model_dump(mode="json")
        new = {row["id"]: f"{number}-{row['id']}" for rows in ROWS for row in data[rows]}
        for person in (*data["students"], *data["mentors"]):
            # Hours would let people come to the slots of others.
            person["hours"] = []
        for rows in ROWS:
            whole[rows] += [_renamed(row, new) for row in data[rows]]
        whole["rules"] += [
            _renamed(rule, new)
            for rule, stated in zip(data["rules"], one.rules, strict=True)
            if number == 0 or not stated.foundation
        ]
    return Problem.model_validate(whole)


def by_language(*sizes: int, seed: int = 0) -> Problem:
    """Return a made-up round of so many students for each language, of which nobody speaks two.

    They share slots and rules.
    """
    rounds = [generate(size, seed=seed + number) for number, size in enumerate(sizes)]
    whole: dict[str, Any] = rounds[0].model_dump(mode="json")
    whole |= {"students": [], "mentors": [], "languages": LANGUAGES[: len(sizes)]}
    for language, one in zip(LANGUAGES, rounds, strict=False):
        for rows in ("students", "mentors"):
            for person in one.model_dump(mode="json")[rows]:
                own = {"id": f"{language}-{person['id']}", "languages": {language: "native"}}
                whole[rows].append(person | own)
    return Problem.model_validate(whole)


def _renamed(part: Any, new: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {new.get(key, key): _renamed(inner, new) for key, inner in part.items()}
    if isinstance(part, list):
        return [_renamed(inner, new) for inner in part]
    return new.get(part, part) if isinstance(part, str) else part
