"""Random rounds small enough to try every matching, with random mixtures of all rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any

from mentormatch.calendar import Slot, Term
from mentormatch.people import Mentor, Student, WeeklyHours
from mentormatch.problem import Problem
from mentormatch.rounds import GroupShape
from mentormatch.rules import (
    RULES,
    AtMost,
    CommonLanguage,
    KeepApart,
    KeepApartAffiliation,
    Mix,
    PlaceEveryone,
    PreferYes,
    Rule,
)
from mentormatch.rules.base import Tier

FIRST_DAY = date(2026, 10, 19)
"""A Monday; the clocks of Helsinki go back on the Sunday after."""

TIMES = {
    "tue-15": (2, 15),
    "tue-16": (2, 16),
    "wed-10": (3, 10),
    "wed-11": (3, 11),
    "fri-9": (5, 9),
}
"""Slots of two hours: Tuesday's two overlap, and so do Wednesday's."""


@dataclass(frozen=True)
class Names:
    """Whom and what rules can name."""

    students: tuple[str, ...]
    mentors: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody."""
        return (*self.students, *self.mentors)


Builder = Callable[[Random, Names], dict[str, Any]]
"""Draws the fields of a rule besides tier and weight."""

ATTRIBUTES = ("department", "stage", "mode", "supervisor")
WHO = ("students", "mentors", "everybody")


def _keep_apart(rng: Random, names: Names) -> dict[str, Any]:
    sizes = [rng.choice((2, 2, 3)) for _ in range(rng.randint(1, 3))]
    return {"sets": tuple(tuple(rng.sample(names.people, size)) for size in sizes)}


BUILDERS: Mapping[type[Rule], Builder] = {
    CommonLanguage: lambda rng, _: {"level": rng.choice(("A2", "B2", "C1"))},
    KeepApart: _keep_apart,
    KeepApartAffiliation: lambda rng, _: {
        "between": rng.choice(("everybody", "students", "students_and_mentors"))
    },
    Mix: lambda rng, _: {"attribute": rng.choice(ATTRIBUTES), "who": rng.choice(WHO)},
    AtMost: lambda rng, _: {
        "attribute": rng.choice(ATTRIBUTES),
        "most": rng.choice((0, 1, 1, 2)),
        "who": rng.choice(WHO),
    },
    PreferYes: lambda rng, _: {"who": rng.choice(WHO)},
}
"""How to draw each rule that has more than its defaults; the others need no entry."""


def tiny(seed: int) -> Problem:
    """Return a random round of 3 to 8 students, 0 to 4 mentors and 1 to 4 slots.

    The same seed gives the same round. Rules are hard, soft or off, the foundations included.
    """
    rng = Random(seed)
    slots = rng.sample(sorted(TIMES), rng.randint(1, 4))
    names = Names(
        tuple(f"s{number}" for number in range(1, rng.randint(3, 8) + 1)),
        tuple(f"m{number}" for number in range(1, rng.choice((0, 1, 2, 2, 3, 3, 4)) + 1)),
    )
    least = rng.randint(1, 3)
    languages = rng.choice((("en",), ("en",), ("en", "fi")))
    weeks = rng.choice((2, 2, 2, 3))
    return Problem(
        students=tuple(
            Student(priority=rng.choice((1, 1, 1, 2, 5)), **_person(rng, name, slots, names))
            for name in names.students
        ),
        mentors=tuple(
            Mentor(capacity=rng.choice((1, 1, 2)), **_person(rng, name, slots, names))
            for name in names.mentors
        ),
        slots=tuple(_slot(rng, name) for name in slots),
        term=Term(
            first_day=FIRST_DAY,
            last_day=FIRST_DAY + timedelta(weeks=weeks, days=-1),
            meetings=2,
            attendance=rng.choice((None, None, None, 1)),
        ),
        shape=GroupShape(
            min_students=least,
            max_students=rng.randint(max(least, 2), 4),
            mentors=rng.choice((0, 1, 1, 2)),
        ),
        languages=languages,
        missing_availability=rng.choice(("leave_out", "leave_out", "any_slot")),
        rules=random_rules(rng, names),
    )


def random_rules(rng: Random, names: Names) -> tuple[Rule, ...]:
    """Draw a mixture of all kinds of rules, foundations at most once."""
    rules = []
    for rule in RULES:
        copies = rng.random() < 0.25 if rule.foundation else rng.choice((0, 0, 1, 1, 2))
        rules += [random_rule(rng, rule, names) for _ in range(copies)]
    rng.shuffle(rules)
    return tuple(rules)


def random_rule(rng: Random, rule: type[Rule], names: Names) -> Rule:
    """Draw a rule of one kind with its fields, a tier and a weight."""
    tiers: tuple[Tier, ...] = ("hard", 1, 2, 2, 3, 4, "off")
    if rule is PlaceEveryone:
        tiers = ("hard", 1, 1, 2, 3, "off")
    draw = BUILDERS.get(rule)
    return rule(
        tier=rng.choice(tiers),
        weight=rng.choice((1, 1, 2, 7)),
        **(draw(rng, names) if draw else {}),
    )


def _person(rng: Random, name: str, slots: list[str], names: Names) -> dict[str, Any]:
    answers = {slot: rng.choice(("yes", "yes", "yes", "if_need_be", "no")) for slot in slots}
    when: dict[str, Any] = {"availability": answers}
    if rng.random() < 0.1:
        when = {"hours": (_hours(rng),), "zone": rng.choice((None, "Asia/Dubai"))}
    elif rng.random() < 0.05:
        when = {}
    # A mentor of the round may be somebody's supervisor. The first student has one, so that a
    # rule can ask for supervisors.
    number = rng.choice((0, 1, 1, 2)) or int(name == names.students[0])
    supervisors = rng.sample(("sup-1", "sup-2", "sup-3", "sup-4", *names.mentors), number)
    return {
        **when,
        "id": name,
        "department": rng.choice(("A", "A", "B", "C", None)),
        "languages": rng.choice(
            (
                {"en": "C1"},
                {"en": "C1"},
                {"en": "B2"},
                {"en": "B2", "fi": "native"},
                {"en": "A2", "fi": "C1"},
            )
        ),
        "absences": (FIRST_DAY + timedelta(rng.randint(0, 20)),) if rng.random() < 0.1 else (),
        "mode": rng.choice(("either", "either", "either", "campus", "online")),
        "affiliations": {"supervisor": tuple(supervisors)} if supervisors else {},
        "attributes": {"stage": rng.choice(("starting", "midway"))},
    }


def _hours(rng: Random) -> WeeklyHours:
    start = rng.choice((14, 15, 16))
    return WeeklyHours(
        weekday=2, start=time(start), end=time(start + 4), answer=rng.choice(("yes", "if_need_be"))
    )


def _slot(rng: Random, name: str) -> Slot:
    weekday, hour = TIMES[name]
    return Slot(
        id=name,
        weekday=weekday,
        start=time(hour),
        max_groups=rng.choice((None, None, None, 1, 2)),
        modes=rng.choice((("campus", "online"), ("campus", "online"), ("campus",), ("online",))),
    )
