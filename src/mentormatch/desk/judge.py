"""Where somebody can go, and what each place would cost.

What rules say of a group depends on that group alone, so a place is judged by the groups that it
touches. What depends on who has a group at all is the same for every place of one kind and is
judged once, on the whole round. Both together are what the verifier says of the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mentormatch.data.people import Mentor, Person, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.desk.state import State
from mentormatch.evaluate.cost import score, structure
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.move_evaluator import joined, parted

Verdict = Literal["fits", "costs", "no"]

STRUCTURE = "structure"
"""Stands among the reasons for what no matching may do, whatever its rules."""


@dataclass(frozen=True)
class Place:
    """One group that somebody could go to.

    Attributes
    ----------
    group
        Its id; None for no group.
    verdict
        ``no`` if a hard rule is broken more than now; ``costs`` if no hard rule is, and the
        first tier that changes gets worse; else ``fits``.
    change
        How much more each tier costs.
    broken
        Kinds of hard rules that would be broken more than now.
    worse
        Kinds of soft rules that would cost more.
    """

    group: str | None
    verdict: Verdict
    change: tuple[int, ...]
    broken: tuple[str, ...]
    worse: tuple[str, ...]


@dataclass(frozen=True)
class Exchange:
    """Two people in each other's place, and how much more each tier costs."""

    other: str
    group: str | None
    change: tuple[int, ...]
    worse: tuple[str, ...]


@dataclass(frozen=True)
class _Said:
    """What rules say of something: hard amounts and soft costs by kind, and costs by tier."""

    hard: Counter[str]
    soft: Counter[str]
    tiers: tuple[int, ...]

    def more_than(self, before: _Said) -> _Said:
        hard, soft = Counter(self.hard), Counter(self.soft)
        hard.subtract(before.hard)
        soft.subtract(before.soft)
        return _Said(
            hard, soft, tuple(a - b for a, b in zip(self.tiers, before.tiers, strict=True))
        )

    def plus(self, other: _Said) -> _Said:
        hard, soft = Counter(self.hard), Counter(self.soft)
        hard.update(other.hard)
        soft.update(other.soft)
        return _Said(hard, soft, tuple(a + b for a, b in zip(self.tiers, other.tiers, strict=True)))


class Judge:
    """Judges what could be done next to a state."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.problem: Problem = state.problem
        self.solution = solution_of(state.problem, state.matching)
        self._groups = {group.id: group for group in self.solution.groups}
        self._alone: dict[tuple[str, ...], _Said] = {}
        self._rest: dict[tuple[str, ...], _Said] = {}

    @cached_property
    def values(self) -> tuple[int, ...]:
        """What each tier costs now."""
        return score(self.problem, self.solution).values

    def places(self, person: str, leaving: str | None = None) -> list[Place]:
        """Return every group that somebody could go to, and no group, in the order of the groups.

        Parameters
        ----------
        person
            Id of a student or mentor.
        leaving
            The group that a mentor would leave; None if they would only join.
        """
        who = self.problem.person(person)
        own = self._leaving(who, leaving)
        found = [
            self._place(group.id, who, own, group)
            for group in self.solution.groups
            if who not in group.members
        ]
        if own:
            found.append(self._place(None, who, own, None))
        return found

    def exchanges(self, person: str, most: int = 5) -> list[Exchange]:
        """Return the exchanges with others that break no hard rule, those that cost least first."""
        who = self.problem.person(person)
        own = self._leaving(who, None) if isinstance(who, Student) else self._led(who)
        if len(own) > 1 or (not own and isinstance(who, Mentor)):
            return []
        found = list(self._exchanges(who, own[0] if own else None))
        found.sort(key=lambda one: (one.change, one.group or "", one.other))
        return found[:most]

    def _leaving(self, who: Person, leaving: str | None) -> list[SolutionGroup]:
        led = self._led(who)
        if isinstance(who, Mentor):
            return [group for group in led if group.id == leaving]
        return led

    def _led(self, who: Person) -> list[SolutionGroup]:
        return [group for group in self.solution.groups if who in group.members]

    def _exchanges(self, who: Person, own: SolutionGroup | None) -> Iterator[Exchange]:
        alike = Student if isinstance(who, Student) else Mentor
        for group in self.solution.groups:
            if who in group.members:
                continue
            plan = group.template.plan
            if self.problem.round.answer(who, plan) == "no":
                continue
            members = group.students if alike is Student else group.mentors
            for other in members:
                if alike is Mentor and len(self._led(other)) != 1:
                    continue
                there = joined(parted(group, other), who)
                pairs = [(group, there)]
                if own is not None:
                    pairs.append((own, joined(parted(own, who), other)))
                # A group that cannot take the first of the two is not looked at further.
                first = self._said(there).more_than(self._said(group))
                if _positive(first.hard):
                    continue
                more = self._more(pairs)
                if not _positive(more.hard):
                    yield Exchange(other.id, group.id, more.tiers, _positive(more.soft))

    def _place(
        self,
        name: str | None,
        who: Person,
        own: Sequence[SolutionGroup],
        group: SolutionGroup | None,
    ) -> Place:
        pairs = [(one, parted(one, who)) for one in own]
        if group is not None:
            pairs.append((group, joined(group, who)))
        more = self._more(pairs)
        broken = _positive(more.hard)
        first = next((value for value in more.tiers if value), 0)
        verdict: Verdict = "no" if broken else "costs" if first > 0 else "fits"
        return Place(name, verdict, more.tiers, broken, _positive(more.soft))

    def _more(self, pairs: Sequence[tuple[SolutionGroup, SolutionGroup]]) -> _Said:
        """Return what changed groups cost more: by themselves, and in the whole round."""
        total = _Said(Counter(), Counter(), (0,) * len(self.problem.tiers))
        for before, after in pairs:
            now = self._said(after) if after.students else self._nothing
            total = total.plus(now.more_than(self._said(before)))
        return total.plus(self._whole(pairs))

    def _whole(self, pairs: Sequence[tuple[SolutionGroup, SolutionGroup]]) -> _Said:
        """Return what changes in what names no group: who has one, and who leads how many."""
        new = {before.id: after for before, after in pairs}
        groups = [new.get(group.id, group) for group in self.solution.groups]
        kept = tuple(group for group in groups if group.students)
        key = (*self._loads_changed(pairs), *sorted(one.id for one in _ended(pairs)))
        if key not in self._rest:
            self._rest[key] = self._without_groups(kept).more_than(self._rest_now)
        told = self._rest[key]
        mentors = any(
            {one.id for one in before.mentors} != {one.id for one in after.mentors}
            for before, after in pairs
        )
        if not mentors:
            return told
        # Overlaps depend on the group a mentor goes to, and are part of no rule.
        hard = Counter(told.hard)
        hard[STRUCTURE] = self._structure(kept) - self._structure_now
        return _Said(hard, told.soft, told.tiers)

    def _loads_changed(self, pairs: Iterable[tuple[SolutionGroup, SolutionGroup]]) -> Iterator[str]:
        """Yield whose number of groups changes, and by how much."""
        loads: Counter[str] = Counter()
        for before, after in pairs:
            members = after.members if after.students else ()
            loads.update(one.id for one in members)
            loads.subtract(one.id for one in before.members)
        yield from (f"{name} {more:+d}" for name, more in sorted(loads.items()) if more)

    def _without_groups(self, groups: tuple[SolutionGroup, ...]) -> _Said:
        """Return what is said of the whole round and names no group."""
        placed = {one.id for group in groups for one in group.students}
        left_out = tuple(one for one in self.problem.students if one.id not in placed)
        solution = Solution(groups, left_out)
        said = self._counted(solution, whole=True)
        said.hard[STRUCTURE] = self._structure(groups)
        return said

    @cached_property
    def _rest_now(self) -> _Said:
        return self._without_groups(self.solution.groups)

    @cached_property
    def _nothing(self) -> _Said:
        return _Said(Counter(), Counter(), (0,) * len(self.problem.tiers))

    @cached_property
    def _structure_now(self) -> int:
        return self._structure(self.solution.groups)

    def _structure(self, groups: tuple[SolutionGroup, ...]) -> int:
        return sum(one.amount for one in structure(self.problem, Solution(groups, ())))

    def _said(self, group: SolutionGroup) -> _Said:
        """Return what is said of a group itself."""
        key = (group.id, *sorted(one.id for one in group.members))
        if key not in self._alone:
            self._alone[key] = self._counted(Solution((group,), ()), whole=False)
        return self._alone[key]

    def _counted(self, solution: Solution, *, whole: bool) -> _Said:
        judged = score(self.problem, solution)
        hard: Counter[str] = Counter()
        soft: Counter[str] = Counter()
        tiers = dict.fromkeys(self.problem.tiers, 0)
        for each in judged.hard:
            if (each.violation.group is None) == whole:
                hard[each.rule.kind] += each.violation.amount
        for each in judged.soft:
            if (each.violation.group is None) == whole:
                soft[each.rule.kind] += each.cost
                assert isinstance(each.rule.tier, int)
                tiers[each.rule.tier] += each.cost
        return _Said(hard, soft, tuple(tiers.values()))


def _ended(
    pairs: Iterable[tuple[SolutionGroup, SolutionGroup]],
) -> Iterator[SolutionGroup]:
    return (before for before, after in pairs if not after.students)


def _positive(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(kind for kind, more in counts.items() if more > 0))
