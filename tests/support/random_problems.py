"""Random tiny problems with random mixtures of rules, small enough to try every matching."""

from __future__ import annotations

from random import Random

from mentormatch.problem import Problem
from mentormatch.rules import RULES
from tests.support.random_rounds import random_round
from tests.support.random_rules import MAKERS


def random_problem(
    seed: int | str, *, most_students: int = 8, most_mentors: int = 4, most_slots: int = 4
) -> Problem:
    """Return a problem drawn from the seed, with foundations changed and other rules stated.

    Any kind of rule can be soft, hard or, where it is a foundation, off.
    """
    rng = Random(f"problem {seed}")
    around = random_round(
        rng,
        most_students=most_students,
        most_mentors=most_mentors,
        most_slots=most_slots,
        ease=rng.choice((0.4, 0.8, 0.9, 1.0)),
    )
    # The more rules are drawn, the fewer groups are left that keep them all.
    many = rng.choice((0.1, 0.2, 0.4))
    rules = []
    for rule in RULES:
        kind = str(rule.model_fields["kind"].default)
        if rule.foundation:
            if rng.random() < many:
                made = MAKERS[kind](rng, around)
                off = rng.random() < 0.15
                rules.append(type(made)(**{**made.model_dump(), "tier": "off"}) if off else made)
        else:
            rules += [
                MAKERS[kind](rng, around) for _ in range(sum(rng.random() < many for _ in range(2)))
            ]
    rng.shuffle(rules)
    return Problem(
        students=around.students,
        mentors=around.mentors,
        slots=around.slots,
        term=around.term,
        shape=around.shape,
        languages=around.languages,
        missing_availability=around.missing_availability,
        rules=tuple(rules),
    )
