"""Changes to a problem: what repairs, counterfactuals and what-if variants are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Annotated, Any, Literal

from pydantic import Field

from mentormatch.data.calendar import Slot
from mentormatch.data.languages import Language
from mentormatch.data.people import Answer, Identifier, Mentor, Noun, Person
from mentormatch.data.problem import Problem
from mentormatch.data.round import CODE
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.messages.wording import Message, slot_facts
from mentormatch.rules.base import MAX_TIER, Rule


class Change(Noun):
    """One change to a problem, as somebody would ask for it."""

    kind: str

    def applied(self, problem: Problem) -> Problem:
        """Return the problem with the change made.

        Raises
        ------
        InputError
            If the change names what the problem does not have, or spoils it.
        """
        raise NotImplementedError

    def message(self, problem: Problem) -> Message:
        """Return what the change is, in a code and facts."""
        facts: dict[str, int | str] = {}
        for name, value in self:
            if name == "slot":
                slot = value if isinstance(value, Slot) else _slot(problem, value)
                facts |= slot_facts(slot)
            elif name not in ("kind", "like", "place", "first"):
                facts[name] = value
        return Message(code=f"change.{self.kind}", facts=facts)


class OfferSlot(Change):
    """One person, student or mentor, offers one more slot."""

    kind: Literal["offer_slot"] = "offer_slot"
    person: Identifier
    slot: Identifier

    def applied(self, problem: Problem) -> Problem:
        _slot(problem, self.slot)
        if self.person not in problem.round.position:
            raise _unknown("person", self.person, problem.round.position)

        def offering(person: Person) -> Person:
            if person.id != self.person:
                return person
            answers: dict[str, Answer] = {**(person.availability or {}), self.slot: "yes"}
            offered: Person = _with(person, availability=answers)
            return offered

        return _rebuilt(
            problem,
            students=tuple(offering(one) for one in problem.students),
            mentors=tuple(offering(one) for one in problem.mentors),
        )


class AddMentors(Change):
    """So many more mentors for one slot, who use every language of the programme."""

    kind: Literal["add_mentors"] = "add_mentors"
    slot: Identifier
    count: int = Field(default=1, strict=True, ge=1, le=100)

    def applied(self, problem: Problem) -> Problem:
        _slot(problem, self.slot)
        return _rebuilt(problem, mentors=(*problem.mentors, *self.newcomers(problem)))

    def newcomers(self, problem: Problem) -> tuple[Mentor, ...]:
        """Return the mentors who are made up for the change."""
        known = problem.round.position
        names: list[str] = []
        number = 1
        while len(names) < self.count:
            if (name := f"new-mentor-{number}") not in known:
                names.append(name)
            number += 1
        return tuple(
            Mentor(
                id=name,
                languages=dict.fromkeys(problem.languages, "native"),
                availability={self.slot: "yes"},
            )
            for name in names
        )


class DropMentors(Change):
    """So many mentors lead no group; a lot that depends on nothing but their ids draws them."""

    kind: Literal["drop_mentors"] = "drop_mentors"
    count: int = Field(default=1, strict=True, ge=1)

    def applied(self, problem: Problem) -> Problem:
        leading = [mentor.id for mentor in problem.mentors if mentor.capacity]
        drawn = set(sorted(leading, key=_lot)[: self.count])
        # They stay known, because rules may name them.
        return _rebuilt(
            problem,
            mentors=tuple(
                _with(mentor, capacity=0) if mentor.id in drawn else mentor
                for mentor in problem.mentors
            ),
        )


class AddRoom(Change):
    """One more group can meet in a slot whose rooms are limited."""

    kind: Literal["add_room"] = "add_room"
    slot: Identifier

    def applied(self, problem: Problem) -> Problem:
        _slot(problem, self.slot)

        def larger(slot: Slot) -> Slot:
            if slot.id != self.slot or slot.max_groups is None:
                return slot
            roomier: Slot = _with(slot, max_groups=slot.max_groups + 1)
            return roomier

        return _rebuilt(problem, slots=tuple(larger(slot) for slot in problem.slots))


class MaxStudents(Change):
    """Another largest size of a group."""

    kind: Literal["max_students"] = "max_students"
    to: int = Field(strict=True, ge=1, le=1_000)

    def applied(self, problem: Problem) -> Problem:
        return _reshaped(problem, max_students=self.to)


class MinStudents(Change):
    """Another smallest size of a group."""

    kind: Literal["min_students"] = "min_students"
    to: int = Field(strict=True, ge=1, le=1_000)

    def applied(self, problem: Problem) -> Problem:
        return _reshaped(problem, min_students=self.to)


class MentorsInGroup(Change):
    """Another number of mentors for each group."""

    kind: Literal["mentors_per_group"] = "mentors_per_group"
    to: int = Field(strict=True, ge=0, le=3)

    def applied(self, problem: Problem) -> Problem:
        return _reshaped(problem, mentors=self.to)


class RelaxRule(Change):
    """A rule gives way to all others, or as little as possible."""

    kind: Literal["relax_rule"] = "relax_rule"
    rule: str = Field(description="Kind of the rule.")
    place: int | None = Field(
        default=None, description="Its place among the problem's rules; null: all of the kind."
    )
    first: bool = Field(
        default=False,
        description="Whether it is broken as little as possible, in a tier before all others, "
        "instead of in one after them.",
    )

    def applied(self, problem: Problem) -> Problem:
        concerned = [rule for rule in problem.active_rules if rule.kind == self.rule]
        if not concerned:
            raise _unknown("rule", self.rule, {rule.kind for rule in problem.active_rules})
        if self.first:
            if len(problem.tiers) == MAX_TIER:
                fault = Fault("no_tier_left", "rules", f"all {MAX_TIER} tiers are in use")
                raise InputError([fault])
            problem = problem.with_tiers({one: at for at, one in enumerate(problem.tiers, 2)})
            # As many violations as there are: weights are for soft rules that stand beside it.
            moved: dict[str, int] = {"tier": 1, "weight": 1}
        else:
            moved = {"tier": min(max(problem.tiers, default=0) + 1, MAX_TIER)}
        rules: list[Rule] = [
            rule.changed(**moved) if self._means(rule, number) else rule
            for number, rule in enumerate(problem.rules)
        ]
        rules += [
            rule.changed(**moved)
            for rule in problem.implied_rules
            if rule.kind == self.rule and self.place is None
        ]
        return _rebuilt(problem, rules=tuple(rules))

    def _means(self, rule: Rule, number: int) -> bool:
        return rule.kind == self.rule and rule.tier != "off" and self.place in (None, number)


class AddLanguage(Change):
    """Groups may meet in one more language."""

    kind: Literal["add_language"] = "add_language"
    language: Language

    def applied(self, problem: Problem) -> Problem:
        return _rebuilt(
            problem, languages=tuple(dict.fromkeys((*problem.languages, self.language)))
        )


class AddSlot(Change):
    """One more slot.

    Nobody was asked about it, so it is assumed who can come: whoever can come to the slot
    `like`, or, if none is named, to some slot of the same weekday; and whoever stated weekly
    hours, by these.
    """

    kind: Literal["add_slot"] = "add_slot"
    slot: Slot
    like: Identifier | None = None

    def applied(self, problem: Problem) -> Problem:
        if self.slot.id in problem.round.slot:
            raise InputError(
                [Fault("repeated_slot", "add_slot", f"there is a slot {self.slot.id!r} already")]
            )
        if self.like is not None:
            model = [_slot(problem, self.like).id]
        else:
            model = [
                slot.id
                for slot in problem.slots
                if slot.weekday is not None and slot.weekday == self.slot.weekday
            ]

        def variant(person: Person) -> Person:
            if person.availability is None:
                return person
            given = [person.availability[slot] for slot in model if slot in person.availability]
            if not given:
                return person
            best = max(given, key=lambda answer: CODE[answer])
            answers = {**person.availability, self.slot.id: best}
            answered: Person = _with(person, availability=answers)
            return answered

        return _rebuilt(
            problem,
            slots=(*problem.slots, self.slot),
            students=tuple(variant(one) for one in problem.students),
            mentors=tuple(variant(one) for one in problem.mentors),
        )


class DropSlot(Change):
    """One slot in which no group meets."""

    kind: Literal["drop_slot"] = "drop_slot"
    slot: Identifier

    def applied(self, problem: Problem) -> Problem:
        _slot(problem, self.slot)
        # It stays known, because people and rules name it.
        return _rebuilt(
            problem,
            slots=tuple(
                _with(slot, max_groups=0) if slot.id == self.slot else slot
                for slot in problem.slots
            ),
        )


AnyChange = Annotated[
    OfferSlot
    | AddMentors
    | DropMentors
    | AddRoom
    | MaxStudents
    | MinStudents
    | MentorsInGroup
    | RelaxRule
    | AddLanguage
    | AddSlot
    | DropSlot,
    Field(discriminator="kind"),
]


def changed(problem: Problem, changes: Sequence[Change]) -> Problem:
    """Return the problem with all the changes made, one after the other.

    Raises
    ------
    InputError
        If a change names what the problem does not have, or spoils it.
    """
    for change in changes:
        problem = change.applied(problem)
    return problem


def _with(noun: Any, **fields: Any) -> Any:
    """Return a noun of the same kind with some fields new, validated."""
    known = {name: getattr(noun, name) for name in type(noun).model_fields}
    return type(noun)(**{**known, **fields})


def _rebuilt(problem: Problem, **fields: Any) -> Problem:
    rebuilt: Problem = _with(problem, **fields)
    return rebuilt


def _reshaped(problem: Problem, **fields: int) -> Problem:
    shape = {**problem.shape.model_dump(), **fields}
    if (target := shape["target_students"]) is not None:
        shape["target_students"] = min(max(target, shape["min_students"]), shape["max_students"])
    # As plain data, so that a smallest size above the largest is a fault of the input.
    return _rebuilt(problem, shape=shape)


def _slot(problem: Problem, name: str) -> Slot:
    if name not in problem.round.slot:
        raise _unknown("slot", name, problem.round.slot)
    return problem.round.slot[name]


def _unknown(what: str, name: str, known: Mapping[str, Any] | set[str]) -> InputError:
    return InputError(
        [
            Fault(
                f"unknown_{what}",
                "changes",
                f"a change names the {what} {name!r}, which the problem does not have",
                nearest(name, known),
            )
        ]
    )


def _lot(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=8).digest()
