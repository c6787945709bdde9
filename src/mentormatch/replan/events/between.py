"""What happened between two versions of the sign-ups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from mentormatch.data.matching import Matching
from mentormatch.data.people import Answer, Noun, Person
from mentormatch.data.problem import Problem
from mentormatch.replan.events.kinds import (
    AnyEvent,
    ChoicesChanged,
    MentorChanged,
    MentorJoined,
    MentorLeft,
    RuleAdded,
    RuleDropped,
    ShapeChanged,
    SlotAdded,
    SlotChanged,
    SlotLost,
    StudentChanged,
    StudentJoined,
    StudentLeft,
    TermChanged,
)

_Noun = TypeVar("_Noun", bound=Noun)
_Person = TypeVar("_Person", bound=Person)

CHOICES = ("languages", "topics", "missing_availability")
"""Fields of a problem that are about the programme."""


def events_between(
    before: Problem, now: Problem, published: Matching | None = None
) -> tuple[AnyEvent, ...]:
    """Return what happened between two versions of a round.

    Given to :func:`mentormatch.replan.apply_events` they lead from the one to the other. In words
    they tell that answers changed, and not what they were or are.

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
    added = _slots_added(before, now)
    slots = {slot.id for slot in before.slots} & {slot.id for slot in now.slots}
    answers = {slot.slot.id: slot.answers for slot in added}
    return (
        *added,
        *_people(
            _with_slots(before.students, slots, answers),
            now.students,
            group_of,
            lambda one: StudentJoined(student=one),
            (StudentLeft, StudentChanged),
        ),
        *_people(
            _with_slots(before.mentors, slots, answers),
            now.mentors,
            group_of,
            lambda one: MentorJoined(mentor=one),
            (MentorLeft, MentorChanged),
        ),
        *_slots_gone(before, now),
        *_whole(before, now),
    )


def _people(
    before: Sequence[_Person],
    now: Sequence[_Person],
    group_of: Mapping[str, str],
    joined: Callable[[_Person], AnyEvent],
    kinds: tuple[type[StudentLeft | MentorLeft], type[StudentChanged | MentorChanged]],
) -> Iterator[AnyEvent]:
    old = {one.id: one for one in before}
    new = {one.id: one for one in now}
    left, changed = kinds
    for name in sorted({*old, *new}):
        group = group_of.get(name)
        if name not in new:
            yield left(id=name, group=group)
        elif name not in old:
            yield joined(new[name])
        elif fields := _changed(old[name], new[name]):
            yield changed(id=name, group=group, fields=fields)


def _slots_added(before: Problem, now: Problem) -> tuple[SlotAdded, ...]:
    """Return the new slots with the answers of those who had given answers before."""
    old, new = before.round.slot, now.round.slot
    found = []
    for name in sorted(new.keys() - old.keys()):
        answers = {
            person.id: given[name]
            for person in now.round.people
            if name in (given := person.availability or {})
            and person.id in before.round.position
            and before.person(person.id).availability is not None
        }
        found.append(SlotAdded(slot=new[name], answers=answers))
    return tuple(found)


def _with_slots(
    people: Sequence[_Person], slots: Collection[str], added: Mapping[str, Mapping[str, Answer]]
) -> tuple[_Person, ...]:
    """Return people as they are when slots have come and gone, and nothing else has happened."""

    def answered(person: _Person) -> _Person:
        if person.availability is None:
            return person
        given = {slot: each for slot, each in person.availability.items() if slot in slots}
        given |= {slot: each[person.id] for slot, each in added.items() if person.id in each}
        return person if given == person.availability else with_fields(person, availability=given)

    return tuple(map(answered, people))


def _slots_gone(before: Problem, now: Problem) -> Iterator[AnyEvent]:
    old, new = before.round.slot, now.round.slot
    for name in sorted(old):
        if name not in new:
            yield SlotLost(id=name)
        elif fields := _changed(old[name], new[name]):
            yield SlotChanged(id=name, fields=fields)


def _whole(before: Problem, now: Problem) -> Iterator[AnyEvent]:
    """Yield what happened to the round as a whole."""
    if fields := _changed(before.term, now.term):
        yield TermChanged(fields=fields)
    if fields := _changed(before.shape, now.shape):
        yield ShapeChanged(fields=fields)
    kept, gone = list(now.rules), []
    for rule in before.rules:
        if rule in kept:
            kept.remove(rule)
        else:
            gone.append(rule)
    yield from (RuleDropped(rule=rule) for rule in gone)
    yield from (RuleAdded(rule=rule) for rule in kept)
    fields = {name: getattr(now, name) for name in CHOICES if _differ(before, now, name)}
    if fields:
        yield ChoicesChanged(fields=fields)


def with_fields(noun: _Noun, **fields: Any) -> _Noun:
    """Return a noun with some fields changed, checked anew."""
    known = {name: getattr(noun, name) for name in type(noun).model_fields}
    return type(noun)(**{**known, **fields})


def _changed(before: Noun, now: Noun) -> dict[str, Any]:
    """Return the fields that are different, with their new values."""
    data = now.model_dump(mode="json")
    return {name: data[name] for name in type(before).model_fields if _differ(before, now, name)}


def _differ(before: Noun, now: Noun, name: str) -> bool:
    return bool(getattr(before, name) != getattr(now, name))
