"""A greedy heuristic for a first matching, without a solver: an incumbent within moments."""

from __future__ import annotations

import numpy as np

from mentormatch.rules.forms import ceiling
from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import HARD, Compiled
from mentormatch.solve.instance.hard_counts import most_groups
from mentormatch.solve.instance.opening import Opening


def greedy(compiled: Compiled, clock: Clock) -> list[Opening]:
    """Open groups one by one, each in the template that most students can be in.

    Every group obeys the hard rules by itself; costs are ignored.
    """
    return _Greedy(compiled, clock).run()


class _Greedy:
    def __init__(self, compiled: Compiled, clock: Clock) -> None:
        self.compiled = compiled
        self.clock = clock
        self.judge = GroupCosts(compiled)
        self.free = compiled.capacity.copy()
        self.allowed = compiled.allowed.copy()
        self.left = most_groups(compiled)
        self.slot_of = [template.plan.slot for template in compiled.templates]
        self.rooms = dict(compiled.rooms)
        self.overlapping = compiled.overlapping()
        self.ceilings = [
            ceiling(count.table) if count.tier == HARD else None for count in compiled.counts
        ]

    def run(self) -> list[Opening]:
        openings: list[Opening] = []
        students = self.compiled.students
        waiting = [template for template, most in enumerate(self.left) if most > 0]
        while waiting and not self.clock.expired():
            requirement = self.allowed[:students].sum(axis=0)
            waiting.sort(key=lambda template: (-int(requirement[template]), template))
            for template in waiting:
                opening = self._open(template)
                if opening is not None:
                    openings.append(opening)
                    self._take(opening)
                    break
                self.left[template] = 0
            waiting = [template for template in waiting if self.left[template] > 0]
        return openings

    def _open(self, template: int) -> Opening | None:
        """Return one group, as large as the hard forms allow; None if there is none."""
        students = self.compiled.students
        here = np.flatnonzero(self.allowed[:, template])
        # People with the fewest templates come first.
        options = self.allowed[here].sum(axis=1)
        queue = [int(person) for person in here[np.argsort(options, kind="stable")]]
        best: tuple[int, ...] | None = None
        people: list[int] = []
        found: dict[int, int] = {}
        for person in [one for one in queue if one >= students] + [
            one for one in queue if one < students
        ]:
            if self.judge.apart[person].intersection(people) or any(
                (top := self.ceilings[number]) is not None
                and self.compiled.counts[number].applies(template)
                and found.get(number, 0) >= top
                for number in self.judge.counts_of[person]
            ):
                continue
            people.append(person)
            for number in self.judge.counts_of[person]:
                found[number] = found.get(number, 0) + 1
            if person < students and self.judge.fits(template, people):
                best = tuple(sorted(people))
        return None if best is None else Opening(template, best)

    def _take(self, opening: Opening) -> None:
        template = opening.template
        slot = self.slot_of[template]
        for person in opening.people:
            self.free[person] -= 1
            if self.free[person] == 0:
                self.allowed[person] = False
            else:
                self.allowed[person, sorted(self.overlapping[template])] = False
        if slot in self.rooms:
            self.rooms[slot] -= 1
        for other, where in enumerate(self.slot_of):
            if where == slot and self.rooms.get(slot) == 0:
                self.left[other] = 0
