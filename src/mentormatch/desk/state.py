"""A round on the desk at one moment, and what an action makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.desk.actions import (
    Accepting,
    Action,
    Describing,
    Happening,
    Lock,
    Locking,
    Seat,
    Swap,
)
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.exporters.group_details import GroupDetails
from mentormatch.replan.events import AnyEvent, MentorReplaced, apply_events
from mentormatch.rules import KeepApart, KeepTogether, Pin
from mentormatch.rules.base import Rule

Notes = Mapping[str, str]


@dataclass(frozen=True)
class State:
    """A round on the desk.

    Attributes
    ----------
    problem
        The round as it is now, with what happened on the desk.
    matching
        Its groups; they may break rules while somebody works on them.
    locks
        What no search may change.
    details
        Names, places and links of groups.
    notes
        Notes of the coordinator by group.
    events
        What happened since the sign-ups were read, in order.
    """

    problem: Problem
    matching: Matching
    locks: tuple[Lock, ...] = ()
    details: Mapping[str, GroupDetails] = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    events: tuple[AnyEvent, ...] = ()

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """The groups by id."""
        return {group.id: group for group in self.matching.groups}

    def groups_of(self, person: str) -> tuple[Group, ...]:
        """Return the groups in which somebody is."""
        return tuple(
            group
            for group in self.matching.groups
            if person in group.students or person in group.mentors
        )

    def after(self, action: Action) -> State:
        """Return the state after an action.

        Raises
        ------
        InputError
            If it names somebody or a group that there is not, or asks what cannot be.
        """
        if isinstance(action, Seat):
            return self._with_groups(self._seated(action))
        if isinstance(action, Swap):
            return self._with_groups(self._swapped(action))
        if isinstance(action, Locking):
            return self._locked(action)
        if isinstance(action, Describing):
            return self._described(action)
        if isinstance(action, Happening):
            return self._changed(action.event)
        assert isinstance(action, Accepting)
        return self._accepted(action)

    @cached_property
    def lock_rules(self) -> tuple[Rule, ...]:
        """The locks as rules of the catalogue."""
        return tuple(rule for lock in self.locks for rule in self._rules_of(lock))

    def after_groups(self, groups: Iterable[Group]) -> State:
        """Return the state with other groups of the same round."""
        return self._with_groups(groups)

    def locked(self) -> Problem:
        """Return the problem with the locks among its rules."""
        return self.problem.with_rules(*self.problem.rules, *self.lock_rules)

    def _seated(self, action: Seat) -> tuple[Group, ...]:
        person = self._person(action.person)
        target = None if action.to is None else self._group(action.to)
        own = self.groups_of(person.id)
        leaving: tuple[str, ...]
        if isinstance(person, Mentor):
            leaving = () if action.leaving is None else (self._group(action.leaving).id,)
            if leaving and leaving[0] not in {group.id for group in own}:
                raise _refused("action.leaving", f"{person.label} does not lead {leaving[0]}")
        else:
            leaving = tuple(group.id for group in own)
        if target is not None and target in own:
            raise _refused("action.to", f"{person.label} is in {target.id} already")
        if target is None and not leaving:
            raise _refused("action.to", f"{person.label} leaves no group")
        changed = {one: _without(self.groups[one], person.id) for one in leaving}
        if target is not None:
            role = "mentors" if isinstance(person, Mentor) else "students"
            there = (*getattr(target, role), person.id)
            changed[target.id] = target.model_copy(update={role: there})
        return self._replaced(changed)

    def _swapped(self, action: Swap) -> tuple[Group, ...]:
        one, other = self._person(action.person), self._person(action.other)
        if isinstance(one, Mentor) != isinstance(other, Mentor):
            raise _refused("action.other", "a student and a mentor cannot change places")
        here, there = self.groups_of(one.id), self.groups_of(other.id)
        if max(len(here), len(there)) > 1:
            raise _refused("action", "who leads several groups is moved one group at a time")
        if not here and not there:
            raise _refused("action", "neither of the two has a group")
        if here == there:
            raise _refused("action.other", "the two are in one group")
        names = {one.id: other.id, other.id: one.id}
        return self._replaced(
            {
                group.id: group.model_copy(
                    update={
                        "students": tuple(names.get(each, each) for each in group.students),
                        "mentors": tuple(names.get(each, each) for each in group.mentors),
                    }
                )
                for group in (*here, *there)
            }
        )

    def _locked(self, action: Locking) -> State:
        rest = tuple(lock for lock in self.locks if not _same(lock, action.lock))
        if not action.on:
            return replace(self, locks=rest)
        lock = action.lock
        if lock.kind == "time":
            self._group(lock.group or "")
        else:
            for name in lock.people:
                self._person(name)
            wanted = 1 if lock.kind == "person" else 2
            if len(set(lock.people)) != wanted:
                raise _refused("action.lock.people", f"a lock of this kind is on {wanted} people")
        if not list(self._rules_of(lock)):
            raise _refused("action.lock", "there is no group that it could hold on to")
        return replace(self, locks=(*rest, lock))

    def _described(self, action: Describing) -> State:
        self._group(action.group)
        told = GroupDetails(action.name.strip(), action.place.strip(), action.link.strip())
        return replace(
            self,
            details={**self.details, action.group: told},
            notes={**self.notes, action.group: action.note.strip()},
        )

    def _changed(self, event: AnyEvent) -> State:
        changed = apply_events(self.problem, self.matching, [event])
        earlier = changed.earlier if isinstance(event, MentorReplaced) else self.matching
        after = replace(
            self,
            problem=changed.problem,
            matching=carried_over(changed.problem, earlier),
            events=(*self.events, event),
        )
        return _with_known_locks(after)

    def _accepted(self, action: Accepting) -> State:
        known = self.problem.round.position
        for group in action.groups:
            for name in (*group.students, *group.mentors):
                if name not in known:
                    raise _refused("action.groups", f"{name!r} is not in the round any more")
        return _with_known_locks(self._with_groups(action.groups))

    def _with_groups(self, groups: Iterable[Group]) -> State:
        # A group that nobody is left in has ended; undo brings it back.
        kept = tuple(group for group in groups if group.students)
        placed = {name for group in kept for name in group.students}
        left_out = tuple(one.id for one in self.problem.students if one.id not in placed)
        matching = Matching(
            status="FEASIBLE" if kept else "UNKNOWN",
            groups=kept,
            left_out=tuple(sorted(left_out)),
        )
        return replace(self, matching=matching)

    def _replaced(self, changed: Mapping[str, Group]) -> tuple[Group, ...]:
        return tuple(changed.get(group.id, group) for group in self.matching.groups)

    def _rules_of(self, lock: Lock) -> Iterable[Rule]:
        if lock.kind == "together":
            yield KeepTogether(sets=(lock.people,))
        elif lock.kind == "apart":
            yield KeepApart(sets=(lock.people,))
        elif lock.kind == "time":
            group = self.groups.get(lock.group or "")
            for name in () if group is None else group.students:
                yield Pin(person=name, slot=group.slot if group else None)
        else:
            yield from self._staying(lock.people[0])

    def _staying(self, person: str) -> Iterable[Rule]:
        """Yield what holds somebody in their group: its time, and its mentors if it has any."""
        own = self.groups_of(person)
        if len(own) != 1:
            return
        group = own[0]
        held = Counter(name for lock in self.locks for name in lock.people)
        others = group.students if person in group.mentors else group.mentors
        # Without mentors a group is known by those of its members who are locked as well.
        company = others or tuple(name for name in group.students if held[name])
        with_people = tuple(name for name in company if name != person)
        if person in group.mentors:
            # Of the students only those who are locked themselves are sure to stay.
            with_people = tuple(name for name in with_people if held[name])
        yield Pin(person=person, slot=group.slot, with_people=with_people)

    def _person(self, name: str) -> Student | Mentor:
        return self.problem.person(name)

    def _group(self, name: str) -> Group:
        if name not in self.groups:
            message = f"there is no group {name!r}"
            raise InputError(
                [Fault("unknown_group", "action", message, nearest(name, self.groups))]
            )
        return self.groups[name]


def _with_known_locks(state: State) -> State:
    """Return a state without locks on people or groups that there are no more."""
    people = state.problem.round.position
    kept = tuple(
        lock
        for lock in state.locks
        if all(name in people for name in lock.people)
        and (lock.group is None or lock.group in state.groups)
    )
    return replace(state, locks=kept)


def _without(group: Group, person: str) -> Group:
    return group.model_copy(
        update={
            "students": tuple(name for name in group.students if name != person),
            "mentors": tuple(name for name in group.mentors if name != person),
        }
    )


def _same(one: Lock, other: Lock) -> bool:
    return (one.kind, frozenset(one.people), one.group) == (
        other.kind,
        frozenset(other.people),
        other.group,
    )


def _refused(where: str, message: str) -> InputError:
    return InputError([Fault("refused", where, message)])
