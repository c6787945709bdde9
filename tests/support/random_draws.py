"""What the makers of random rules draw alike."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from mentormatch.data.people import values_of
from mentormatch.data.round import Round
from mentormatch.rules.base import Rule, Tier, Who

Maker = Callable[[Random, Round], Rule]

ATTRIBUTES = ("department", "mode", "theme", "year", "supervisor")
"""What rules are asked to look at; not every round has all of them."""


def tier(rng: Random, hard: float = 0.5) -> Tier:
    """Return hard with this probability, else a number."""
    return "hard" if rng.random() < hard else rng.randint(1, 4)


def who(rng: Random) -> Who:
    """Return any of the three."""
    choices: tuple[Who, ...] = ("students", "mentors", "everybody")
    return rng.choice(choices)


def attribute(rng: Random, round_: Round) -> str:
    """Return an attribute that somebody has; `mode` is everybody's."""
    had = [
        name
        for name in ATTRIBUTES
        if name == "mode" or any(values_of(person, name) for person in round_.people)
    ]
    return rng.choice(had)
