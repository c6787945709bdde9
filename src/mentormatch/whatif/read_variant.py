"""Variants as they are written on a command line: ``max=9``, ``mentors-3``, ``slot+fri-15``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from mentormatch.data.calendar import WEEKDAYS, Slot
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.whatif.changes import (
    AddLanguage,
    AddMentors,
    AddRoom,
    AddSlot,
    Change,
    DropMentors,
    DropSlot,
    MaxStudents,
    MentorsInGroup,
    MinStudents,
    OfferSlot,
    RelaxRule,
)
from mentormatch.whatif.compare import Variant

GRAMMAR = (
    ("max=9", "groups of 9 students at most"),
    ("min=4", "4 students are enough for a group"),
    ("per-group=1", "one mentor in each group"),
    ("mentors-3", "three mentors fewer, drawn by lot"),
    ("mentors+2@tue-15", "two more mentors for the slot tue-15"),
    ("room+tue-15", "room for one more group in the slot"),
    ("slot+fri-15", "one more slot, for those who come to another one of that weekday"),
    ("slot+fri-15~tue-15", "one more slot, for those who come to tue-15"),
    ("slot-tue-15", "no group in the slot"),
    ("offer=ada@tue-15", "ada also comes to the slot"),
    ("language+fi", "groups may also meet in Finnish"),
    ("relax=keep_apart", "the rule gives way to all others"),
)
"""Every kind of change with an example and its meaning; a comma joins several into a variant."""

Maker = Callable[[Problem, Sequence[str]], Change]

_NEW_SLOT = re.compile(r"([a-z]+)[- ]?(\d{1,2})(?::?(\d{2}))?")

_FORMS: tuple[tuple[str, Maker], ...] = (
    (r"max=(\d+)", lambda _, found: MaxStudents(to=int(found[0]))),
    (r"min=(\d+)", lambda _, found: MinStudents(to=int(found[0]))),
    (r"per-group=([0-3])", lambda _, found: MentorsInGroup(to=int(found[0]))),
    (r"mentors-([1-9]\d*)", lambda _, found: DropMentors(count=int(found[0]))),
    (
        r"mentors\+([1-9]\d?)@(.+)",
        lambda _, found: AddMentors(count=int(found[0]), slot=found[1]),
    ),
    (r"room\+(.+)", lambda _, found: AddRoom(slot=found[0])),
    (
        r"slot\+([^~]+)(?:~(.+))?",
        lambda problem, found: AddSlot(slot=_new_slot(problem, found[0]), like=found[1] or None),
    ),
    (r"slot-(.+)", lambda _, found: DropSlot(slot=found[0])),
    (r"offer=(.+)@(.+)", lambda _, found: OfferSlot(person=found[0], slot=found[1])),
    (r"language\+(.+)", lambda _, found: AddLanguage(language=found[0])),
    (r"relax=(\w+)", lambda _, found: RelaxRule(rule=found[0])),
)


def read_variant(problem: Problem, text: str) -> Variant:
    """Return the variant that a text describes.

    Raises
    ------
    InputError
        With every part of the text that describes no change.
    """
    changes: list[Change] = []
    faults: list[Fault] = []
    for part in text.split(","):
        try:
            changes.append(_change(problem, part.strip()))
        except ValueError as error:
            faults.append(Fault("unknown_variant", f"variant {text!r}", str(error)))
    if faults:
        raise InputError(faults)
    data = [change.model_dump() for change in changes]
    return Variant.model_validate({"name": text, "changes": data})


def _change(problem: Problem, text: str) -> Change:
    for pattern, make in _FORMS:
        if found := re.fullmatch(pattern, text):
            try:
                return make(problem, [group or "" for group in found.groups()])
            except (ValueError, InputError):
                break
    examples = ", ".join(example for example, _ in GRAMMAR)
    raise ValueError(f"{text!r} is no change; changes are written as {examples}")


def _new_slot(problem: Problem, text: str) -> Slot:
    """Return a weekly slot from its weekday and hour, as long and held as most others are."""
    found = _NEW_SLOT.fullmatch(text.strip().casefold())
    days = [
        number
        for number, name in enumerate(WEEKDAYS, 1)
        if found and len(found[1]) >= 2 and name.startswith(found[1])
    ]
    if not found or len(days) != 1:
        raise ValueError("a new slot has a weekday and an hour")
    return Slot.model_validate(
        {
            "id": text.strip(),
            "weekday": days[0],
            "start": f"{int(found[2]):02}:{found[3] or '00'}",
            "minutes": Counter(slot.minutes for slot in problem.slots).most_common(1)[0][0],
            "modes": Counter(slot.modes for slot in problem.slots).most_common(1)[0][0],
        }
    )
