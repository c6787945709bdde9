"""Finding every fault of a problem in one pass, and saying each in plain words."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from mentormatch.calendar import Slot, Term
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.people import Mentor, Person, Student
from mentormatch.rounds import GroupShape, Round
from mentormatch.rules import RULES

if TYPE_CHECKING:
    from mentormatch.problem import Problem

MAX_BYTES = 512 * 2**20
"""Largest JSON document that is read."""

_SECTIONS: Mapping[str, type[BaseModel]] = {
    "students": Student,
    "mentors": Mentor,
    "slots": Slot,
    "term": Term,
    "shape": GroupShape,
}


def read_json(text: str | bytes) -> Any:
    """Parse JSON strictly: no repeated keys, no NaN or infinity, no oversized document.

    Raises
    ------
    InputError
        If the text is not such a document.
    """
    if len(text) > MAX_BYTES:
        raise InputError([Fault("too_large", "document", f"is larger than {MAX_BYTES} bytes")])
    repeated: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        repeated.extend(key for key, count in counts.items() if count > 1)
        return dict(pairs)

    def no_constant(name: str) -> Any:
        raise ValueError(f"{name} is not a JSON number")

    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        data = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=once, parse_constant=no_constant
        )
    except RecursionError:
        raise InputError([Fault("not_json", "document", "is nested too deeply")]) from None
    except ValueError as error:
        raise InputError([Fault("not_json", "document", f"is not JSON: {error}")]) from None
    if repeated:
        raise InputError(
            Fault("repeated_key", "document", f"the key {key!r} stands twice in one object")
            for key in sorted(set(repeated))
        )
    return data


def structural_faults(error: ValidationError, problem: type[Problem]) -> Iterator[Fault]:
    """Yield a fault for each error that pydantic found, without repeating people's data."""
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        where = [part for part in item["loc"] if part not in _RULE_KINDS]
        path = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in where
        ).removeprefix(".")
        known: list[str] = []
        name = str(where[-1]) if where else ""
        if item["type"] == "extra_forbidden":
            owner = _owner(item["loc"], problem)
            known = sorted(owner.model_fields) if owner else []
            message = f"there is no field {name!r}"
        elif item["type"] == "missing":
            message = f"the field {name!r} is missing"
        elif item["type"] == "union_tag_invalid":
            known = sorted(_RULE_KINDS)
            message = "there is no rule of this kind; known are " + ", ".join(known)
        else:
            message = item["msg"].removeprefix("Value error, ")
            message = message[:1].lower() + message[1:]
        close = nearest(name, known) if item["type"] == "extra_forbidden" else None
        yield Fault(item["type"], path or "problem", message, close)


_RULE_KINDS = frozenset(get_args(rule.model_fields["kind"].annotation)[0] for rule in RULES)


def _owner(where: tuple[int | str, ...], problem: type[Problem]) -> type[BaseModel] | None:
    """Return the class whose field an error's place names."""
    if len(where) == 1:
        return problem
    if where[0] == "rules" and len(where) == 4:
        return next((rule for rule in RULES if rule.model_fields["kind"].default == where[2]), None)
    depth = 2 if where[0] in ("term", "shape") else 3
    return _SECTIONS.get(str(where[0])) if len(where) == depth else None


def cross_faults(around: Round) -> Iterator[Fault]:
    """Yield what does not fit together among people, slots and term."""
    yield from _identifiers(around)
    slots = {slot.id for slot in around.slots}
    for section, people in (("students", around.students), ("mentors", around.mentors)):
        for number, person in enumerate(people):
            yield from _person_faults(person, f"{section}[{number}]", slots, around)
    if len(set(around.languages)) < len(around.languages):
        yield Fault("duplicate_language", "languages", "a language stands twice")


def _identifiers(around: Round) -> Iterator[Fault]:
    """Yield ids that are equal, or that people would read as equal."""
    people = [
        *((f"students[{n}].id", one.id) for n, one in enumerate(around.students)),
        *((f"mentors[{n}].id", one.id) for n, one in enumerate(around.mentors)),
    ]
    slots = [(f"slots[{n}].id", one.id) for n, one in enumerate(around.slots)]
    for kind, found in (("person", people), ("slot", slots)):
        seen: dict[str, tuple[str, str]] = {}
        for where, name in found:
            key = unicodedata.normalize("NFC", name).casefold()
            if key in seen:
                earlier, place = seen[key]
                same = "the same" if earlier == name else "in looks the same"
                yield Fault(
                    f"duplicate_{kind}", where, f"{kind} id {name!r} is {same} as that of {place}"
                )
            else:
                seen[key] = (name, where.removesuffix(".id"))


def _person_faults(person: Person, where: str, slots: set[str], around: Round) -> Iterator[Fault]:
    for slot in person.availability or {}:
        if slot not in slots:
            yield Fault(
                "unknown_slot",
                f"{where}.availability.{slot}",
                f"{person.id!r} answers for slot {slot!r}, which is not among the "
                f"{len(slots)} slots",
                nearest(slot, slots),
            )
    if not person.gave_availability and around.missing_availability == "error":
        yield Fault(
            "no_availability",
            f"{where}.availability",
            f"{person.id!r} gave no availability; state missing_availability 'leave_out' or "
            "'any_slot' to go on without",
        )
