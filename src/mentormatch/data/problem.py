"""A problem: everything that a matching is asked to respect, as one document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, TypeAdapter, model_validator

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.documents import JsonDocument, as_json
from mentormatch.data.languages import Language
from mentormatch.data.nouns import Extensible
from mentormatch.data.people import Identifier, Mentor, Person, Student, Text
from mentormatch.data.round import GroupShape, MissingAvailability, Round
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.rules import RULES, AnyRule, comes_by_default, default_rules
from mentormatch.rules.base import Rule, RuleUse
from mentormatch.validation import (
    cross_faults,
    document_schema,
    read_in_passes,
    sound_part,
)

FORMAT: Literal["mentormatch/problem/1"] = "mentormatch/problem/1"

MAX_STUDENTS = 200_000
MAX_MENTORS = 100_000
MAX_SLOTS = 2_000
MAX_RULES = 500


_NOT_MATCHED: Any = {
    "students": True,
    "mentors": True,
    "extensions": True,
    "slots": {"__all__": {"extensions"}},
}
"""What the fingerprint leaves out, or takes up otherwise."""


class Problem(Extensible, JsonDocument):
    """Students, mentors, times, the shape of a group, and rules.

    Raises
    ------
    InputError
        With every fault of the input, found in one pass.
    """

    format: Literal["mentormatch/problem/1"] = FORMAT
    students: Annotated[tuple[Student, ...], Field(max_length=MAX_STUDENTS)]
    mentors: Annotated[tuple[Mentor, ...], Field(max_length=MAX_MENTORS)] = ()
    slots: Annotated[tuple[Slot, ...], Field(min_length=1, max_length=MAX_SLOTS)]
    term: Term
    shape: GroupShape = GroupShape()
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=50)] = Field(
        default=("en",), description="Languages in which groups can meet."
    )
    topics: Annotated[tuple[Text, ...], Field(max_length=50)] = Field(
        default=(), description="Topics of which each group has one; none if groups have no topic."
    )
    missing_availability: MissingAvailability = Field(
        default="error",
        description="What to make of somebody who gave no availability: refuse the problem, "
        "take it that they can come to no slot (leave_out) or to every slot, their absences aside "
        "(any_slot).",
    )
    left: Annotated[tuple[Identifier, ...], Field(max_length=MAX_STUDENTS)] = Field(
        default=(),
        description="Ids of people who signed up and have left. Rules that name them are about the "
        "others alone, and stay as they are stated.",
    )
    rules: Annotated[tuple[AnyRule, ...], Field(max_length=MAX_RULES)] = Field(
        default=(),
        description="What is asked besides the foundations and the standard rules, which come by "
        "themselves; stating one of those changes it, and its tier 'off' drops it.",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults(cls, data: Any, handler: ModelWrapValidatorHandler[Problem]) -> Problem:
        if large := list(_too_many(data)):
            # Nothing else is looked at: reading a million rows to refuse them takes half a minute.
            raise InputError(large)
        reading = read_in_passes(data, cls, handler)
        faults = list(reading.faults)
        if reading.usable is not None:
            faults += reading.further(_faults_of_meaning(reading.usable))
        if faults or reading.usable is None:
            raise InputError(faults)
        return reading.usable

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema (draft 2020-12) of problems."""
        return document_schema(cls, FORMAT, "A mentoring round to be matched")

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the problem as a JSON document, without fields that have their default."""
        data = {"format": self.format, **self.model_dump(mode="json", exclude_defaults=True)}
        for number, rule in enumerate(self.rules):
            if "rules" in data:
                data["rules"][number] = {"kind": rule.kind, **data["rules"][number]}
        return as_json(data, indent)

    @cached_property
    def round(self) -> Round:
        """The round without the rules, indexed."""
        return Round(
            students=self.students,
            mentors=self.mentors,
            slots=self.slots,
            term=self.term,
            shape=self.shape,
            languages=self.languages,
            topics=self.topics,
            missing_availability=self.missing_availability,
            left=self.left,
        )

    @cached_property
    def active_rules(self) -> tuple[Rule, ...]:
        """The rules in force: those that come by default, then the stated ones."""
        stated = (rule for rule in self.stated_rules if rule is not None)
        return tuple(rule for rule in (*self.implied_rules, *stated) if rule.tier != "off")

    @cached_property
    def stated_rules(self) -> tuple[Rule | None, ...]:
        """The stated rules in their order, without those who have left; None if nothing is left."""
        return tuple(rule.without(self.left) if self.left else rule for rule in self.rules)

    @cached_property
    def naming_left(self) -> tuple[tuple[Rule, str], ...]:
        """The stated rules that name somebody who has left, each with whom."""
        return tuple(
            (rule, person)
            for rule in self.rules
            for person in self.left
            if rule.tier != "off" and rule.without((person,)) != rule
        )

    @cached_property
    def implied_rules(self) -> tuple[Rule, ...]:
        """The rules in force that nobody stated: foundations, then standard rules."""
        return tuple(
            rule
            for rule in default_rules(self.rules)
            if rule.foundation or rule.idle(self.round) is None
        )

    @cached_property
    def rule_uses(self) -> tuple[RuleUse, ...]:
        """What each rule of the problem is about, and where it comes from.

        Besides the rules in force these are the standard rules that have nobody to be about.
        Rules that say the same in few words, such as pins, are there once.
        """
        implied = default_rules(self.rules)
        uses = []
        for rule in (*implied, *self.stated_rules):
            if rule is None or rule.tier == "off":
                continue
            by_default = any(rule is one for one in implied)
            origin: Literal["foundation", "default", "stated"] = "stated"
            if by_default:
                origin = "foundation" if rule.foundation else "default"
            uses.append(
                RuleUse(
                    kind=rule.kind,
                    about=rule.describe(),
                    tier=rule.tier,
                    origin=origin,
                    idle=rule.idle(self.round) if origin == "default" else None,
                )
            )
        place = {rule.model_fields["kind"].default: number for number, rule in enumerate(RULES)}
        return tuple(sorted(set(uses), key=lambda use: (place[use.kind], use.about, str(use.tier))))

    @cached_property
    def tiers(self) -> tuple[int, ...]:
        """Numbers of the tiers in use, first the most important."""
        return tuple(sorted({r.tier for r in self.active_rules if isinstance(r.tier, int)}))

    def with_tiers(self, number: Mapping[int, int], more: Sequence[Rule] = ()) -> Problem:
        """Return the problem with its tiers under other numbers, and perhaps with more rules.

        Rules that come by default move with the stated ones.

        Parameters
        ----------
        number
            The new number of every tier in use.
        more
            Rules to state besides.
        """
        # Those that are implied come last, so that the places of those stated stay what they are.
        rules = [
            rule.changed(tier=number[rule.tier]) if isinstance(rule.tier, int) else rule
            for rule in (*self.rules, *self.implied_rules)
        ]
        return self.with_rules(*rules, *more)

    def evolve(self, **fields: Any) -> Problem:
        """Return the problem with some fields changed, checked as a whole.

        Raises
        ------
        InputError
            With every fault of the changed problem.
        """
        known = {name: getattr(self, name) for name in type(self).model_fields}
        return Problem(**{**known, **fields})

    def with_rules(self, *rules: Rule) -> Problem:
        """Return the problem with these rules stated instead of its own, checked as a whole."""
        return self.evolve(rules=rules)

    def person(self, name: str) -> Student | Mentor:
        """Return the student or mentor with an id.

        Raises
        ------
        InputError
            If there is nobody of that id, with the nearest one.
        """
        place = self.round.position.get(name)
        if place is None:
            near = nearest(name, self.round.position)
            message = f"nobody has the id {name!r}"
            raise InputError([Fault("unknown_person", "person", message, near)])
        students = len(self.students)
        return self.students[place] if place < students else self.mentors[place - students]

    def __repr__(self) -> str:
        return (
            f"Problem({len(self.students):,} students, {len(self.mentors):,} mentors, "
            f"{len(self.slots):,} slots, {len(self.active_rules):,} rules in force)"
        )

    def tier_name(self, tier: int) -> str:
        """Return what a tier is about; in the order of all kinds, however rules are stated."""
        rules = sorted(
            (rule for rule in self.active_rules if rule.tier == tier),
            key=lambda rule: (RULES.index(type(rule)), rule.describe()),
        )
        # Many rules of one kind, such as pins, say the same in few words.
        return "; ".join(dict.fromkeys(rule.measure(self.round) for rule in rules))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what the problem says, whatever the order of its rows."""
        data = self.model_dump(mode="json", exclude=_NOT_MATCHED)
        data["slots"] = sorted(data["slots"], key=lambda row: row["id"])
        data["rules"] = sorted(data["rules"], key=lambda rule: json.dumps(rule, sort_keys=True))
        data["languages"] = sorted(data["languages"])
        data["topics"] = sorted(data["topics"])
        # A problem that nobody has left is the same as before problems could say so.
        if left := data.pop("left"):
            data["left"] = sorted(left)
        fields: dict[str, Iterator[str]] = {name: iter((_text(data[name]),)) for name in data}
        fields["students"] = _texts(Student, self.students)
        fields["mentors"] = _texts(Mentor, self.mentors)
        digest = hashlib.sha256()
        for number, (name, parts) in enumerate(sorted(fields.items())):
            digest.update(f"{',' if number else '{'}{_text(name)}:".encode())
            for part in parts:
                digest.update(part.encode())
        digest.update(b"}")
        return digest.hexdigest()


def _texts(noun: type[Student] | type[Mentor], people: Sequence[Person]) -> Iterator[str]:
    """Yield a list of people as JSON, in order of their ids.

    One after the other, since all of a large round at once would fill the memory with parts.
    """
    person_of = TypeAdapter(noun)
    yield "["
    for number, person in enumerate(sorted(people, key=lambda one: one.id)):
        # An address may change without changing what was matched.
        data = person_of.dump_python(person, mode="json", exclude={"email", "extensions"})  # type: ignore[arg-type]
        text = _text(data)
        yield f",{text}" if number else text
    yield "]"


def _text(data: Any) -> str:
    """Return data as JSON that is the same whatever the order in which it was stated."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _too_many(data: Any) -> Iterator[Fault]:
    if not isinstance(data, Mapping):
        return
    for name, most in (("students", MAX_STUDENTS), ("mentors", MAX_MENTORS)):
        rows = data.get(name)
        if isinstance(rows, list | tuple) and len(rows) > most:
            message = (
                f"{name} of the problem is a list of {len(rows):,}, but must be a list of objects "
                f"with at most {most:,} entries"
            )
            yield Fault("wrong_value", name, message)


def _faults_of_meaning(problem: Problem) -> Iterator[Fault]:
    yield from cross_faults(problem.round)
    for number, name in enumerate(problem.left):
        if name in problem.round.position:
            message = f"{name!r} is said to have left, but is among the people"
            yield Fault("has_not_left", f"left[{number}]", message)
    sound = sound_part(problem.round)
    for number, rule in enumerate(problem.rules):
        # Whoever drops a default need not have what it speaks of.
        if rule.tier != "off" or not comes_by_default(rule):
            yield from rule.faults(sound, f"rules[{number}]")
    yield from _repeated_foundations(problem.rules)


def _repeated_foundations(rules: Sequence[Rule]) -> Iterator[Fault]:
    for number, rule in enumerate(rules):
        if rule.foundation and any(other.kind == rule.kind for other in rules[:number]):
            yield Fault(
                "repeated_rule", f"rules[{number}]", f"the rule {rule.kind} can be stated only once"
            )
