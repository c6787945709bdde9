"""The families by name: what their rounds are like, and what is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from benchmarks.families.course import course_teams
from benchmarks.families.knobs import Knobs
from benchmarks.families.people import made_round, with_rules
from benchmarks.families.rules import MAKERS, met_before, mixture, pairs, sets
from benchmarks.ten_rules import round_of_ten_rules
from mentormatch import Problem
from mentormatch.rules import (
    AtLeast,
    AtMost,
    Balance,
    Cluster,
    FairShare,
    KeepApartAffiliation,
    KeepRange,
    KeepTogether,
    MentorGroups,
    MentorLoad,
    MentorsFirstCome,
    MentorsFromElsewhere,
    Mix,
    NativeSpeakers,
    NobodyAlone,
    PlaceClass,
    PlaceEveryone,
    PlaceOrder,
    PreferredLanguage,
    PreferYes,
    Rule,
    SlotWishes,
    SumCap,
    TargetSize,
    TopicWishes,
    WishApart,
    WishTogether,
    standard_rules,
)

SIZES = (40, 120, 300, 1_000, 5_000, 20_000, 100_000)


@dataclass(frozen=True)
class Family:
    """Rounds of one make.

    Attributes
    ----------
    name
        By which the command and the tables know it.
    about
        What it is like, in a line.
    make
        Makes a round of so many students from a seed.
    most
        Largest size that has sense.
    """

    name: str
    about: str
    make: Callable[[int, int], Problem]
    most: int = SIZES[-1]


Rules = Callable[[Random, Problem], tuple[Rule, ...]]


def _standard(_rng: Random, _problem: Problem) -> tuple[Rule, ...]:
    return standard_rules()


def _family(
    name: str, about: str, knobs: Knobs, rules: Rules = _standard, most: int = SIZES[-1]
) -> Family:
    def make(students: int, seed: int) -> Problem:
        bare = made_round(name, knobs, students, seed)
        return with_rules(bare, *rules(Random(f"{name} {seed}"), bare))

    return Family(name, about, make, most)


def _alone(kind: str) -> Family:
    """Return the family of one rule with the foundations only, on rounds with some of all."""
    knobs = Knobs(
        capacity=(2.0, 1.0),
        enough=1.1,
        languages=2,
        modes=True,
        topics=3 if kind == "topic_wishes" else 0,
        priorities=True,
    )
    about = f"the rule {kind} with the foundations only"
    return _family(
        f"alone.{kind}", about, knobs, lambda rng, problem: (MAKERS[kind](rng, problem),), 1_000
    )


TWO_GROUPS = (2.0, 1.0)
"""A third of the mentors can lead two groups."""

VARIED = Knobs(slots=30, languages=2, modes=True, offered=(2, 6))
"""120 templates, of which each can be in few, so that departments cannot all be mixed."""

FAMILIES: tuple[Family, ...] = (
    _family(
        "capacity_scarce",
        "a third of the mentors can lead two groups, mentors scarce",
        replace(VARIED, capacity=TWO_GROUPS, enough=0.8),
    ),
    _family(
        "capacity_enough",
        "a third of the mentors can lead two groups, 12 departments of skewed size",
        replace(VARIED, capacity=TWO_GROUPS, department_skew=1.0),
    ),
    _family("twelve", "12 departments alike, one group a mentor, mentors enough", VARIED),
    _family(
        "twelve_scarce",
        "12 departments alike, one group a mentor, mentors scarce",
        replace(VARIED, enough=0.8),
    ),
    _family(
        "nobody_alone",
        "nobody alone of 12 departments in tier 2",
        Knobs(),
        lambda _rng, _problem: (*standard_rules(), NobodyAlone()),
    ),
    _family(
        "mixes_and_means",
        "departments and stages mixed, even means of a number",
        Knobs(),
        lambda _rng, _problem: (
            KeepApartAffiliation(),
            PreferYes(tier=3),
            Mix(tier=4),
            Mix(tier=5, attribute="stage"),
            Balance(tier=6, attribute="credits"),
        ),
    ),
    Family("ten_rules", "ten rules in five tiers", round_of_ten_rules, 5_000),
    Family("course_teams", "teams of five, no times, ten tiers", course_teams, 1_000),
    _family(
        "peers",
        "no mentors, groups of 3 to 5, 20 times, skewed departments",
        Knobs(mentors=0, sizes=(3, 5), department_skew=1.2, supervised=0),
        lambda _rng, _problem: (Mix(), PreferYes()),
    ),
    _family(
        "three_mentors",
        "three mentors of capacity 1 to 3 for 8 to 15 students",
        Knobs(mentors=3, capacity=(2.0, 1.0, 1.0), sizes=(8, 15), slots=12, offered=(2, 6)),
        lambda _rng, _problem: (*standard_rules(), MentorLoad(), MentorsFirstCome()),
    ),
    _family(
        "five_languages",
        "groups in five languages, on campus or online",
        Knobs(languages=5, modes=True, mentors=1),
        lambda _rng, _problem: (
            *standard_rules(),
            PreferredLanguage(tier=2),
            NativeSpeakers(tier=4),
        ),
    ),
    _family(
        "sixty_slots",
        "60 overlapping times of 90 minutes, of which each offers few; 3 departments",
        Knobs(slots=60, minutes=90, offered=(3, 12), mentors_offered=(5, 20), departments=3),
    ),
    _family(
        "five_slots",
        "5 times, 40 skewed departments, mentors in plenty with up to three groups",
        Knobs(
            slots=5,
            offered=(1, 4),
            mentors_offered=(2, 5),
            departments=40,
            department_skew=1.0,
            capacity=(1.0, 1.0, 1.0),
            enough=2.5,
        ),
    ),
    _family(
        "history",
        "few who met in two earlier rounds, and wishes not to meet",
        Knobs(mentors=1),
        lambda rng, problem: (
            KeepApartAffiliation(),
            met_before(rng, problem, 2),
            WishApart(tier=3, wishes=pairs(rng, problem, 0.3)),
            Mix(tier=4),
        ),
        20_000,
    ),
    _family(
        "wishes",
        "people and times wished for, and some who belong together",
        Knobs(mentors=1, enough=1.6),
        lambda rng, problem: (
            KeepTogether(sets=sets(rng, [one.id for one in problem.students], 0.1, 2)),
            WishTogether(tier=2, wishes=pairs(rng, problem, 0.4)),
            SlotWishes(tier=3),
            Mix(tier=4),
        ),
        20_000,
    ),
    _family(
        "threes",
        "groups of exactly three, one mentor with up to three groups, two topics",
        Knobs(
            mentors=1, sizes=(3, 3), capacity=(1.0, 1.0, 1.0), enough=1.1, topics=2, departments=5
        ),
        lambda _rng, _problem: (*standard_rules(), TopicWishes(tier=2)),
    ),
    _family(
        "fair_places",
        "half of the students left out: classes, fair shares and an order",
        Knobs(enough=0.5, priorities=True, department_skew=0.8),
        lambda _rng, _problem: (
            PlaceClass(tier=1, priority=3),
            PlaceEveryone(tier=2),
            FairShare(tier=3),
            PlaceOrder(tier=4),
            Mix(tier=5),
        ),
        20_000,
    ),
    _family(
        "mentor_wishes",
        "even loads, groups promised to mentors, none guides their own department",
        Knobs(capacity=(1.0, 1.0, 1.0), enough=1.5, departments=6),
        lambda rng, problem: (
            KeepApartAffiliation(),
            MentorsFromElsewhere(tier=2, most=1),
            MentorGroups(
                tier=3,
                least=1,
                mentors=tuple(
                    sorted(rng.sample([m.id for m in problem.mentors], len(problem.mentors) // 3))
                ),
            ),
            MentorLoad(tier=4),
            PreferYes(tier=5),
        ),
        20_000,
    ),
    _family(
        "numbers",
        "sums within limits, near in years, even means, sizes near six",
        Knobs(mentors=1, departments=3),
        lambda _rng, _problem: (
            KeepRange(attribute="year", within=3),
            SumCap(tier=2, attribute="credits", least=40, most=70),
            TargetSize(tier=3, target=6),
            Balance(tier=4, attribute="credits"),
        ),
        5_000,
    ),
    _family(
        "kinds",
        "floors, ceilings and likeness of stages and tracks",
        Knobs(departments=8, department_skew=0.5),
        lambda _rng, _problem: (
            AtLeast(tier=2, attribute="stage", values=("finishing",)),
            AtMost(tier=2, attribute="department", most=2),
            NobodyAlone(tier=3, attribute="track"),
            Cluster(tier=4, attribute="stage"),
            PreferYes(tier=5),
        ),
    ),
    _family(
        "mixture",
        "six rules of any kinds in tiers 2 to 6, others with each seed",
        Knobs(capacity=TWO_GROUPS, languages=2, topics=2, priorities=True, modes=True),
        lambda rng, problem: mixture(rng, problem, 6),
        1_000,
    ),
)

ALONE: tuple[Family, ...] = tuple(_alone(kind) for kind in MAKERS)

BY_NAME: Mapping[str, Family] = {family.name: family for family in (*FAMILIES, *ALONE)}
