"""A maker of random rules for each kind, so that no rule goes without random tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from mentormatch.languages import LEVELS
from mentormatch.people import values_of
from mentormatch.rounds import Round
from mentormatch.rules import (
    AtMost,
    CommonLanguage,
    CommonMode,
    CommonSlot,
    GroupSize,
    KeepApart,
    KeepApartAffiliation,
    MentorsPerGroup,
    Mix,
    PlaceEveryone,
    PreferYes,
)
from mentormatch.rules.base import Rule, Tier, Who

Maker = Callable[[Random, Round], Rule]

ATTRIBUTES = ("department", "mode", "theme", "year", "supervisor")
"""What rules are asked to look at; not every round has all of them."""


def _tier(rng: Random, hard: float = 0.5) -> Tier:
    return "hard" if rng.random() < hard else rng.randint(1, 4)


def _who(rng: Random) -> Who:
    choices: tuple[Who, ...] = ("students", "mentors", "everybody")
    return rng.choice(choices)


def _attribute(rng: Random, around: Round) -> str:
    """Return an attribute that somebody has; `mode` is everybody's."""
    had = [
        name
        for name in ATTRIBUTES
        if name == "mode" or any(values_of(person, name) for person in around.people)
    ]
    return rng.choice(had)


def group_size(rng: Random, around: Round) -> Rule:
    """Return a rule on sizes, mostly hard."""
    return GroupSize(tier=_tier(rng, 0.8), weight=rng.randint(1, 3))


def mentors_per_group(rng: Random, around: Round) -> Rule:
    """Return a rule on the number of mentors, mostly hard."""
    return MentorsPerGroup(tier=_tier(rng, 0.8), weight=rng.randint(1, 3))


def common_slot(rng: Random, around: Round) -> Rule:
    """Return a rule on coming at all, mostly hard."""
    return CommonSlot(tier=_tier(rng, 0.9), weight=rng.randint(1, 3))


def common_language(rng: Random, around: Round) -> Rule:
    """Return a rule on the common language at any level."""
    return CommonLanguage(tier=_tier(rng, 0.7), weight=rng.randint(1, 3), level=rng.choice(LEVELS))


def common_mode(rng: Random, around: Round) -> Rule:
    """Return a rule on campus and online."""
    return CommonMode(tier=_tier(rng, 0.7), weight=rng.randint(1, 3))


def place_everyone(rng: Random, around: Round) -> Rule:
    """Return a rule on places, mostly soft."""
    return PlaceEveryone(tier=_tier(rng, 0.2), weight=rng.randint(1, 3))


def keep_apart(rng: Random, around: Round) -> Rule:
    """Return a rule with up to three sets of two to four people, if there are so many."""
    ids = [person.id for person in around.people]
    sets = [
        tuple(rng.sample(ids, rng.randint(2, min(4, len(ids)))))
        for _ in range(rng.randint(0, 3) if len(ids) >= 2 else 0)
    ]
    return KeepApart(tier=_tier(rng), weight=rng.randint(1, 3), sets=tuple(sets))


def keep_apart_affiliation(rng: Random, around: Round) -> Rule:
    """Return a rule on ties of a kind that somebody has, between any or some."""
    known = sorted({kind for person in around.people for kind in person.affiliations})
    return KeepApartAffiliation(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        affiliation=rng.choice(known) if known else "supervisor",
        between=rng.choice(("everybody", "students", "students_and_mentors")),
    )


def mix(rng: Random, around: Round) -> Rule:
    """Return a rule on mixing by an attribute that somebody has."""
    return Mix(
        tier=_tier(rng, 0.2),
        weight=rng.randint(1, 3),
        attribute=_attribute(rng, around),
        who=_who(rng),
    )


def at_most(rng: Random, around: Round) -> Rule:
    """Return a ceiling of 0 to 3 on all values of an attribute, or on some."""
    attribute = _attribute(rng, around)
    values = sorted({value for person in around.people for value in values_of(person, attribute)})
    named = rng.sample(values, rng.randint(1, len(values))) if values and rng.random() < 0.4 else ()
    return AtMost(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        attribute=attribute,
        most=rng.randint(0, 3),
        values=tuple(named),
        who=_who(rng),
    )


def prefer_yes(rng: Random, around: Round) -> Rule:
    """Return a rule on second choices, mostly soft."""
    return PreferYes(tier=_tier(rng, 0.1), weight=rng.randint(1, 3), who=_who(rng))


MAKERS: Mapping[str, Maker] = {
    "group_size": group_size,
    "mentors_per_group": mentors_per_group,
    "common_slot": common_slot,
    "common_language": common_language,
    "common_mode": common_mode,
    "place_everyone": place_everyone,
    "keep_apart": keep_apart,
    "keep_apart_affiliation": keep_apart_affiliation,
    "mix": mix,
    "at_most": at_most,
    "prefer_yes": prefer_yes,
}
