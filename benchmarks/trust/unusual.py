"""Twists that make a small round unusual: what people seldom ask for, and all of it allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from mentormatch.data.languages import LEVELS
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError

Document = dict[str, Any]


def unusual(rng: Random, problem: Problem) -> Problem:
    """Return the round with one to three twists, or as it was where they do not go together."""
    data = problem.model_dump(mode="json")
    for twist in rng.sample(TWISTS, rng.randint(1, 3)):
        twist(rng, data)
    try:
        return Problem.model_validate(data)
    except InputError:
        return problem


def dated_sessions(rng: Random, data: Document) -> None:
    """Let a slot be a list of dates, of which one can lie outside the term."""
    slot = rng.choice(data["slots"])
    first = date.fromisoformat(data["term"]["first_day"]) - timedelta(days=2)
    days = sorted(rng.sample(range(30), rng.randint(1, 6)))
    hour = rng.choice((12, 13, 22))
    slot["sessions"] = [f"{first + timedelta(days=day)}T{hour}:30:00Z" for day in days]
    slot["weekday"] = slot["start"] = None


def fortnightly(rng: Random, data: Document) -> None:
    """Let groups meet every second or third week."""
    data["term"].update(every_weeks=rng.choice((2, 2, 3)), attendance=None)
    data["term"]["meetings"] = min(2, data["term"]["meetings"])


def other_zone(rng: Random, data: Document) -> None:
    """State a slot in a zone where the clocks change on another day, or not at all."""
    zones = ("Europe/London", "America/New_York", "Asia/Tokyo", "UTC")
    rng.choice(data["slots"])["zone"] = rng.choice(zones)


def long_and_short_meetings(rng: Random, data: Document) -> None:
    """Let slots be five minutes or a whole day, so that many of them overlap or none."""
    for slot in data["slots"]:
        slot["minutes"] = rng.choice((5, 60, 1440))


def often_away(rng: Random, data: Document) -> None:
    """Let everybody be away on some days, and come to all meetings but one."""
    term = data["term"]
    term["meetings"] = max(2, term["meetings"])
    term["attendance"] = term["meetings"] - 1
    first = date.fromisoformat(term["first_day"])
    for person in (*data["students"], *data["mentors"]):
        days = rng.sample(range(28), rng.randint(0, 8))
        person["absences"] = [str(first + timedelta(days=day)) for day in sorted(days)]


def many_languages(rng: Random, data: Document) -> None:
    """Offer three languages, and insist on some of what can be asked of them."""
    data["languages"] = ["en", "fi", "sv-FI"]
    for person in (*data["students"], *data["mentors"]):
        spoken = rng.sample(("en", "fi", "sv", "sv-SE", "de"), rng.randint(1, 3))
        person["languages"] = {tag: rng.choice(LEVELS) for tag in spoken}
    spoken = sorted({tag for one in data["students"] for tag in one["languages"]})
    asked: list[Document] = [
        {"kind": "native_speakers", "most": rng.randint(0, 2)},
        {"kind": "second_language", "language": rng.choice(spoken), "level": rng.choice(LEVELS)},
        {"kind": "mentor_language", "level": rng.choice(LEVELS), "least": rng.randint(1, 2)},
    ]
    for rule in rng.sample(asked, rng.randint(1, 3)):
        data["rules"].append({**rule, "tier": rng.choice(("hard", "hard", 2, 3))})


def busy_mentors(rng: Random, data: Document) -> None:
    """Give mentors two groups or three each, and groups up to three mentors."""
    data["shape"]["mentors"] = rng.choice((1, 2, min(3, len(data["mentors"]))))
    for mentor in data["mentors"]:
        mentor["capacity"] = rng.choice((2, 2, 3))


def one_room(_: Random, data: Document) -> None:
    """Let each slot hold one group, and mentors lead many."""
    for slot in data["slots"]:
        slot["max_groups"] = 1
    for mentor in data["mentors"]:
        mentor["capacity"] = len(data["slots"])


def pins_at_odds(rng: Random, data: Document) -> None:
    """Pin somebody to two places, or to somebody whom they are kept apart from."""
    everybody = [person["id"] for person in (*data["students"], *data["mentors"])]
    person = rng.choice(everybody)
    for _ in range(2):
        pin = {"kind": "pin", "person": person, "tier": rng.choice(("hard", 1, 2))}
        pin["slot"] = rng.choice(data["slots"])["id"]
        data["rules"].append(pin)
    if len(everybody) > 1:
        other = rng.choice([one for one in everybody if one != person])
        tier = rng.choice(("hard", 2))
        data["rules"] += [
            {"kind": "pin", "person": person, "with_people": [other], "tier": tier},
            {"kind": "keep_apart", "sets": [[person, other]], "tier": "hard"},
        ]


def nobody_left_out(_: Random, data: Document) -> None:
    """Insist on a place for everybody, so that many rounds have no matching."""
    data["rules"] = [rule for rule in data["rules"] if rule["kind"] != "place_everyone"]
    data["rules"].append({"kind": "place_everyone", "tier": "hard"})


def aimed_sizes(rng: Random, data: Document) -> None:
    """Aim at a size within the limits."""
    shape = data["shape"]
    shape["target_students"] = rng.randint(shape["min_students"], shape["max_students"])
    data["rules"].append({"kind": "target_size", "tier": rng.choice(("hard", 1, 2, 3))})


def large_weights(rng: Random, data: Document) -> None:
    """Weigh soft rules with numbers that have nothing in common, in one tier."""
    for rule in data["rules"]:
        if rule["tier"] not in ("hard", "off"):
            rule.update(weight=rng.choice((1, 7, 997, 1000)), tier=2)


def a_tier_each(rng: Random, data: Document) -> None:
    """Give every soft rule a tier of its own, in an order drawn by lot."""
    soft = [rule for rule in data["rules"] if rule["tier"] not in ("hard", "off")]
    for rule, tier in zip(soft, rng.sample(range(1, 10), min(9, len(soft))), strict=False):
        rule["tier"] = tier


TWISTS: list[Callable[[Random, Document], None]] = [
    dated_sessions,
    fortnightly,
    other_zone,
    long_and_short_meetings,
    often_away,
    many_languages,
    busy_mentors,
    one_room,
    pins_at_odds,
    nobody_left_out,
    aimed_sizes,
    large_weights,
    a_tier_each,
]
