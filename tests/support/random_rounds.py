"""Random small rounds with everything in them that rules look at, and groups in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from mentormatch.data.calendar import Slot
from mentormatch.data.languages import LEVELS
from mentormatch.data.people import MODES, Answer
from mentormatch.data.round import Round, Solution, SolutionGroup, Template
from tests.support.build import FIRST_DAY, mentor, round_, slot, student, term

SLOTS = ("mon-15", "tue-15", "tue-16", "wed-17")
"""Two of them overlap."""
OFFERED = ("en", "fi", "sv-FI")
SPOKEN = ("en", "en-GB", "fi", "sv", "sv-SE")
PROFESSORS = ("Prof. X", "Prof. Y")
SIGNED_UP = (
    None,
    "2026-09-01T12:00:00+03:00",
    "2026-09-01T09:00:00Z",
    "2026-09-01T12:30:00",
    "2026-09-01T12:15:00+02:00",
)
"""The second and the third are one instant; the fourth is in the term's zone."""


def random_round(
    rng: Random,
    *,
    most_students: int = 6,
    most_mentors: int = 4,
    most_slots: int = 4,
    students: int | None = None,
    ease: float = 0.0,
) -> Round:
    """Return a round in which absences, hours, zones, regions and several values occur.

    The easier it is, the more people can often come and speak every language. How many
    students there are is drawn too, unless it is stated.
    """
    slots = [_slot(rng, name) for name in rng.sample(SLOTS, rng.randint(1, most_slots))]
    names = [one.id for one in slots]
    mentors_each = min(rng.choice((0, 1, 1, 2)), most_mentors)
    fewest = 0 if rng.random() < 0.1 else min(mentors_each + rng.randint(0, 2), most_mentors)
    guides = [f"m{number}" for number in range(1, rng.randint(fewest, most_mentors) + 1)]
    size = students or max(rng.randint(1, most_students), rng.randint(1, most_students))
    meetings = rng.randint(1, 3)
    least = rng.choice((1, 2, 2, 3))
    topics = ("sleep", "rest") if rng.random() < 0.4 else ()
    learners = [f"s{number}" for number in range(1, size + 1)]
    everybody = [*learners, *guides]

    def person(name: str) -> dict[str, Any]:
        given = _person(rng, names, guides, ease)
        _wishes(rng, given["attributes"], names, topics, [one for one in everybody if one != name])
        return given

    return round_(
        [
            student(
                name,
                "",
                **(_having if name == learners[0] else dict)(person(name)),
                priority=rng.randint(1, 3),
            )
            for name in learners
        ],
        [
            mentor(name, "", **person(name), capacity=rng.choice((0, 1, 1, 1, 2, 2, 2)))
            for name in guides
        ],
        slots,
        size=(least, least + rng.randint(0, 2)),
        mentors_each=mentors_each,
        count_mentors=rng.random() < 0.2,
        term=term(
            meetings=meetings,
            attendance=rng.choice((None, rng.randint(1, meetings))),
            skipped=(_day(rng),) if rng.random() < 0.3 else (),
        ),
        languages=tuple(rng.sample(OFFERED, rng.randint(1, 2))),
        topics=topics,
        missing_availability=rng.choice(("leave_out", "any_slot")),
    )


def _slot(rng: Random, name: str) -> Slot:
    return slot(
        name,
        modes=rng.choice((MODES, MODES, ("campus",), ("online",))),
        max_groups=rng.choice((None, None, None, None, 0, 1, 2)),
    )


def _day(rng: Random) -> date:
    return FIRST_DAY + timedelta(days=rng.randrange(28))


def _person(rng: Random, slots: list[str], guides: list[str], ease: float) -> dict[str, Any]:
    answers: tuple[Answer, ...] = ("yes", "yes", "yes", "if_need_be", "no")
    given: dict[str, Any] = {
        "availability": {name: rng.choice(answers) for name in slots if rng.random() < 0.8},
        "languages": {tag: rng.choice(LEVELS) for tag in rng.sample(SPOKEN, rng.randint(0, 3))},
        "mode": rng.choice(("either", "either", "campus", "online")),
        "affiliations": {},
        "attributes": {},
    }
    if rng.random() < ease:
        given["availability"] = {name: rng.choice(answers[:4]) for name in slots}
        given["languages"] = {"en": "native", "fi": "C1", "sv": "C1"}
        given["mode"] = "either" if rng.random() < 0.8 else rng.choice(MODES)
    elif rng.random() < 0.15:
        given["availability"] = None
    if rng.random() < 0.3 * (1.5 - ease):
        given["hours"] = tuple(
            {
                "weekday": day,
                "start": f"{start:02}:00",
                "end": f"{start + rng.randint(1, 3):02}:00",
                "answer": rng.choice(answers),
            }
            for day in (1, 2, 3)
            for start in (rng.randint(12, 15), rng.randint(15, 18))
        )
        given["zone"] = rng.choice((None, "Europe/Helsinki", "Europe/London", "America/New_York"))
    if rng.random() < 0.4 * (1.5 - ease):
        given["absences"] = tuple(_day(rng) for _ in range(rng.randint(1, 4)))
    if rng.random() < 0.8:
        given["department"] = rng.choice(("Physics", "Design"))
    if rng.random() < 0.6:
        ties = [*PROFESSORS, *guides]
        given["affiliations"]["supervisor"] = tuple(
            rng.sample(ties, rng.randint(1, min(2, len(ties))))
        )
    if rng.random() < 0.3:
        given["affiliations"]["research_group"] = (rng.choice(("Optics", "Logic")),)
    if rng.random() < 0.6:
        given["attributes"]["theme"] = tuple(
            rng.sample(("sleep", "stress", "rest"), rng.randint(0, 3))
        )
    if rng.random() < 0.5:
        given["attributes"]["year"] = rng.randint(1, 3)
    if rng.random() < 0.5:
        wishes = rng.sample(SPOKEN, rng.randint(1, 2))
        given["attributes"]["preferred_language"] = rng.choice((wishes[0], tuple(wishes)))
    if rng.random() < 0.2:
        given["attributes"]["second_wish"] = rng.choice(SPOKEN)
    given["signed_up"] = rng.choice(SIGNED_UP)
    return given


def _wishes(
    rng: Random,
    attributes: dict[str, Any],
    slots: Sequence[str],
    topics: Sequence[str],
    others: Sequence[str],
) -> None:
    """Add lists of what somebody likes best, numbers, and whether they were left out before."""
    for name, choices, share in (
        ("slot_wishes", slots, 0.6),
        ("more_slots", slots, 0.3),
        ("topics", topics, 0.6),
        ("more_topics", topics, 0.3),
        ("friends", others, 0.3),
    ):
        if rng.random() < share:
            most = min(2, len(choices))
            attributes[name] = tuple(rng.sample(choices, rng.randint(0, most)))
    if rng.random() < 0.6:
        attributes["points"] = rng.randint(-2, 3)
    if rng.random() < 0.6:
        attributes["left_out_before"] = rng.choice((True, False, "yes", "No", 0, 2))
    if rng.random() < 0.3:
        attributes["waited"] = rng.choice((1, "0", ""))


def _having(given: dict[str, Any]) -> dict[str, Any]:
    """Return somebody's fields with what rules ask that anybody has."""
    given["languages"] = given["languages"] or {"en": "B2"}
    given["attributes"].setdefault("preferred_language", "fi")
    for name in ("slot_wishes", "more_slots", "topics", "more_topics", "friends"):
        given["attributes"].setdefault(name, ())
    for name in ("year", "points", "left_out_before", "waited"):
        given["attributes"].setdefault(name, 1)
    return given


def random_seating(
    rng: Random,
    round_: Round,
    *,
    sound: bool = False,
    templates: Sequence[Template] | None = None,
) -> Solution:
    """Return random groups in the round's templates or some of them; most break some rule.

    Sizes, numbers of mentors and who can come are left to chance; empty groups and people in
    no group occur. Unless it is to be sound, people can also be in several groups at once.
    Sound groups are what no rule but the structure of a matching asks for: students in one
    group at most, mentors within capacity and never at overlapping times.
    """
    templates = round_.templates if templates is None else templates
    count = rng.randint(0, 4) if templates else 0
    chosen = [rng.choice(templates) for _ in range(count)]
    inside: list[set[str]] = [set() for _ in range(count)]
    for person in round_.people:
        if not count or rng.random() < 0.2:
            continue
        if not sound:
            wanted = rng.choices(range(count), k=rng.choice((1, 1, 1, 2)))
            for number in wanted:
                inside[number].add(person.id)
        elif person in round_.students:
            inside[rng.randrange(count)].add(person.id)
        else:
            for number in rng.sample(range(count), count):
                mine = [chosen[other].plan for other in range(count) if person.id in inside[other]]
                busy = any(chosen[number].plan.overlaps(plan) for plan in mine)
                if not busy and len(mine) < getattr(person, "capacity", 1):
                    inside[number].add(person.id)
    groups = [
        SolutionGroup(
            id=f"g{number + 1}",
            students=tuple(one for one in round_.students if one.id in inside[number]),
            mentors=tuple(one for one in round_.mentors if one.id in inside[number]),
            template=chosen[number],
        )
        for number in range(count)
    ]
    if sound:
        groups = _within_structure(round_, groups)
    placed = {one.id for group in groups for one in group.students}
    return Solution(tuple(groups), tuple(one for one in round_.students if one.id not in placed))


def _within_structure(round_: Round, groups: list[SolutionGroup]) -> list[SolutionGroup]:
    """Return the groups with a student, as many at each slot as it holds."""
    kept: list[SolutionGroup] = []
    for group in groups:
        room = round_.slot[group.template.plan.slot].max_groups
        there = sum(other.template.plan.slot == group.template.plan.slot for other in kept)
        if group.students and (room is None or there < room):
            kept.append(group)
    return kept
