"""Random tiny problems with random mixtures of rules, small enough to try every matching."""

from __future__ import annotations

from random import Random

from mentormatch.data.problem import Problem
from mentormatch.data.round import Round
from mentormatch.rules.base import Rule
from tests.support.build import problem_of
from tests.support.random_rounds import random_round
from tests.support.random_rules import MAKERS

LATER = ("affinity",)
"""Kinds drawn apart, so that the seeds of tests draw what they drew before these were there."""
KINDS = [kind for kind in MAKERS if kind not in LATER]


def random_problem(
    seed: int | str,
    *,
    most_students: int = 8,
    most_mentors: int = 4,
    most_slots: int = 4,
    students: int | None = None,
) -> Problem:
    """Return a problem drawn from the seed, with foundations changed and other rules stated.

    Any kind of rule can be soft, hard or, where it is a foundation, off.
    """
    rng = Random(f"problem {seed}")
    round_ = random_round(
        rng,
        most_students=most_students,
        most_mentors=most_mentors,
        most_slots=most_slots,
        students=students,
        ease=rng.choice((0.5, 0.9, 1.0, 1.0)),
    )
    rules = _as_usual(rng, round_) if rng.random() < 0.6 else _mixed(rng, round_)
    return problem_of(round_, [*rules, *_later(seed, round_)])


def _later(seed: int | str, round_: Round) -> list[Rule]:
    rng = Random(f"later {seed}")
    kinds = [kind for kind in LATER if rng.random() < 0.1]
    made = [MAKERS[kind](rng, round_) for kind in kinds]
    return [rule if rule.tier == "hard" else _in_tier(rule, rng.randint(2, 4)) for rule in made]


def _mixed(rng: Random, round_: Round) -> list[Rule]:
    """Return rules of any kind, hard or in any tier; foundations can be soft or off."""
    rules = []
    for kind in rng.sample(KINDS, rng.randint(1, 6)):
        made = MAKERS[kind](rng, round_)
        if not made.foundation:
            rules += [made, *(MAKERS[kind](rng, round_) for _ in range(rng.choice((0, 0, 1))))]
        else:
            rules.append(_in_tier(made, "off") if rng.random() < 0.15 else made)
    return rules


def _as_usual(rng: Random, round_: Round) -> list[Rule]:
    """Return mostly soft rules below a place for everybody, so that tiers have to give way."""
    rules = []
    for kind in rng.sample(KINDS, rng.randint(2, 7)):
        made = MAKERS[kind](rng, round_)
        if not made.foundation:
            hard = made.tier == "hard" and rng.random() < 0.3
            rules.append(made if hard else _in_tier(made, rng.randint(2, 4)))
    return rules


def _in_tier(rule: Rule, tier: object) -> Rule:
    return type(rule).model_validate({**rule.model_dump(), "tier": tier})
