"""Connected components of a round: people who can meet nobody of another component.

People and the templates in which they can meet are the nodes of a graph. Besides, a slot that
holds only so many groups joins its templates, and a form on how many of a set have a place joins
all of the set. Every other form is about one person or one group, and so about one component;
only ceilings are about everybody, and a round with ceilings is one component.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.rules.forms import Ints, intervals
from mentormatch.solve.instance.compiled import HARD, Compiled, Count, Load, Pairs, Placed, Sum
from mentormatch.solve.instance.opening import Opening

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class CompiledComponent(Compiled):
    """A component in arrays; its problem tells how many people there are, and nothing of them."""

    @property
    def tiers(self) -> int:
        """Number of tiers of the whole round."""
        return len(self.cost)


@dataclass(frozen=True, eq=False)
class Component:
    """Some people and templates of a round, renumbered in the same order.

    Attributes
    ----------
    compiled
        The component as a round of its own, without names.
    people, templates
        Their numbers in the whole round.
    """

    compiled: Compiled
    people: Ints
    templates: Ints

    @property
    def size(self) -> int:
        """One more than the number of allowed pairs of a person and a template."""
        return 1 + int(self.compiled.allowed.sum())

    @property
    def hopeless(self) -> bool:
        """Whether some hard rule on places cannot be kept, however many members have one."""
        return any(one.tier == HARD and 0 not in one.table for one in self.compiled.placed)

    def inward(self, openings: Iterable[Opening]) -> list[Opening]:
        """Return those of some groups of the whole round that lie in this component."""
        template = {whole: here for here, whole in enumerate(self.templates.tolist())}
        person = {whole: here for here, whole in enumerate(self.people.tolist())}
        return [
            Opening(template[one.template], tuple(person[who] for who in one.people))
            for one in openings
            if one.template in template and all(who in person for who in one.people)
        ]

    def outward(self, openings: Iterable[Opening]) -> list[Opening]:
        """Return groups of this component with the numbers of the whole round."""
        return [
            Opening(
                int(self.templates[one.template]), tuple(self.people[list(one.people)].tolist())
            )
            for one in openings
        ]


def components_of(compiled: Compiled) -> tuple[list[Component], Component] | None:
    """Return the components, and those who can have no group; None if there is only one."""
    if compiled.ceilings or not compiled.templates:
        return None
    possible = compiled.allowed & _can_run(compiled)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(np.flatnonzero(possible.any(axis=0)).tolist())
    graph.add_edges_from(_edges(compiled, possible))
    found = sorted(sorted(numbers) for numbers in nx.connected_components(graph))
    if len(found) < 2:
        return None
    everybody = np.arange(len(possible), dtype=np.int64)
    components = []
    for numbers in found:
        templates = np.array(numbers, dtype=np.int64)
        people = everybody[possible[:, templates].any(axis=1)]
        cut = _cut(compiled, people, templates)
        components.append(Component(cut, people, templates))
    idle = everybody[~possible.any(axis=1)]
    nowhere = np.zeros(0, dtype=np.int64)
    return components, Component(_cut(compiled, idle, nowhere), idle, nowhere)


def _can_run(compiled: Compiled) -> Mask:
    """Return the templates that have enough people for a group, by every hard count."""
    can: Mask = np.any(compiled.allowed[: compiled.students], axis=0)
    for count in compiled.counts:
        if count.tier != HARD:
            continue
        runs = intervals(count.table, len(count.members))
        short = (
            compiled.allowed[count.members].sum(axis=0) < runs[0][0]
            if runs
            else np.ones(len(can), dtype=np.bool_)
        )
        can &= ~(short if count.templates is None else short & count.templates)
    return can


def _edges(compiled: Compiled, possible: Mask) -> Iterator[tuple[int, int]]:
    """Yield edges between templates that must be in one component."""
    first = possible.argmax(axis=1)
    people, templates = np.nonzero(possible)
    linked = np.zeros((possible.shape[1],) * 2, dtype=np.bool_)
    linked[first[people], templates] = True
    for placed in compiled.placed:
        mine = placed.members[possible[placed.members].any(axis=1)]
        linked[first[mine[:1]], first[mine]] = True
    yield from zip(*(numbers.tolist() for numbers in np.nonzero(linked)), strict=True)
    rooms: dict[str, int] = {}
    for number in np.flatnonzero(possible.any(axis=0)).tolist():
        slot = compiled.templates[number].plan.slot
        if slot in compiled.rooms:
            yield rooms.setdefault(slot, number), number


def _cut(compiled: Compiled, people: Ints, templates: Ints) -> Compiled:
    """Return the round of these people and templates alone."""
    place = np.full(len(compiled.allowed), -1, dtype=np.int64)
    place[people] = np.arange(len(people))
    cost = compiled.cost[:, people][:, :, templates]
    allowed = compiled.allowed[people][:, templates]
    pairs = [cut for one in compiled.pairs if (cut := _of_pairs(one, place)) is not None]
    for apart in compiled.pairs:
        if not apart.together:
            _price_missing(apart, place, allowed, cost)
    return CompiledComponent(
        problem=_without_names(compiled, people, templates),
        templates=tuple(compiled.templates[number] for number in templates.tolist()),
        allowed=allowed,
        cost=cost,
        capacity=compiled.capacity[people],
        counts=tuple(_of_counts(compiled.counts, place, templates)),
        loads=tuple(_of_loads(compiled.loads, place)),
        pairs=tuple(pairs),
        sums=tuple(
            Sum(one.weights[people], one.lines, one.tier, one.weight) for one in compiled.sums
        ),
        placed=tuple(_of_placed(compiled.placed, place, here=bool(len(templates)))),
        rooms=compiled.rooms,
    )


def _without_names(compiled: Compiled, people: Ints, templates: Ints) -> Problem:
    """Return a problem without people's data, since it may be sent to other machines."""
    whole = compiled.problem
    students = int((people < compiled.students).sum())
    used = {compiled.templates[number].plan.slot for number in templates.tolist()}
    return Problem.model_construct(
        students=(Student(id="student"),) * students,
        mentors=(Mentor(id="mentor"),) * (len(people) - students),
        slots=tuple(slot for slot in whole.slots if slot.id in used),
        term=whole.term,
        shape=whole.shape,
        languages=whole.languages,
        topics=whole.topics,
        missing_availability=whole.missing_availability,
        rules=(),
    )


def _of_counts(counts: Sequence[Count], place: Ints, templates: Ints) -> Iterator[Count]:
    for count in counts:
        members = place[count.members]
        members = members[members >= 0]
        # A group without any member of the set can cost something, too.
        if len(members) or count.table[0]:
            where = None if count.templates is None else count.templates[templates]
            yield Count(members, count.table, where, count.tier, count.weight)


def _of_loads(loads: Sequence[Load], place: Ints) -> Iterator[Load]:
    for load in loads:
        people = place[load.people]
        here = people >= 0
        if here.any():
            yield Load(people[here], load.table[here], load.tier, load.weight)


def _of_placed(placed: Sequence[Placed], place: Ints, *, here: bool) -> Iterator[Placed]:
    """Yield the forms on sets with members here.

    A set that is wholly among people who can have no group stays with these (`here` is False).
    """
    for one in placed:
        members = place[one.members]
        mine = members[members >= 0]
        if len(mine) if here else len(mine) == len(members):
            yield Placed(mine, one.table[: len(mine) + 1], one.tier, one.weight)


def _of_pairs(pairs: Pairs, place: Ints) -> Pairs | None:
    """Return the pairs with both people here, as people of two components never meet."""
    rows = place[pairs.pairs]
    here = (rows >= 0).all(axis=1)
    if not here.any():
        return None
    return Pairs(rows[here], pairs.amount[here], pairs.tier, pairs.weight, pairs.together)


def _price_missing(apart: Pairs, place: Ints, allowed: Mask, cost: NDArray[np.int64]) -> None:
    """Ban or price every template of people who ask for somebody of another component."""
    rows = place[apart.pairs]
    for (one, other), amount in zip(rows.tolist(), apart.amount.tolist(), strict=True):
        if one < 0 or other >= 0:
            continue
        if apart.tier == HARD:
            allowed[one] = False
        else:
            cost[apart.tier, one] += apart.weight * amount
