"""A maker of random rules for each kind, so that no rule goes without random tests."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from mentormatch.data.languages import LEVELS
from mentormatch.data.people import values_of
from mentormatch.data.round import Round
from mentormatch.rules import (
    AtLeast,
    AtMost,
    Cluster,
    CommonLanguage,
    CommonMode,
    CommonSlot,
    GroupSize,
    KeepApart,
    KeepApartAffiliation,
    MentorGroups,
    MentorLanguage,
    MentorLoad,
    MentorsFirstCome,
    MentorsFromElsewhere,
    MentorsPerGroup,
    Mix,
    NativeSpeakers,
    NobodyAlone,
    PlaceEveryone,
    PreferredLanguage,
    PreferYes,
    SecondLanguage,
)
from mentormatch.rules.base import Rule
from tests.support.random_draws import Maker
from tests.support.random_draws import attribute as _attribute
from tests.support.random_draws import tier as _tier
from tests.support.random_draws import who as _who
from tests.support.random_wishes import WISHES


def group_size(rng: Random, round_: Round) -> Rule:
    """Return a rule on sizes, mostly hard."""
    return GroupSize(tier=_tier(rng, 0.8), weight=rng.randint(1, 3))


def mentors_per_group(rng: Random, round_: Round) -> Rule:
    """Return a rule on the number of mentors, mostly hard."""
    return MentorsPerGroup(tier=_tier(rng, 0.8), weight=rng.randint(1, 3))


def common_slot(rng: Random, round_: Round) -> Rule:
    """Return a rule on coming at all, mostly hard."""
    return CommonSlot(tier=_tier(rng, 0.9), weight=rng.randint(1, 3))


def common_language(rng: Random, round_: Round) -> Rule:
    """Return a rule on the common language at any level."""
    return CommonLanguage(tier=_tier(rng, 0.7), weight=rng.randint(1, 3), level=rng.choice(LEVELS))


def common_mode(rng: Random, round_: Round) -> Rule:
    """Return a rule on campus and online."""
    return CommonMode(tier=_tier(rng, 0.7), weight=rng.randint(1, 3))


def place_everyone(rng: Random, round_: Round) -> Rule:
    """Return a rule on places, mostly soft."""
    return PlaceEveryone(tier=_tier(rng, 0.2), weight=rng.randint(1, 3))


def keep_apart(rng: Random, round_: Round) -> Rule:
    """Return a rule with up to three sets of two to four people, if there are so many."""
    ids = [person.id for person in round_.people]
    sets = [
        tuple(rng.sample(ids, rng.randint(2, min(4, len(ids)))))
        for _ in range(rng.randint(0, 3) if len(ids) >= 2 else 0)
    ]
    return KeepApart(tier=_tier(rng), weight=rng.randint(1, 3), sets=tuple(sets))


def keep_apart_affiliation(rng: Random, round_: Round) -> Rule:
    """Return a rule on ties of a kind that somebody has, between any or some."""
    known = sorted({kind for person in round_.people for kind in person.affiliations})
    return KeepApartAffiliation(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        affiliation=rng.choice(known) if known else "supervisor",
        between=rng.choice(("everybody", "students", "students_and_mentors")),
    )


def mix(rng: Random, round_: Round) -> Rule:
    """Return a rule on mixing all values of an attribute that somebody has, or some."""
    attribute = _attribute(rng, round_)
    return Mix(
        tier=_tier(rng, 0.2),
        weight=rng.randint(1, 3),
        attribute=attribute,
        values=_some(rng, _values(round_, attribute), 0.3),
        who=_who(rng),
    )


def at_most(rng: Random, round_: Round) -> Rule:
    """Return a ceiling of 0 to 3 on all values of an attribute, or on some."""
    attribute = _attribute(rng, round_)
    return AtMost(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        attribute=attribute,
        most=rng.randint(0, 3),
        values=_some(rng, _values(round_, attribute), 0.4),
        who=_who(rng),
    )


def prefer_yes(rng: Random, round_: Round) -> Rule:
    """Return a rule on second choices, mostly soft."""
    return PreferYes(tier=_tier(rng, 0.1), weight=rng.randint(1, 3), who=_who(rng))


def _some(rng: Random, choices: list[str], share: float) -> tuple[str, ...]:
    """Return some of the choices at random, or often none."""
    named = rng.random() < share and choices
    return tuple(rng.sample(choices, rng.randint(1, len(choices)))) if named else ()


def _values(round_: Round, attribute: str) -> list[str]:
    return sorted({value for person in round_.people for value in values_of(person, attribute)})


def at_least(rng: Random, round_: Round) -> Rule:
    """Return a floor of 1 to 3 on people with some values of an attribute."""
    attribute = _attribute(rng, round_)
    values = _values(round_, attribute)
    return AtLeast(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        attribute=attribute,
        values=_some(rng, values, 1.0) or (values[0],),
        least=rng.choice((1, 1, 2, 3)),
        who=_who(rng),
    )


def nobody_alone(rng: Random, round_: Round) -> Rule:
    """Return a rule on being the only one, for all values of an attribute or some."""
    attribute = _attribute(rng, round_)
    return NobodyAlone(
        tier=_tier(rng, 0.3),
        weight=rng.randint(1, 3),
        attribute=attribute,
        least=rng.choice((2, 2, 3)),
        values=_some(rng, _values(round_, attribute), 0.4),
        who=_who(rng),
    )


def cluster(rng: Random, round_: Round) -> Rule:
    """Return a rule on sharing an attribute of which nobody has several values."""
    who = _who(rng)
    single = [
        name
        for name in ("mode", "department", "department", "year", "year")
        if name == "mode" or _values(round_, name)
    ]
    return Cluster(
        tier=_tier(rng, 0.2), weight=rng.randint(1, 3), attribute=rng.choice(single), who=who
    )


def mentors_from_elsewhere(rng: Random, round_: Round) -> Rule:
    """Return a rule on mentors with values of their students, allowing 0 to 2."""
    return MentorsFromElsewhere(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        attribute=_attribute(rng, round_),
        most=rng.choice((0, 0, 1, 1, 2)),
    )


def _language(rng: Random, round_: Round) -> str:
    return rng.choice(sorted({tag for person in round_.people for tag in person.languages}))


def second_language(rng: Random, round_: Round) -> Rule:
    """Return a rule on a language that somebody uses, at any level."""
    return SecondLanguage(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        language=_language(rng, round_),
        level=rng.choice(LEVELS),
        who=_who(rng),
    )


def mentor_language(rng: Random, round_: Round) -> Rule:
    """Return a rule on mentors' language, the group's or a named one."""
    return MentorLanguage(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        language=_language(rng, round_) if rng.random() < 0.4 else None,
        level=rng.choice(LEVELS),
        least=rng.choice((1, 1, 2)),
    )


def native_speakers(rng: Random, round_: Round) -> Rule:
    """Return a ceiling of 0 to 2 on native speakers."""
    return NativeSpeakers(
        tier=_tier(rng, 0.2), weight=rng.randint(1, 3), most=rng.choice((0, 0, 1, 2))
    )


def preferred_language(rng: Random, round_: Round) -> Rule:
    """Return a rule on wished languages, under the usual name or another."""
    had = [
        name
        for name in ("preferred_language", "second_wish")
        if any(name in person.attributes for person in round_.people)
    ]
    return PreferredLanguage(
        tier=_tier(rng, 0.2), weight=rng.randint(1, 3), attribute=rng.choice(had), who=_who(rng)
    )


def mentor_load(rng: Random, round_: Round) -> Rule:
    """Return a rule on even loads, mostly soft."""
    return MentorLoad(tier=_tier(rng, 0.2), weight=rng.randint(1, 3))


def mentor_groups(rng: Random, round_: Round) -> Rule:
    """Return limits on the groups of all mentors or some."""
    least = rng.choice((0, 0, 1, 1, 2))
    return MentorGroups(
        tier=_tier(rng),
        weight=rng.randint(1, 3),
        mentors=_some(rng, [mentor.id for mentor in round_.mentors], 0.6),
        least=least,
        most=rng.choice((None, least, least + 1)),
    )


def mentors_first_come(rng: Random, round_: Round) -> Rule:
    """Return a rule on the order of mentors, mostly soft."""
    return MentorsFirstCome(tier=_tier(rng, 0.2), weight=rng.randint(1, 3))


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
    "at_least": at_least,
    "nobody_alone": nobody_alone,
    "cluster": cluster,
    "mentors_from_elsewhere": mentors_from_elsewhere,
    "second_language": second_language,
    "mentor_language": mentor_language,
    "native_speakers": native_speakers,
    "preferred_language": preferred_language,
    "mentor_load": mentor_load,
    "mentor_groups": mentor_groups,
    "mentors_first_come": mentors_first_come,
    **WISHES,
}
