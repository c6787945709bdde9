"""Groups that start no later than they need to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mentormatch.solve.instance.compiled import Compiled
from mentormatch.solve.instance.opening import Opening


def at_earliest(compiled: Compiled, openings: Sequence[Opening]) -> list[Opening]:
    """Return the groups, each in the earliest plan of its slot that costs the same.

    Where a mentor may lead several groups, plans of one slot are kept that differ in nothing but
    the other groups that they allow. The search takes any of them.
    """
    moved = list(openings)
    if not compiled.round_.rivals:
        return moved
    clashes = compiled.overlapping()
    groups_of: dict[int, list[int]] = defaultdict(list)
    for place, opening in enumerate(openings):
        for person in opening.people:
            groups_of[person].append(place)
    for place, opening in enumerate(openings):
        others = {other for person in opening.people for other in groups_of[person]} - {place}
        taken = {moved[other].template for other in others}
        for number in _earlier(compiled, opening):
            if taken.isdisjoint(clashes[number]):
                moved[place] = Opening(number, opening.people)
                break
    return moved


def _earlier(compiled: Compiled, opening: Opening) -> Iterator[int]:
    """Yield earlier templates of a group's slot that cost its people the same, by their start."""
    now = compiled.templates[opening.template]
    people = list(opening.people)
    numbers = sorted(
        range(len(compiled.templates)), key=lambda number: compiled.templates[number].plan.instants
    )
    for number in numbers:
        template = compiled.templates[number]
        if template.plan.slot != now.plan.slot or replace(template, plan=now.plan) != now:
            continue
        if template.plan.instants >= now.plan.instants:
            return
        here, there = compiled.cost[:, people, number], compiled.cost[:, people, opening.template]
        counted_alike = all(
            count.templates is None or count.templates[number] == count.templates[opening.template]
            for count in compiled.counts
        )
        if counted_alike and compiled.allowed[people, number].all() and (here == there).all():
            yield number
