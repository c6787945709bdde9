"""Faults in what people, slots and term say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from mentormatch.data.appearance import appearance
from mentormatch.data.people import Mentor, Person, Student
from mentormatch.data.round import Round
from mentormatch.errors import Fault, nearest

AnyPerson = TypeVar("AnyPerson", Student, Mentor)


def cross_faults(round_: Round) -> Iterator[Fault]:
    """Yield the faults in what people, slots and term say of each other."""
    yield from _identifiers(round_)
    slots = frozenset(slot.id for slot in round_.slots)
    for section, people in (("students", round_.students), ("mentors", round_.mentors)):
        for number, person in enumerate(people):
            yield from _person_faults(person, f"{section}[{number}]", slots, round_)
    for number, language in enumerate(round_.languages):
        if language in round_.languages[:number]:
            yield Fault(
                "duplicate_language",
                f"languages[{number}]",
                f"the language {language!r} stands twice among those of the problem",
            )


def _identifiers(round_: Round) -> Iterator[Fault]:
    """Yield ids that are equal, or that people would read as equal."""
    people = [
        *((f"students[{n}].id", one.id) for n, one in enumerate(round_.students)),
        *((f"mentors[{n}].id", one.id) for n, one in enumerate(round_.mentors)),
    ]
    slots = [(f"slots[{n}].id", one.id) for n, one in enumerate(round_.slots)]
    for kind, found in (("person", people), ("slot", slots)):
        seen: dict[str, tuple[str, str]] = {}
        for where, name in found:
            key = appearance(name)
            if key in seen:
                earlier, place = seen[key]
                same = "is the same as" if earlier == name else f"looks the same as {earlier!r},"
                yield Fault(
                    f"duplicate_{kind}", where, f"{kind} id {name!r} {same} that of {place}"
                )
            else:
                seen[key] = (name, where.removesuffix(".id"))


def _person_faults(
    person: Person, where: str, slots: frozenset[str], round_: Round
) -> Iterator[Fault]:
    for slot in person.availability or {}:
        if slot not in slots:
            yield Fault(
                "unknown_slot",
                f"{where}.availability.{slot}",
                f"{person.id!r} answers for slot {slot!r}, which is not among the "
                f"{len(slots)} slots",
                _nearest(slot, slots),
            )
    yield from _hidden_names(person, where)
    if not person.gave_availability and round_.missing_availability == "error":
        yield Fault(
            "no_availability",
            f"{where}.availability",
            f"{person.id!r} gave no availability; state missing_availability 'leave_out' or "
            "'any_slot' to go on without",
        )


def _hidden_names(person: Person, where: str) -> Iterator[Fault]:
    """Yield attributes and affiliations whose name is taken: rules would read the other value."""
    fields = type(person).model_fields
    for name in person.attributes:
        if name in fields:
            yield Fault(
                "named_like_a_field",
                f"{where}.attributes.{name}",
                f"{person.id!r} has an attribute {name!r}, which is a field of its own; state it "
                "there or under another name",
            )
    for name in person.affiliations:
        if name in fields or name in person.attributes:
            what = "a field of its own" if name in fields else "an attribute as well"
            yield Fault(
                "named_like_a_field",
                f"{where}.affiliations.{name}",
                f"{person.id!r} has an affiliation {name!r}, which is {what}; give it another name",
            )


# Where a slot was renamed, many people have the same unknown name.
_nearest = lru_cache(maxsize=1_000)(nearest)


def sound_part(round_: Round) -> Round:
    """Return the round without repeated people and without answers for unknown slots.

    Rules look people and slots up by id, which must be unique and known for that.
    """
    slots = {slot.id for slot in round_.slots}
    seen: set[str] = set()

    def once(name: str) -> bool:
        new = name not in seen
        seen.add(name)
        return new

    students = [_answering(one, slots) for one in round_.students if once(one.id)]
    mentors = [_answering(one, slots) for one in round_.mentors if once(one.id)]
    unique = {slot.id: slot for slot in reversed(round_.slots)}
    ordered = tuple(slot for slot in round_.slots if unique[slot.id] is slot)
    return replace(round_, students=tuple(students), mentors=tuple(mentors), slots=ordered)


def _answering(person: AnyPerson, slots: set[str]) -> AnyPerson:
    if person.availability is None or person.availability.keys() <= slots:
        return person
    known = {slot: said for slot, said in person.availability.items() if slot in slots}
    return person.model_copy(update={"availability": known})
