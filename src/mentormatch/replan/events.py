"""What happened between two versions of the sign-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from mentormatch.data.matching import Matching
from mentormatch.data.people import Noun, Person
from mentormatch.data.problem import Problem

EventKind = Literal[
    "student_joined",
    "student_left",
    "student_changed",
    "mentor_joined",
    "mentor_left",
    "mentor_changed",
    "slot_added",
    "slot_lost",
    "slot_changed",
    "term_changed",
    "shape_changed",
    "rules_changed",
    "choices_changed",
]

SAID: dict[EventKind, str] = {
    "student_joined": "{who} has signed up",
    "student_left": "{who} has left",
    "student_changed": "{who} has changed {fields}",
    "mentor_joined": "{who} is a new mentor",
    "mentor_left": "mentor {who} has left",
    "mentor_changed": "mentor {who} has changed {fields}",
    "slot_added": "slot {who} is new",
    "slot_lost": "slot {who} is gone",
    "slot_changed": "slot {who} has changed {fields}",
    "term_changed": "the term has changed {fields}",
    "shape_changed": "the shape of groups has changed {fields}",
    "rules_changed": "the rules have changed",
    "choices_changed": "the programme has changed {fields}",
}


class Event(Noun):
    """One thing that happened to a round."""

    kind: EventKind
    id: str | None = Field(default=None, description="Of the person or the slot.")
    group: str | None = Field(default=None, description="The group that somebody had.")
    fields: tuple[str, ...] = Field(default=(), description="What changed, without the answers.")

    def __str__(self) -> str:
        fields = ", ".join(name.replace("_", " ") for name in self.fields)
        said = SAID[self.kind].format(who=self.id, fields=fields)
        return f"{said} (group {self.group})" if self.group else said


def events_between(
    before: Problem, now: Problem, published: Matching | None = None
) -> tuple[Event, ...]:
    """Return what happened between two versions of a round.

    Answers are not told, only that they changed.

    Parameters
    ----------
    before, now
        The round as it was, and as it is.
    published
        The matching that people know, to tell in which group somebody was.
    """
    group_of = {
        person: group.id
        for group in (published.groups if published else ())
        for person in (*group.students, *group.mentors)
    }
    found = [
        *_people(before.students, now.students, "student", group_of),
        *_people(before.mentors, now.mentors, "mentor", group_of),
        *_slots(before, now),
    ]
    kinds: dict[str, EventKind] = {"term": "term_changed", "shape": "shape_changed"}
    for name, kind in kinds.items():
        fields = _changed(getattr(before, name), getattr(now, name))
        if fields:
            found.append(Event(kind=kind, fields=fields))
    if before.active_rules != now.active_rules:
        found.append(Event(kind="rules_changed"))
    names = ("languages", "topics", "missing_availability")
    choices = tuple(name for name in names if getattr(before, name) != getattr(now, name))
    if choices:
        found.append(Event(kind="choices_changed", fields=choices))
    return tuple(found)


def _people(
    before: Sequence[Person],
    now: Sequence[Person],
    role: Literal["student", "mentor"],
    group_of: dict[str, str],
) -> Iterator[Event]:
    old = {one.id: one for one in before}
    new = {one.id: one for one in now}
    kinds: tuple[EventKind, EventKind, EventKind]
    if role == "student":
        kinds = ("student_left", "student_joined", "student_changed")
    else:
        kinds = ("mentor_left", "mentor_joined", "mentor_changed")
    left, joined, changed = kinds
    for name in sorted({*old, *new}):
        if name not in new:
            yield Event(kind=left, id=name, group=group_of.get(name))
        elif name not in old:
            yield Event(kind=joined, id=name)
        elif fields := _changed(old[name], new[name]):
            yield Event(kind=changed, id=name, group=group_of.get(name), fields=fields)


def _slots(before: Problem, now: Problem) -> Iterator[Event]:
    old, new = before.round.slot, now.round.slot
    for name in sorted({*old, *new}):
        if name not in new:
            yield Event(kind="slot_lost", id=name)
        elif name not in old:
            yield Event(kind="slot_added", id=name)
        elif fields := _changed(old[name], new[name]):
            yield Event(kind="slot_changed", id=name, fields=fields)


def _changed(before: Noun, now: Noun) -> tuple[str, ...]:
    fields = type(before).model_fields
    return tuple(name for name in fields if getattr(before, name) != getattr(now, name))
