"""A round and its matching after some events, with what the events ask of the groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Mentor, Noun, Student
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.replan.events.between import CHOICES, with_fields
from mentormatch.replan.events.group_events import GroupChanges
from mentormatch.replan.events.kinds import (
    AnyEvent,
    ChoicesChanged,
    GroupDissolved,
    GroupMerged,
    GroupSplit,
    MentorAway,
    MentorChanged,
    MentorJoined,
    MentorLeft,
    MentorReplaced,
    RoomAdded,
    RoomLost,
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
from mentormatch.rules.base import Rule


@dataclass(frozen=True)
class Changed:
    """What came of some events.

    Attributes
    ----------
    problem
        The round as it is after them.
    earlier
        The groups that people are to be kept in: those that were published, with a substitute
        in a mentor's place, without dissolved groups, with split and merged ones as they are to
        be.
    parts
        Groups that were split off others.
    homeless
        Students of dissolved groups.
    demands
        Hard rules on the groups: who is not together again, who stays together.
    """

    problem: Problem
    earlier: Matching
    parts: tuple[Group, ...] = ()
    homeless: tuple[str, ...] = ()
    demands: tuple[Rule, ...] = ()


def apply_events(problem: Problem, previous: Matching, events: Sequence[AnyEvent]) -> Changed:
    """Return a round after some events.

    Parameters
    ----------
    problem
        The round before them.
    previous
        The matching that people know.
    events
        What happened, in this order.

    Raises
    ------
    InputError
        With every event that names somebody or something that is not there, that contradicts
        another one, or that makes no sound round.
    """
    round_ = _Changing(problem, previous)
    for number, event in enumerate(events):
        round_.apply(event, f"events[{number}]")
    return round_.result()


@dataclass
class _Changing:
    """A round in the middle of its events."""

    problem: Problem
    previous: Matching
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.students = {one.id: one for one in self.problem.students}
        self.mentors = {one.id: one for one in self.problem.mentors}
        self.slots = {one.id: one for one in self.problem.slots}
        self.rules: list[Any] = list(self.problem.rules)
        self.fields: dict[str, Any] = {}
        self.gone: dict[str, str] = {}
        self.settled: dict[tuple[str, str], str] = {}
        self.groups = GroupChanges(self.previous, self.faults)
        self.where = ""

    def apply(self, event: AnyEvent, where: str) -> None:
        """Apply one event, or note why it cannot be."""
        self.where = where
        match event:
            case StudentJoined(student=one) | MentorJoined(mentor=one):
                self._join(one)
            case StudentLeft(id=name):
                self._leave(name, "student")
            case MentorLeft(id=name):
                self._leave(name, "mentor")
            case StudentChanged(id=name, fields=fields):
                self._change(self.students, "student", name, fields)
            case MentorChanged(id=name, fields=fields):
                self._change(self.mentors, "mentor", name, fields)
            case MentorAway(id=name, dates=dates):
                if self._known(self.mentors, "mentor", name):
                    away = sorted({*self.mentors[name].absences, *dates})
                    self._change(self.mentors, "mentor", name, {"absences": away})
            case MentorReplaced(id=name, by=other):
                self._replace(name, other)
            case GroupDissolved() | GroupSplit() | GroupMerged():
                self.groups.apply(event, where)
            case RuleAdded(rule=rule):
                self.rules.append(rule)
            case RuleDropped(rule=rule):
                if rule in self.rules:
                    self.rules.remove(rule)
                else:
                    self._fault("unknown_rule", f"no such {rule.kind} is stated")
            case _:
                self._of_the_round(event)

    def _of_the_round(self, event: AnyEvent) -> None:
        """Apply an event about slots, or the round as a whole."""
        match event:
            case SlotAdded(slot=slot, answers=answers):
                if slot.id in self.slots:
                    self._fault("already_there", f"there is a slot {slot.id!r} already")
                    return
                self.slots[slot.id] = slot
                self._answered(slot.id, answers)
            case SlotLost(id=name):
                if self._known(self.slots, "slot", name):
                    self._once("slot", name, "is lost")
                    del self.slots[name]
                    self.gone[name] = "slot"
            case SlotChanged(id=name, fields=fields):
                self._change(self.slots, "slot", name, fields)
            case RoomLost(id=name, rooms=rooms):
                self._rooms(name, -rooms)
            case RoomAdded(id=name, rooms=rooms):
                self._rooms(name, rooms)
            case TermChanged(fields=fields):
                self._whole("term", fields)
            case ShapeChanged(fields=fields):
                self._whole("shape", fields)
            case ChoicesChanged(fields=fields):
                for name in fields.keys() - set(CHOICES):
                    message = f"{name!r} is none of {', '.join(CHOICES)}"
                    self._fault("unknown_field", message, nearest(name, CHOICES))
                self.fields |= fields

    def result(self) -> Changed:
        """Return what came of all events.

        Raises
        ------
        InputError
            With everything that was found wrong.
        """
        groups = self.groups.result(self._leavers(), self.slots)
        if self.faults:
            raise InputError(self.faults)
        left = [name for name in self._leavers() if any(_names(rule, name) for rule in self.rules)]
        away = (*self.problem.left, *left)
        back = {*self.students, *self.mentors}
        problem = self.problem.evolve(
            students=tuple(self._without_lost_slots(one) for one in self.students.values()),
            mentors=tuple(self._without_lost_slots(one) for one in self.mentors.values()),
            slots=tuple(self.slots.values()),
            rules=tuple(self.rules),
            left=tuple(dict.fromkeys(one for one in away if one not in back)),
            **self.fields,
        )
        unfit = list(self._unfit_substitutes(problem))
        if unfit:
            raise InputError(unfit)
        return Changed(problem, groups.earlier, groups.parts, groups.homeless, groups.demands)

    def _unfit_substitutes(self, problem: Problem) -> Iterator[Fault]:
        """Yield the substitutes who cannot lead the groups that they are to lead."""
        leads = Counter(one for group in self.groups.current for one in group.mentors)
        for name, group in self.groups.substitutes:
            mentor = self.mentors.get(name)
            if mentor is None or group.slot not in problem.round.slot:
                continue
            plans = problem.round.all_plans[group.slot]
            if all(problem.round.answer(mentor, plan) == "no" for plan in plans):
                message = f"{name!r} cannot come to {group.slot}, when group {group.id} meets"
                yield Fault("cannot_come", "events", message)
            if leads[name] > mentor.capacity:
                message = f"{name!r} would lead {leads[name]} groups, more than {mentor.capacity}"
                yield Fault("too_many_groups", "events", message)

    def _fault(self, code: str, message: str, near: str | None = None) -> None:
        self.faults.append(Fault(code, self.where, message, near))

    def _known(self, known: dict[str, Any], what: str, name: str) -> bool:
        if name in known:
            return True
        if name in self.gone:
            self._fault("contradiction", f"{what} {name!r} is gone by an earlier event")
        else:
            message = f"{name!r} is not among the {len(known)} {what}s"
            self._fault(f"unknown_{what}", message, nearest(name, known))
        return False

    def _once(self, what: str, name: str, happens: str) -> None:
        """Note that something happens to somebody, which can be only once and to the end."""
        if (what, name) in self.settled:
            message = f"{what} {name!r} {happens}, but {self.settled[what, name]} as well"
            self._fault("contradiction", message)
        self.settled[what, name] = happens

    def _join(self, one: Student | Mentor) -> None:
        if one.id in self.students or one.id in self.mentors:
            self._fault("already_there", f"{one.id!r} is among the people already")
        elif isinstance(one, Student):
            self.students[one.id] = one
        else:
            self.mentors[one.id] = one

    def _leave(self, name: str, what: str) -> None:
        people: dict[str, Any] = self.students if what == "student" else self.mentors
        if self._known(people, what, name):
            self._once(what, name, "leaves")
            del people[name]
            self.gone[name] = what

    def _replace(self, name: str, other: str) -> None:
        known = self._known(self.mentors, "mentor", name)
        if name == other:
            self._fault("contradiction", f"mentor {name!r} cannot be replaced by themselves")
            return
        if not self._known(self.mentors, "mentor", other) or not known:
            return
        self._once("mentor", name, "is replaced")
        if not self.groups.replace(name, other, self.where):
            return
        del self.mentors[name]
        self.gone[name] = "mentor"

    def _change(self, known: dict[str, Any], what: str, name: str, fields: Any) -> None:
        if not self._known(known, what, name):
            return
        if "id" in fields:
            self._fault("fixed_field", f"the id of {what} {name!r} cannot change")
            return
        changed = self._with(known[name], fields)
        if changed is not None:
            known[name] = changed

    def _with(self, noun: Noun, fields: Any) -> Noun | None:
        """Return a noun with new fields; None if they are no such fields or values."""
        try:
            return with_fields(noun, **fields)
        except InputError as error:
            self.faults += [
                Fault(one.code, f"{self.where}.fields.{one.where}", one.message, one.nearest)
                for one in error.faults
            ]
            return None

    def _whole(self, name: str, fields: Any) -> None:
        changed = self._with(self.fields.get(name, getattr(self.problem, name)), fields)
        if changed is not None:
            self.fields[name] = changed

    def _answered(self, slot: str, answers: Any) -> None:
        for name, answer in answers.items():
            people: dict[str, Any] = self.students if name in self.students else self.mentors
            if name in people:
                given = {**(people[name].availability or {}), slot: answer}
                people[name] = with_fields(people[name], availability=given)
            else:
                near = nearest(name, [*self.students, *self.mentors])
                self._fault("unknown_person", f"{name!r}, who answers to {slot}, is not here", near)

    def _rooms(self, name: str, more: int) -> None:
        if not self._known(self.slots, "slot", name):
            return
        slot = self.slots[name]
        held = sum(group.slot == name for group in self.previous.groups)
        if slot.max_groups is None and more > 0:
            self._fault("no_limit", f"slot {name!r} has no limit of groups to which to add rooms")
            return
        rooms = held if slot.max_groups is None else slot.max_groups
        if rooms + more < 0:
            self._fault("contradiction", f"slot {name!r} has {rooms} rooms, and {-more} are lost")
            return
        self.slots[name] = with_fields(slot, max_groups=rooms + more)

    def _leavers(self) -> tuple[str, ...]:
        return tuple(name for name, what in self.gone.items() if what != "slot")

    def _without_lost_slots(self, person: Any) -> Any:
        given = person.availability or {}
        kept = {slot: each for slot, each in given.items() if self.gone.get(slot) != "slot"}
        return person if len(kept) == len(given) else with_fields(person, availability=kept)


def _names(rule: Rule, person: str) -> bool:
    return bool(rule.without((person,)) != rule)
