"""Simulated annealing: moves and swaps of people, groups opened and dissolved.

It starts from the greedy's groups. A step is one of: a student goes to another group; two
students swap, of whom one may have no group; a mentor changes places with a free one; a group of
the free is opened; a group moves to another template, with those of its people who can, or is
dissolved. Every step keeps the hard rules. The tiers count as one sum in which a place outweighs
ten pairs, and a pair ten times used if need be; the best answer by tiers in strict order is kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import exp
from random import Random
from time import perf_counter

from benchmarks.baselines.greedy import gathered
from benchmarks.baselines.greedy import solve as greedy
from benchmarks.baselines.outset import Answer, Gathering, Outset

WEIGHTS = (100, 10, 1)
HOT, COLD = 60.0, 0.3
"""Temperatures at start and end."""

Costs = tuple[int, int, int]


@dataclass
class State:
    """Groups as they stand: their templates and people, and who is where."""

    templates: list[int]
    people: list[set[int]]
    where: list[int | None]


def solve(outset: Outset, time_limit: float, seed: int) -> Answer:
    """Anneal until time is up."""
    until = perf_counter() + time_limit
    walk = Walk(outset, seed)
    began = perf_counter()
    best, best_costs = walk.groups(), walk.costs()
    while (now := perf_counter()) < until:
        done = (now - began) / max(until - began, 1e-9)
        heat = HOT * (COLD / HOT) ** done
        for _ in range(200):
            walk.step(heat)
            if walk.total < walk.sum_of(best_costs) and walk.costs() < best_costs:
                best, best_costs = walk.groups(), walk.costs()
    return Answer(best, {})


class Walk:
    """A random walk over matchings that keep every hard rule."""

    def __init__(self, outset: Outset, seed: int) -> None:
        self.outset = outset
        self.rng = Random(seed)
        count = len(outset.problem.round.people)
        self.can = outset.can.tolist()
        self.unwilling = outset.unwilling.tolist()
        self.department: list[int | None] = [None] * count
        for number, places in enumerate(outset.departments):
            for place in places:
                self.department[place] = number
        start = greedy(outset, 0.0, seed).groups or ()
        self.state = State([], [], [None] * count)
        for group in start:
            self._open(group.template, group.people)
        self.total = self.sum_of(self.costs())

    @staticmethod
    def sum_of(costs: Costs) -> int:
        """Return the tiers' costs as one number."""
        return sum(weight * cost for weight, cost in zip(WEIGHTS, costs, strict=True))

    def costs(self) -> Costs:
        """Return what the state costs in each tier."""
        students = self.outset.students
        out = sum(where is None for where in self.state.where[:students])
        each = [self._group_costs(number) for number in range(len(self.state.templates))]
        return out, sum(pairs for pairs, _ in each), sum(disliked for _, disliked in each)

    def groups(self) -> tuple[Gathering, ...]:
        """Return the state's groups."""
        return tuple(
            Gathering(template, tuple(sorted(people)))
            for template, people in zip(self.state.templates, self.state.people, strict=True)
        )

    def step(self, heat: float) -> None:
        """Try one step, and take it back if it is too dear at this heat."""
        kind = self.rng.random()
        if kind < 0.90:
            self._exchange(heat, mentors=kind > 0.84)
        elif kind < 0.93:
            self._try_opening()
        else:
            self._try_another_template(heat)

    def _exchange(self, heat: float, *, mentors: bool) -> None:
        """Move a person to where another is or there is room, and that one to their place."""
        students, where = self.outset.students, self.state.where
        range_ = range(students, len(where)) if mentors else range(students)
        if not range_ or not self.state.templates:
            return
        one = self.rng.choice(range_)
        target = self.rng.randrange(len(self.state.templates))
        home = where[one]
        if home == target:
            return
        inside = [p for p in self.state.people[target] if (p >= students) == mentors]
        # Mentors only change places with each other, so that each group keeps its number.
        shape = self.outset.problem.shape
        alone = not mentors and len(inside) < shape.max_students and self.rng.random() < 0.5
        if not alone and not inside:
            return
        other = None if alone else self.rng.choice(inside)
        if home is not None and other is None and self._students(home) <= shape.min_students:
            return
        before = self._cost_of(home, target)
        out = (one, home, target), (other, target, home)
        self._apply(out)
        valid = self._sound(one, target) and (
            other is None or home is None or self._sound(other, home)
        )
        change = self._cost_of(home, target) - before
        if not mentors:
            change -= WEIGHTS[0] * (home is None and other is None)
        if valid and self._accepted(change, heat):
            self.total += change
        else:
            self._apply(((one, target, home), (other, home, target)))

    def _apply(self, moves: tuple[tuple[int | None, int | None, int | None], ...]) -> None:
        for person, source, target in moves:
            if person is not None:
                if source is not None:
                    self.state.people[source].discard(person)
                if target is not None:
                    self.state.people[target].add(person)
                self.state.where[person] = target

    def _try_opening(self) -> None:
        template = self.rng.randrange(self.outset.can.shape[1])
        people = gathered(self.outset, self._free(), template)
        if people is not None:
            self._open(template, people)
            self.total = self.sum_of(self.costs())

    def _try_another_template(self, heat: float) -> None:
        """Replace a group by one of its own people and the free in another template."""
        if not self.state.templates:
            return
        number = self.rng.randrange(len(self.state.templates))
        template, people = self.state.templates[number], tuple(self.state.people[number])
        before = self.total
        self._close(number)
        other = self.rng.randrange(self.outset.can.shape[1])
        others = [person for person in self._free() if person not in people]
        again = gathered(self.outset, [*people, *others], other)
        if again is not None:
            self._open(other, again)
        after = self.sum_of(self.costs())
        if self._accepted(after - before, heat):
            self.total = after
            return
        if again is not None:
            self._close(len(self.state.templates) - 1)
        self._open(template, people)

    def _free(self) -> list[int]:
        free = [person for person, where in enumerate(self.state.where) if where is None]
        self.rng.shuffle(free)
        return free

    def _open(self, template: int, people: tuple[int, ...]) -> None:
        for person in people:
            self.state.where[person] = len(self.state.templates)
        self.state.templates.append(template)
        self.state.people.append(set(people))

    def _close(self, number: int) -> None:
        """Dissolve a group; the last one takes its number."""
        for person in self.state.people[number]:
            self.state.where[person] = None
        template, people = self.state.templates.pop(), self.state.people.pop()
        if number < len(self.state.templates):
            self.state.templates[number], self.state.people[number] = template, people
            for person in people:
                self.state.where[person] = number

    def _sound(self, person: int, group: int) -> bool:
        return self.can[person][self.state.templates[group]] and self.outset.avoided[
            person
        ].isdisjoint(self.state.people[group])

    def _students(self, group: int) -> int:
        return sum(person < self.outset.students for person in self.state.people[group])

    def _cost_of(self, *groups: int | None) -> int:
        each = [self._group_costs(group) for group in groups if group is not None]
        return sum(WEIGHTS[1] * pairs + WEIGHTS[2] * disliked for pairs, disliked in each)

    def _group_costs(self, group: int) -> tuple[int, int]:
        template, people = self.state.templates[group], self.state.people[group]
        kinds = Counter(self.department[person] for person in people)
        del kinds[None]
        pairs = sum(count * (count - 1) // 2 for count in kinds.values())
        return pairs, sum(self.unwilling[person][template] for person in people)

    def _accepted(self, change: int, heat: float) -> bool:
        return change <= 0 or self.rng.random() < exp(-change / heat)
