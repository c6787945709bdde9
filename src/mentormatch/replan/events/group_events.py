"""Groups that are dissolved, split or merged, or get another mentor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations, product

from mentormatch.data.matching import Group, Matching
from mentormatch.errors import Fault, nearest
from mentormatch.replan.events.kinds import GroupDissolved, GroupMerged, GroupSplit
from mentormatch.rules import Ban, KeepApart, Pin
from mentormatch.rules.base import Rule


@dataclass(frozen=True)
class GroupsAfter:
    """Groups after their events; see :class:`mentormatch.replan.Changed`."""

    earlier: Matching
    parts: tuple[Group, ...]
    homeless: tuple[str, ...]
    demands: tuple[Rule, ...]


class GroupChanges:
    """The groups of a matching in the middle of their events.

    Parameters
    ----------
    previous
        The matching that people know.
    faults
        Where faults are added.
    """

    def __init__(self, previous: Matching, faults: list[Fault]) -> None:
        self._previous = previous
        self._faults = faults
        self._groups = {group.id: group for group in previous.groups}
        self._parts: list[Group] = []
        self._happened: dict[str, str] = {}
        self._dissolved: list[Group] = []
        self._split: list[tuple[str, ...]] = []
        self._merged: list[Group] = []
        self.substitutes: list[tuple[str, Group]] = []

    @property
    def current(self) -> tuple[Group, ...]:
        """The groups as they are so far, without what was split off."""
        return tuple(self._groups.values())

    def apply(self, event: GroupDissolved | GroupSplit | GroupMerged, where: str) -> None:
        """Apply one event, or note why it cannot be."""
        match event:
            case GroupDissolved(id=name):
                if self._free(name, "is dissolved", where):
                    self._dissolved.append(self._groups.pop(name))
            case GroupSplit(id=name, parts=parts):
                if self._free(name, "is split", where) and self._whole(name, parts, where):
                    self._divide(self._groups[name], parts)
            case GroupMerged(id=name, into=other):
                if name == other:
                    self._fault("contradiction", where, f"group {name!r} merges into itself")
                elif self._free(name, f"merges into {other}", where) and self._there(other, where):
                    self._join(self._groups.pop(name), other)

    def replace(self, mentor: str, by: str, where: str) -> bool:
        """Put a substitute in a mentor's place; whether the mentor had a group."""
        led = [group for group in self._groups.values() if mentor in group.mentors]
        if not led:
            self._fault("no_group", where, f"mentor {mentor!r} has no group that could go on")
            return False
        for group in led:
            if by in group.mentors:
                message = f"{by!r} leads group {group.id} already, with {mentor!r}"
                self._fault("contradiction", where, message)
                return False
            mentors = tuple(by if one == mentor else one for one in group.mentors)
            self._groups[group.id] = group.model_copy(update={"mentors": mentors})
            self.substitutes.append((by, group))
        return True

    def result(self, gone: Collection[str], slots: Collection[str]) -> GroupsAfter:
        """Return what came of all events.

        Parameters
        ----------
        gone
            People who have left, of whom nothing is asked.
        slots
            The slots that there are; a group whose slot is lost may go on in another one.
        """

        def here(people: Collection[str]) -> list[str]:
            return [one for one in people if one not in gone]

        demands: list[Rule] = []
        for group in self._dissolved:
            students, mentors = here(group.students), here(group.mentors)
            if mentors:
                pairs = tuple(product(students, mentors))
                demands += [KeepApart(sets=pairs)] if pairs else []
            else:
                bans = [Ban(person=one, slot=group.slot) for one in students]
                demands += bans if group.slot in slots else []
        apart = tuple(pair for pair in self._split if not set(pair) & set(gone))
        demands += [KeepApart(sets=apart)] if apart else []
        for group in self._merged:
            together = here(self._groups[group.id].students) if group.id in self._groups else []
            slot = group.slot if group.slot in slots else None
            demands += [
                Pin(person=one, slot=slot, with_people=(together[0],)) for one in together[1:]
            ]
        for mentor, group in self.substitutes:
            slot = group.slot if group.slot in slots else None
            demands.append(Pin(person=mentor, slot=slot))
        homeless = tuple(one for group in self._dissolved for one in group.students)
        earlier = self._previous.model_copy(update={"groups": self.current})
        return GroupsAfter(earlier, tuple(self._parts), homeless, tuple(demands))

    def _fault(self, code: str, where: str, message: str, near: str | None = None) -> None:
        self._faults.append(Fault(code, where, message, near))

    def _there(self, name: str, where: str) -> bool:
        if name in self._groups:
            return True
        if name in self._happened:
            message = f"group {name!r} {self._happened[name]} by an earlier event"
            self._fault("contradiction", where, message)
        else:
            known = {group.id for group in self._previous.groups}
            message = f"{name!r} is not among the {len(known)} groups"
            self._fault("unknown_group", where, message, nearest(name, known))
        return False

    def _free(self, name: str, happens: str, where: str) -> bool:
        """Whether something can happen to a group, to which nothing else has happened."""
        if not self._there(name, where):
            return False
        if name in self._happened:
            message = f"group {name!r} {happens}, but {self._happened[name]} as well"
            self._fault("contradiction", where, message)
            return False
        self._happened[name] = happens
        return True

    def _whole(self, name: str, parts: tuple[tuple[str, ...], ...], where: str) -> bool:
        """Whether parts have everybody of a group once."""
        group = self._groups[name]
        people = {*group.students, *group.mentors}
        counted = Counter(one for part in parts for one in part)
        for one in sorted(counted.keys() - people):
            message = f"{one!r} is not in group {name!r}"
            self._fault("unknown_person", where, message, nearest(one, people))
        for one in sorted(people - counted.keys()):
            self._fault("missing_person", where, f"no part of group {name!r} has {one!r}")
        for one in sorted(one for one, times in counted.items() if times > 1):
            self._fault("repeated_person", where, f"{one!r} is in two parts of group {name!r}")
        return people == counted.keys() and counted.total() == len(people)

    def _divide(self, group: Group, parts: tuple[tuple[str, ...], ...]) -> None:
        for number, part in enumerate(parts):
            students = tuple(one for one in group.students if one in part)
            mentors = tuple(one for one in group.mentors if one in part)
            people = {"students": students, "mentors": mentors}
            if number == 0:
                self._groups[group.id] = group.model_copy(update=people)
            else:
                self._parts.append(group.model_copy(update=people))
        for one, other in combinations(parts, 2):
            self._split += product(one, other)

    def _join(self, group: Group, into: str) -> None:
        target = self._groups[into]
        students = (*target.students, *group.students)
        self._groups[into] = target.model_copy(update={"students": students})
        self._happened.setdefault(into, "is merged with another")
        self._merged.append(target)
