"""Makers of random rules on numbers, wishes, fixed places and who is left out."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from mentormatch.data.people import MODES
from mentormatch.data.round import Round
from mentormatch.rules import (
    Affinity,
    Balance,
    Ban,
    EarlierGroup,
    FairShare,
    KeepCompanions,
    KeepMentors,
    KeepRange,
    KeepTime,
    KeepTogether,
    MentorAlone,
    MetBefore,
    Pin,
    PlaceClass,
    PlaceOrder,
    PlacePeople,
    SlotWishes,
    Stay,
    SumCap,
    TargetSize,
    TopicWishes,
    WishApart,
    WishTogether,
)
from mentormatch.rules.base import Rule
from tests.support.random_draws import Maker, attribute, tier, who

NUMBERS = ("year", "points")
"""Attributes that hold whole numbers; the second also such below zero."""


def _soft_or_hard(rng: Random, hard: float) -> dict[str, Any]:
    return {"tier": tier(rng, hard), "weight": rng.randint(1, 3)}


def _ids(round_: Round) -> list[str]:
    return [person.id for person in round_.people]


def _pairs(rng: Random, round_: Round) -> tuple[tuple[str, str], ...]:
    """Return up to four ordered pairs of people, some of them both ways round."""
    ids = _ids(round_)
    pairs: list[tuple[str, str]] = []
    for _ in range(rng.randint(0, 4) if len(ids) >= 2 else 0):
        one, other = rng.sample(ids, 2)
        pairs += [(one, other), (other, one)] if rng.random() < 0.3 else [(one, other)]
    return tuple(pairs)


def _sets(rng: Random, round_: Round, least: int) -> tuple[tuple[str, ...], ...]:
    """Return up to two sets of some of the people, of two or three where there are so many."""
    ids = _ids(round_)
    return tuple(
        tuple(rng.sample(ids, rng.randint(least, min(3, len(ids)))))
        for _ in range(rng.randint(0, 2) if len(ids) >= least else 0)
    )


def sum_cap(rng: Random, round_: Round) -> Rule:
    """Return limits on a sum from above, from below or both."""
    least = rng.randint(-1, 3)
    limits: dict[str, int] = rng.choice(
        ({"most": least + 2}, {"least": least}, {"least": least, "most": least + rng.randint(0, 3)})
    )
    return SumCap(**_soft_or_hard(rng, 0.5), attribute=rng.choice(NUMBERS), who=who(rng), **limits)


def balance(rng: Random, round_: Round) -> Rule:
    """Return a rule on the means of groups, mostly soft."""
    return Balance(**_soft_or_hard(rng, 0.2), attribute=rng.choice(NUMBERS), who=who(rng))


def keep_range(rng: Random, round_: Round) -> Rule:
    """Return a rule on differences of up to 2."""
    return KeepRange(
        **_soft_or_hard(rng, 0.5),
        attribute=rng.choice(NUMBERS),
        within=rng.randint(0, 2),
        who=who(rng),
    )


def keep_together(rng: Random, round_: Round) -> Rule:
    """Return a rule on sets, on an affiliation that somebody has, or both."""
    known = sorted({kind for person in round_.people for kind in person.affiliations})
    return KeepTogether(
        **_soft_or_hard(rng, 0.5),
        sets=_sets(rng, round_, 2),
        affiliation=rng.choice(known) if known and rng.random() < 0.4 else None,
    )


def wish_together(rng: Random, round_: Round) -> Rule:
    """Return wishes as pairs, in an attribute or both, all of them or the mutual ones."""
    return WishTogether(
        **_soft_or_hard(rng, 0.3),
        wishes=_pairs(rng, round_),
        attribute="friends" if rng.random() < 0.5 else None,
        mutual_only=rng.random() < 0.3,
    )


def wish_apart(rng: Random, round_: Round) -> Rule:
    """Return wishes as pairs."""
    return WishApart(**_soft_or_hard(rng, 0.4), wishes=_pairs(rng, round_))


def affinity(rng: Random, round_: Round) -> Rule:
    """Return scores of pairs, above zero and below, some of a pair twice."""
    scores = tuple((*pair, rng.choice((-3, -1, 0, 1, 2, 5))) for pair in _pairs(rng, round_))
    return Affinity(
        **_soft_or_hard(rng, 0.2), scores=scores, aim=rng.choice(("large", "large", "small"))
    )


def mentor_alone(rng: Random, round_: Round) -> Rule:
    """Return wishes of some mentors."""
    ids = [mentor.id for mentor in round_.mentors]
    return MentorAlone(
        **_soft_or_hard(rng, 0.3), mentors=tuple(rng.sample(ids, rng.randint(0, len(ids))))
    )


def slot_wishes(rng: Random, round_: Round) -> Rule:
    """Return a rule on the first list of slots or the second."""
    return SlotWishes(
        **_soft_or_hard(rng, 0.3), attribute=rng.choice(("slot_wishes", "more_slots")), who=who(rng)
    )


def topic_wishes(rng: Random, round_: Round) -> Rule:
    """Return a rule on the first list of topics or the second."""
    return TopicWishes(
        **_soft_or_hard(rng, 0.3), attribute=rng.choice(("topics", "more_topics")), who=who(rng)
    )


def target_size(rng: Random, round_: Round) -> Rule:
    """Return a rule on a size of 1 to 4, or the shape's."""
    own = round_.shape.target_students is None or rng.random() < 0.7
    return TargetSize(**_soft_or_hard(rng, 0.3), target=rng.randint(1, 4) if own else None)


def met_before(rng: Random, round_: Round) -> Rule:
    """Return earlier groups, in some of which is somebody who has left."""
    earlier = _sets(rng, round_, 1)
    if rng.random() < 0.3:
        earlier = tuple((*group, "long gone") for group in earlier)
    return MetBefore(**_soft_or_hard(rng, 0.4), rounds=earlier)


def _traits(rng: Random, round_: Round) -> dict[str, Any]:
    """Return somebody and at least one trait of their groups."""
    ids = _ids(round_)
    person = rng.choice(ids)
    others = sorted(set(ids) - {person})
    possible: dict[str, Any] = {
        "slot": rng.choice(list(round_.slot)),
        "language": rng.choice(round_.languages),
        "mode": rng.choice(MODES),
    }
    if round_.topics:
        possible["topic"] = rng.choice(round_.topics)
    if others:
        possible["with_people"] = tuple(rng.sample(others, rng.randint(1, min(2, len(others)))))
    stated = rng.sample(sorted(possible), rng.randint(1, 2))
    return {"person": person, **{trait: possible[trait] for trait in stated}}


def pin(rng: Random, round_: Round) -> Rule:
    """Return a place with a trait or two, or just any place."""
    traits = _traits(rng, round_)
    if rng.random() < 0.3:
        traits = {"person": traits["person"]}
    return Pin(**_soft_or_hard(rng, 0.4), **traits)


def ban(rng: Random, round_: Round) -> Rule:
    """Return one trait or two that are ruled out."""
    return Ban(**_soft_or_hard(rng, 0.6), **_traits(rng, round_))


def place_order(rng: Random, round_: Round) -> Rule:
    """Return an order of any kind, mostly soft."""
    return PlaceOrder(
        **_soft_or_hard(rng, 0.1),
        by=rng.choice(("first_come", "lottery", "left_out_before")),
        seed=rng.randint(0, 9),
        attribute=rng.choice(("left_out_before", "waited")),
    )


def fair_share(rng: Random, round_: Round) -> Rule:
    """Return a rule on shares by an attribute that somebody has, mostly soft."""
    return FairShare(**_soft_or_hard(rng, 0.1), attribute=attribute(rng, round_))


def place_class(rng: Random, round_: Round) -> Rule:
    """Return a rule on one of the classes."""
    return PlaceClass(**_soft_or_hard(rng, 0.2), priority=rng.randint(1, 4))


def _earlier(rng: Random, round_: Round) -> dict[str, Any]:
    """Return up to three earlier groups, of which somebody and a slot may be gone."""
    slots = [*(slot.id for slot in round_.slots), "sun-03"]
    ids = [student.id for student in round_.students]
    mentors = [mentor.id for mentor in round_.mentors]
    groups = tuple(
        EarlierGroup(
            students=(*rng.sample(ids, min(len(ids), rng.randint(0, 4))), "left"),
            mentors=tuple(rng.sample([*mentors, "gone"], rng.randint(0, min(2, len(mentors) + 1)))),
            slot=rng.choice(slots),
        )
        for _ in range(rng.randint(0, 3))
    )
    everybody = _ids(round_)
    people = None
    if rng.random() < 0.3:
        people = tuple(rng.sample(everybody, min(len(everybody), rng.randint(0, 3))))
    return {"groups": groups, "people": people}


def keep_time(rng: Random, round_: Round) -> Rule:
    """Return a rule on earlier times."""
    return KeepTime(**_soft_or_hard(rng, 0.3), **_earlier(rng, round_))


def keep_mentors(rng: Random, round_: Round) -> Rule:
    """Return a rule on earlier mentors."""
    return KeepMentors(**_soft_or_hard(rng, 0.3), **_earlier(rng, round_))


def keep_companions(rng: Random, round_: Round) -> Rule:
    """Return a rule on earlier companions."""
    return KeepCompanions(**_soft_or_hard(rng, 0.3), **_earlier(rng, round_))


def stay(rng: Random, round_: Round) -> Rule:
    """Return a rule on staying in a group."""
    return Stay(**_soft_or_hard(rng, 0.3), **_earlier(rng, round_))


def place_people(rng: Random, round_: Round) -> Rule:
    """Return a rule on up to three people and one who is gone."""
    ids = _ids(round_)
    people = (*rng.sample(ids, min(len(ids), rng.randint(0, 3))), "gone")
    because = rng.choice(("stated", "had_a_group", "newcomers"))
    return PlacePeople(**_soft_or_hard(rng, 0.3), people=people, because=because)


WISHES: Mapping[str, Maker] = {
    "sum_cap": sum_cap,
    "balance": balance,
    "keep_range": keep_range,
    "keep_together": keep_together,
    "wish_together": wish_together,
    "wish_apart": wish_apart,
    "affinity": affinity,
    "mentor_alone": mentor_alone,
    "slot_wishes": slot_wishes,
    "topic_wishes": topic_wishes,
    "target_size": target_size,
    "met_before": met_before,
    "pin": pin,
    "ban": ban,
    "place_order": place_order,
    "fair_share": fair_share,
    "place_class": place_class,
    "place_people": place_people,
    "keep_time": keep_time,
    "keep_mentors": keep_mentors,
    "keep_companions": keep_companions,
    "stay": stay,
}
