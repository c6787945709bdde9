"""A problem: people, slots and templates, and the rules in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mentormatch_check.calendar import (
    Plan,
    Slot,
    Term,
    Times,
    plans,
    read_slot,
    read_term,
    read_times,
)
from mentormatch_check.document import RefusedError, fields, one_of, rows, text, texts, whole

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "native")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")

_PERSON: dict[str, Any] = {
    "id": ...,
    "name": None,
    "email": None,
    "department": None,
    "languages": {},
    "availability": None,
    "hours": [],
    "zone": None,
    "absences": [],
    "mode": "either",
    "affiliations": {},
    "attributes": {},
    "signed_up": None,
}


@dataclass(frozen=True)
class Person:
    """A student or a mentor."""

    id: str
    student: bool
    department: str | None
    languages: dict[str, str]
    times: Times
    mode: str
    affiliations: dict[str, list[str]]
    attributes: dict[str, Any]
    priority: int
    capacity: int

    def values(self, attribute: str) -> list[str]:
        """Return the values of an attribute, as texts, each once."""
        if attribute == "department":
            return [] if self.department is None else [self.department]
        if attribute == "mode":
            return [self.mode]
        value = self.attributes.get(attribute)
        if value is None:
            return list(dict.fromkeys(self.affiliations.get(attribute, [])))
        return list(dict.fromkeys(value)) if isinstance(value, list) else [str(value)]

    def number(self, attribute: str) -> int | None:
        """Return an attribute that is a whole number, or None."""
        value = self.attributes.get(attribute)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def reaches(self, language: str, level: str) -> bool:
        """Return whether somebody uses a language at a level or above."""
        return any(
            same_language(tag, language) and LEVELS.index(skill) >= LEVELS.index(level)
            for tag, skill in self.languages.items()
        )


@dataclass(frozen=True)
class Template:
    """What a group shares besides its people."""

    plan: Plan
    language: str
    mode: str
    topic: str | None

    @property
    def key(self) -> tuple[Any, ...]:
        """What a template is known by."""
        first = int(self.plan.instants[0].timestamp())
        return (self.plan.slot.id, first, self.language, self.mode, self.topic)


@dataclass(frozen=True)
class RuleUse:
    """A rule in force: its name, kind, tier, weight and fields."""

    name: str
    kind: str
    tier: int | None
    weight: int
    data: dict[str, Any]


@dataclass
class Round:
    """Everything that a problem says."""

    people: list[Person]
    students: int
    slots: dict[str, Slot]
    term: Term
    shape: dict[str, Any]
    languages: list[str]
    topics: list[str]
    left: set[str]
    stated: Sequence[Any]
    place: dict[str, int] = field(default_factory=dict)

    @cached_property
    def plans(self) -> dict[str, list[Plan]]:
        """Every plan of each slot."""
        return {name: plans(slot, self.term) for name, slot in self.slots.items()}

    @cached_property
    def templates(self) -> list[Template]:
        """Every template of the round."""
        return [
            Template(plan, language, mode, topic)
            for slot in self.slots.values()
            for plan in self.plans[slot.id]
            for language in self.languages
            for mode in slot.modes
            for topic in (self.topics or (None,))
        ]

    def chosen(self, who: str) -> Iterator[tuple[int, Person]]:
        """Yield the people whom a rule is about, with their places."""
        for number, person in enumerate(self.people):
            if who == "everybody" or person.student == (who == "students"):
                yield number, person

    def answer(self, number: int, plan: Plan) -> int:
        """Return 0, 1 or 2 (no, if need be, yes) of somebody to a plan."""
        key = (number, plan.slot.id, plan.instants[0])
        known = self._answers.get(key)
        if known is None:
            known = self.people[number].times.answer(plan, self.term)
            self._answers[key] = known
        return known

    @cached_property
    def _answers(self) -> dict[Any, int]:
        return {}


def read_round(data: Any) -> Round:
    """Return a problem.

    Raises
    ------
    RefusedError
        If it is not understood.
    """
    known = fields(
        data,
        "the problem",
        {
            "format": ...,
            "students": ...,
            "mentors": [],
            "slots": ...,
            "term": ...,
            "shape": {},
            "languages": ["en"],
            "topics": [],
            "missing_availability": "error",
            "left": [],
            "rules": [],
        },
    )
    if known["format"] != "mentormatch/problem/1":
        raise RefusedError("the first document is no problem of mentormatch")
    missing = one_of(
        known["missing_availability"], ("error", "leave_out", "any_slot"), "missing_availability"
    )
    term = read_term(known["term"])
    people = [
        _person(row, student, term, missing)
        for name, student in (("students", True), ("mentors", False))
        for row in rows(known[name], name)
    ]
    slots = [read_slot(row, term) for row in rows(known["slots"], "slots")]
    shape = fields(
        known["shape"],
        "the shape",
        {
            "min_students": 5,
            "max_students": 8,
            "target_students": None,
            "mentors": 2,
            "count_mentors": False,
        },
    )
    place = {person.id: number for number, person in enumerate(people)}
    by_id = {slot.id: slot for slot in slots}
    if len(place) < len(people) or len(by_id) < len(slots):
        raise RefusedError("an id stands twice in the problem")
    for person in people:
        if person.times.availability and set(person.times.availability) - set(by_id):
            raise RefusedError("somebody answers for a slot that does not exist")
    return Round(
        people,
        sum(person.student for person in people),
        by_id,
        term,
        shape,
        [tag(one) for one in texts(known["languages"], "languages")],
        texts(known["topics"], "topics"),
        set(texts(known["left"], "left")),
        rows(known["rules"], "rules"),
        place,
    )


def _person(data: Any, student: bool, term: Term, missing: str) -> Person:
    own = {"priority": 1} if student else {"capacity": 1}
    known = fields(data, "a student" if student else "a mentor", {**_PERSON, **own})
    for name in ("languages", "affiliations", "attributes"):
        if not isinstance(known[name], dict):
            raise RefusedError(f"{name} of somebody is not an object")
    languages = {}
    for name, level in known["languages"].items():
        word = text(level, "a level").strip()
        word = "native" if word.casefold() == "native" else word.upper()
        languages[tag(name)] = one_of(word, LEVELS, "a level")
    department = known["department"]
    return Person(
        text(known["id"], "an id"),
        student,
        None if department is None else text(department, "a department"),
        languages,
        read_times(known, term, missing),
        one_of(known["mode"], ("campus", "online", "either"), "a mode"),
        {kind: texts(names, "affiliations") for kind, names in known["affiliations"].items()},
        known["attributes"],
        whole(known.get("priority", 1), "a priority", 1),
        1 if student else whole(known["capacity"], "a capacity", 0),
    )


def tag(value: str) -> str:
    """Return a tag of a language in its usual spelling."""
    word = text(value, "a language").strip().replace("_", "-")
    if not _TAG.fullmatch(word):
        raise RefusedError(f"{word[:40]!r} is no tag of a language")
    first, *rest = word.split("-")
    return "-".join(
        [first.lower(), *(one.title() if len(one) == 4 else one.upper() for one in rest)]
    )


def same_language(one: str, other: str) -> bool:
    """Return whether two tags name one language; parts count where both state them."""
    mine, theirs = one.split("-"), other.split("-")
    if mine[0] != theirs[0]:
        return False
    for sizes in ((4,), (2, 3)):
        ours = [part for part in mine[1:] if len(part) in sizes]
        yours = [part for part in theirs[1:] if len(part) in sizes]
        if ours and yours and ours != yours:
            return False
    return True
