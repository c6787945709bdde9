"""What one finished group costs, straight from the arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentormatch.rounds import Seating
from mentormatch.rules.forms import table_value
from mentormatch.solve.compiled import HARD, Compiled


@dataclass(frozen=True, order=True)
class Opening:
    """One group: its template and its people, students and mentors, in order."""

    template: int
    people: tuple[int, ...]


class GroupCosts:
    """Judges single groups by the compiled forms."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        people = len(compiled.around.people)
        self.counts_of: list[list[int]] = [[] for _ in range(people)]
        for number, count in enumerate(compiled.counts):
            for person in count.members.tolist():
                self.counts_of[person].append(number)
        self.apart: list[set[int]] = [set() for _ in range(people)]
        for pairs in compiled.pairs:
            if pairs.tier == HARD and pairs.together:
                for one, other in pairs.pairs.tolist():
                    self.apart[one].add(other)
                    self.apart[other].add(one)

    def fits(self, template: int, people: Sequence[int]) -> bool:
        """Whether a group breaks no hard form by itself."""
        compiled = self.compiled
        if not all(compiled.allowed[person, template] for person in people):
            return False
        here = set(people)
        if any(self.apart[person] & here for person in people):
            return False
        found = self.tally(people)
        for number, count in enumerate(compiled.counts):
            if (
                count.tier == HARD
                and count.applies(template)
                and table_value(count.table, found.get(number, 0))
            ):
                return False
        for form in compiled.sums:
            if form.tier == HARD:
                total = int(form.weights[list(people)].sum())
                if any(slope * total + intercept > 0 for slope, intercept in form.lines):
                    return False
        return not any(
            one in here and other not in here
            for pairs in compiled.pairs
            if pairs.tier == HARD and not pairs.together
            for one, other in pairs.pairs.tolist()
        )

    def costs(self, opening: Opening) -> tuple[int, ...]:
        """Return what a group costs in each tier by its people and counts, pairs left aside."""
        compiled = self.compiled
        people = list(opening.people)
        costs = compiled.cost[:, people, opening.template].sum(axis=1).tolist()
        found = self.tally(people)
        for number, count in enumerate(compiled.counts):
            if count.tier != HARD and count.applies(opening.template):
                costs[count.tier] += count.weight * table_value(count.table, found.get(number, 0))
        return tuple(costs)

    def tally(self, people: Sequence[int]) -> dict[int, int]:
        """Return how many of each counted set are among the people."""
        found: dict[int, int] = {}
        for person in people:
            for number in self.counts_of[person]:
                found[number] = found.get(number, 0) + 1
        return found


def openings_of(compiled: Compiled, seating: Seating) -> list[Opening]:
    """Return finished groups as numbers; a template that was not kept becomes one that was.

    Of several that do, the one that costs the group least is taken: one that was kept is as good
    as the one that was not. A group of which no kept template has the slot is left out.
    """
    place = compiled.around.position
    judge = GroupCosts(compiled)
    openings = []
    for group in seating.groups:
        people = tuple(sorted(place[person.id] for person in group.members))
        options = [
            (
                not judge.fits(number, people),
                template != group.template,
                judge.costs(Opening(number, people)),
                Opening(number, people),
            )
            for number, template in enumerate(compiled.templates)
            if template.plan.slot == group.template.plan.slot
        ]
        if options:
            openings.append(min(options)[-1])
    return openings
