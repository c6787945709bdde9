"""A rule of each kind as somebody would state it, for rounds of these families."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from mentormatch import Problem
from mentormatch.rules import (
    Affinity,
    AtLeast,
    AtMost,
    Balance,
    Ban,
    Cluster,
    CommonLanguage,
    CommonMode,
    CommonSlot,
    FairShare,
    GroupSize,
    KeepApart,
    KeepApartAffiliation,
    KeepCompanions,
    KeepMentors,
    KeepRange,
    KeepTime,
    KeepTogether,
    MentorAlone,
    MentorGroups,
    MentorLanguage,
    MentorLoad,
    MentorsFirstCome,
    MentorsFromElsewhere,
    MentorsPerGroup,
    MetBefore,
    Mix,
    NativeSpeakers,
    NobodyAlone,
    Pin,
    PlaceClass,
    PlaceEveryone,
    PlaceOrder,
    PlacePeople,
    PreferredLanguage,
    PreferYes,
    Rule,
    SecondLanguage,
    SlotWishes,
    Stay,
    SumCap,
    TargetSize,
    TopicWishes,
    WishApart,
    WishTogether,
)

Maker = Callable[[Random, Problem], Rule]
"""Makes a rule for a round, drawing people where the rule names some."""


def ids_of(problem: Problem) -> list[str]:
    """Return the ids of the students."""
    return [student.id for student in problem.students]


def pairs(rng: Random, problem: Problem, share: float) -> tuple[tuple[str, str], ...]:
    """Draw for a share of the students somebody else of them."""
    ids = ids_of(problem)
    chosen = rng.sample(ids, round(share * len(ids)))
    return tuple((one, other) for one in chosen if (other := rng.choice(ids)) != one)


def sets(rng: Random, ids: Sequence[str], share: float, size: int) -> tuple[tuple[str, ...], ...]:
    """Draw sets of one size that share nobody, from a share of the people."""
    chosen = rng.sample(list(ids), round(share * len(ids)))
    return tuple(
        tuple(chosen[first : first + size]) for first in range(0, len(chosen) - size + 1, size)
    )


def met_before(rng: Random, problem: Problem, rounds: int = 1) -> MetBefore:
    """Return earlier rounds of six people a group, in which most of the students were."""
    ids = ids_of(problem)
    earlier = [group for _ in range(rounds) for group in sets(rng, ids, 0.6, 6)]
    return MetBefore(rounds=tuple(earlier))


def _one(kind: type[Rule], **fields: Any) -> Maker:
    """Return a maker of the same rule for every round."""
    return lambda _rng, _problem: kind.model_validate(fields)


def _mentors(rng: Random, problem: Problem, share: float) -> tuple[str, ...]:
    ids = [mentor.id for mentor in problem.mentors]
    return tuple(rng.sample(ids, max(1, round(share * len(ids))) if ids else 0))


def _slot_of(rng: Random, problem: Problem) -> dict[str, Any]:
    """Draw a student and a slot to which they said yes."""
    student = rng.choice(problem.students)
    yes = sorted(slot for slot, said in (student.availability or {}).items() if said == "yes")
    return {"person": student.id, "slot": rng.choice(yes or [problem.slots[0].id])}


def _published(rng: Random, problem: Problem) -> list[dict[str, Any]]:
    """Draw groups of an earlier round: six students of today's, two mentors, a slot of today's."""
    mentors = [mentor.id for mentor in problem.mentors]
    return [
        {
            "students": students,
            "mentors": rng.sample(mentors, min(2, len(mentors))),
            "slot": rng.choice(problem.slots).id,
        }
        for students in sets(rng, ids_of(problem), 0.6, 6)
    ]


def _staying(kind: type[Rule], tier: int) -> Maker:
    """Return a maker of a rule on groups that were published."""
    return lambda rng, problem: kind.model_validate(
        {"groups": _published(rng, problem), "tier": tier}
    )


MAKERS: Mapping[str, Maker] = {
    "group_size": _one(GroupSize),
    "mentors_per_group": _one(MentorsPerGroup, tier=2),
    "common_slot": _one(CommonSlot),
    "common_language": _one(CommonLanguage, level="C1"),
    "common_mode": _one(CommonMode),
    "place_everyone": _one(PlaceEveryone),
    "place_class": _one(PlaceClass, tier=2, priority=2),
    "place_order": _one(PlaceOrder, by="lottery", seed=7),
    "fair_share": _one(FairShare),
    "keep_apart": lambda rng, problem: KeepApart(sets=sets(rng, ids_of(problem), 0.6, 3)),
    "keep_apart_affiliation": _one(KeepApartAffiliation),
    "keep_together": lambda rng, problem: KeepTogether(sets=sets(rng, ids_of(problem), 0.1, 2)),
    "met_before": met_before,
    "wish_together": lambda rng, problem: WishTogether(wishes=pairs(rng, problem, 0.3)),
    "wish_apart": lambda rng, problem: WishApart(wishes=pairs(rng, problem, 0.5)),
    "affinity": lambda rng, problem: Affinity(
        scores=tuple((*pair, rng.randint(1, 9)) for pair in pairs(rng, problem, 0.9))
    ),
    "mix": _one(Mix),
    "cluster": _one(Cluster, attribute="stage"),
    "at_most": _one(AtMost, most=2),
    "at_least": _one(AtLeast, attribute="stage", values=("finishing",), tier=2),
    "nobody_alone": _one(NobodyAlone),
    "sum_cap": _one(SumCap, attribute="credits", most=70),
    "balance": _one(Balance, attribute="credits"),
    "keep_range": _one(KeepRange, attribute="year", within=3),
    "target_size": _one(TargetSize),
    "prefer_yes": _one(PreferYes),
    "slot_wishes": _one(SlotWishes),
    "topic_wishes": _one(TopicWishes),
    "preferred_language": _one(PreferredLanguage),
    "second_language": _one(SecondLanguage, language="en", tier=2),
    "mentor_language": _one(MentorLanguage, tier=2),
    "native_speakers": _one(NativeSpeakers),
    "mentors_from_elsewhere": _one(MentorsFromElsewhere, tier=2),
    "mentor_load": _one(MentorLoad),
    "mentor_groups": lambda rng, problem: MentorGroups(
        mentors=_mentors(rng, problem, 0.3), least=1, tier=2
    ),
    "mentors_first_come": _one(MentorsFirstCome),
    "mentor_alone": lambda rng, problem: MentorAlone(mentors=_mentors(rng, problem, 0.3)),
    "pin": lambda rng, problem: Pin(tier=2, **_slot_of(rng, problem)),
    "ban": lambda rng, problem: Ban(tier=2, **_slot_of(rng, problem)),
    "stay": _staying(Stay, 2),
    "keep_time": _staying(KeepTime, 2),
    "keep_mentors": _staying(KeepMentors, 2),
    "keep_companions": _staying(KeepCompanions, 3),
    "place_people": lambda rng, problem: PlacePeople(
        tier=2, people=tuple(rng.sample(ids_of(problem), len(problem.students) // 3))
    ),
}
"""A maker for each kind of rule in the catalogue."""

FRAME = ("group_size", "common_slot", "place_everyone")
"""What a mixture leaves as it comes by itself."""


def mixture(rng: Random, problem: Problem, count: int) -> tuple[Rule, ...]:
    """Draw so many rules of different kinds, in tiers 2 to 6."""
    drawn = []
    for kind in rng.sample([kind for kind in MAKERS if kind not in FRAME], count):
        rule = MAKERS[kind](rng, problem)
        fields = {name: getattr(rule, name) for name in type(rule).model_fields}
        drawn.append(type(rule).model_validate({**fields, "tier": rng.randint(2, 6)}))
    return tuple(drawn)
