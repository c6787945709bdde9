"""Students, mentors and slots drawn as knobs say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

import numpy as np

from benchmarks.families.draws import Draws, Places, falling
from benchmarks.families.knobs import Knobs
from mentormatch import GroupShape, Mentor, Problem, Slot, Student, Term
from mentormatch.rules import Rule, exactly

TAGS = ("en", "fi", "sv", "de", "fr")
STAGES = ("starting", "midway", "finishing")
TRACKS = ("theory", "practice")
TOPICS = ("writing", "careers", "funding", "wellbeing", "teaching", "leadership")
MODES = ("either", "campus", "online")
LEVELS = ("native", "C2", "C1", "B2")
OPENS = datetime(2026, 8, 3, 8, tzinfo=UTC)
"""When the first person could sign up."""

Kind = Literal["student", "mentor"]


def made_round(name: str, knobs: Knobs, students: int, seed: int) -> Problem:
    """Return a round with no rules beyond the foundations; the name is part of the seed."""
    low, high = knobs.sizes
    return Problem(
        students=tuple(
            Student(**fields) for fields in _people(name, knobs, students, seed, "student")
        ),
        mentors=tuple(
            Mentor(**fields)
            for fields in _people(name, knobs, knobs.mentors_for(students), seed, "mentor")
        ),
        slots=slots(knobs),
        term=Term(first_day=date(2026, 9, 7), last_day=date(2026, 10, 18), meetings=6),
        shape=GroupShape(
            min_students=low,
            max_students=high,
            target_students=(low + high + 1) // 2,
            mentors=knobs.mentors,
        ),
        languages=TAGS[: knobs.languages],
        topics=TOPICS[: knobs.topics],
        rules=exactly(foundations=True),
    )


def with_rules(problem: Problem, *rules: Rule) -> Problem:
    """Return a round with these rules and the foundations instead of its own rules."""
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem(**{**fields, "rules": exactly(*rules, foundations=True)})


def slots(knobs: Knobs) -> tuple[Slot, ...]:
    """Return weekly times, spread over the days of a week before any day fills."""
    # Twelve hours of five days, first those that lie in the middle of a day.
    hours = sorted(range(8, 20), key=lambda hour: abs(hour - 13))
    week = [(weekday, hour) for hour in hours for weekday in range(1, 6)]
    return tuple(
        Slot(id=f"t{weekday}-{hour:02d}", weekday=weekday, start=time(hour), minutes=knobs.minutes)
        for weekday, hour in sorted(week[: knobs.slots])
    )


def _people(name: str, knobs: Knobs, count: int, seed: int, kind: Kind) -> list[dict[str, Any]]:
    """Return the fields of so many people."""

    def drawing(trait: str) -> Draws:
        return Draws(seed, name, kind, trait)

    departments = drawing("department").pick(
        count, falling(knobs.departments, knobs.department_skew)
    )
    traits: dict[str, list[Any]] = {
        "department": [f"d{place + 1:02d}" for place in departments.tolist()],
        "languages": _languages(drawing("languages"), knobs, count),
        "availability": _answers(drawing("times"), knobs, count, kind),
        "affiliations": _affiliations(drawing("supervisor"), knobs, departments),
        "attributes": _attributes(drawing("attributes"), knobs, departments),
        "signed_up": [
            OPENS + timedelta(minutes=int(minute))
            for minute in drawing("sign-up").whole(count, 0, 20_000)
        ],
    }
    if knobs.modes:
        modes = drawing("mode").pick(count, np.array([0.6, 0.25, 0.15]))
        traits["mode"] = [MODES[place] for place in modes.tolist()]
    if kind == "mentor":
        loads = drawing("capacity").pick(count, np.array(knobs.capacity))
        traits["capacity"] = [load + 1 for load in loads.tolist()]
    elif knobs.priorities:
        ranks = drawing("priority").pick(count, np.array([0.7, 0.2, 0.1]))
        traits["priority"] = [rank + 1 for rank in ranks.tolist()]
    rows = zip(*traits.values(), strict=True)
    return [
        {"id": f"{kind[0]}{number:06d}", **dict(zip(traits, row, strict=True))}
        for number, row in enumerate(rows, 1)
    ]


def _languages(draws: Draws, knobs: Knobs, count: int) -> list[dict[str, str]]:
    """Draw one to three of the languages for each, the first ones oftener, with levels."""
    most = min(3, knobs.languages)
    known = draws.several(falling(knobs.languages, 0.8), draws.whole(count, 1, most))
    levels = draws.pick(count * knobs.languages, np.array([0.35, 0.2, 0.25, 0.2]))
    table = levels.reshape(count, knobs.languages).tolist()
    return [
        {TAGS[place]: LEVELS[row[place]] for place, used in enumerate(uses) if used}
        for uses, row in zip(known.tolist(), table, strict=True)
    ]


def _answers(draws: Draws, knobs: Knobs, count: int, kind: Kind) -> list[dict[str, str]]:
    """Draw which slots each offers, and which of these only if need be."""
    names = [slot.id for slot in slots(knobs)]
    # The order of popularity has nothing to do with that of the week.
    popular = falling(len(names), knobs.slot_skew)[Draws(knobs.slots, "popular").order(len(names))]
    low, high = knobs.offered if kind == "student" else knobs.mentors_offered
    wanted = np.minimum(draws.whole(count, low, high), len(names))
    offered = draws.several(popular, wanted)
    second = draws.uniform(*offered.shape) < knobs.if_need_be
    return [
        {names[place]: "if_need_be" if unsure[place] else "yes" for place in np.flatnonzero(row)}
        for row, unsure in zip(offered, second, strict=True)
    ]


def _affiliations(draws: Draws, knobs: Knobs, departments: Places) -> list[dict[str, tuple[str]]]:
    """Draw a supervisor of the own department for each, so that one has a few people."""
    if not knobs.supervised:
        return [{} for _ in departments]
    # Mentors have one of the students' supervisors: there is one for some of each department.
    each = np.maximum(1, np.bincount(departments, minlength=1) // knobs.supervised)
    which = (draws.uniform(len(departments)) * each[departments]).astype(np.int64)
    return [
        {"supervisor": (f"p{department + 1:02d}-{number + 1:04d}",)}
        for department, number in zip(departments.tolist(), which.tolist(), strict=True)
    ]


def _attributes(draws: Draws, knobs: Knobs, departments: Places) -> list[dict[str, Any]]:
    """Draw words, whole numbers, flags and lists of wishes, of which rules can speak."""
    count = len(departments)
    stages = draws.pick(count, np.array([0.45, 0.35, 0.2]))
    tracks = draws.pick(count, np.array([0.7, 0.3]))
    credits_ = draws.whole(count, 0, 20)
    before = draws.uniform(count) < 0.15
    years = 1 + 2 * stages + draws.whole(count, 0, 1)
    slot_order = np.argsort(draws.uniform(count, knobs.slots), axis=1)[:, :3]
    tags = draws.whole(count, 0, knobs.languages - 1)
    topics = np.argsort(draws.uniform(count, max(1, knobs.topics)), axis=1)[:, :3]
    names = [slot.id for slot in slots(knobs)]
    return [
        {
            "school": f"school {departments[row] % 4 + 1}",
            "stage": STAGES[stages[row]],
            "track": TRACKS[tracks[row]],
            "year": int(years[row]),
            "credits": int(credits_[row]),
            "left_out_before": bool(before[row]),
            "slot_wishes": tuple(names[place] for place in slot_order[row]),
            "preferred_language": TAGS[tags[row]],
            **({"topics": tuple(TOPICS[at] for at in topics[row])} if knobs.topics else {}),
        }
        for row in range(count)
    ]
