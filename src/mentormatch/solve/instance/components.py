"""Parts of a round that share nothing: people who could never meet, directly or by others.

People and the templates in which they could meet are the nodes of a graph. Besides these, a
slot that holds only so many groups joins its templates, and a price on how many of a set have a
place joins all of the set. Every other form is about one person or one group, and so about one
part; only ceilings are about everybody, and a round that has some is not taken apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.rules.forms import Ints
from mentormatch.solve.instance.compiled import HARD, Compiled, Count, Load, Pairs, Placed, Sum
from mentormatch.solve.instance.hard_counts import intervals
from mentormatch.solve.instance.opening import Opening

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Numbers(Compiled):
    """A part in arrays. Its problem says how many people there are, and nothing of any of them."""

    @property
    def tiers(self) -> int:
        """Number of tiers of the whole round."""
        return len(self.cost)


@dataclass(frozen=True, eq=False)
class Part:
    """Some people and templates of a round, numbered anew in the same order.

    Attributes
    ----------
    compiled
        The part as a round of its own, without names.
    people, templates
        The numbers that they have in the whole round.
    """

    compiled: Compiled
    people: Ints
    templates: Ints

    @property
    def size(self) -> int:
        """How many choices there are of a person and a template, and never 0."""
        return 1 + int(self.compiled.allowed.sum())

    @property
    def hopeless(self) -> bool:
        """Whether too few of a set can have a place here for what a hard rule asks of it."""
        return any(one.tier == HARD and 0 not in one.table for one in self.compiled.placed)

    def inward(self, openings: Iterable[Opening]) -> list[Opening]:
        """Return those of some groups of the whole round that can be of this part."""
        template = {whole: here for here, whole in enumerate(self.templates.tolist())}
        person = {whole: here for here, whole in enumerate(self.people.tolist())}
        return [
            Opening(template[one.template], tuple(person[who] for who in one.people))
            for one in openings
            if one.template in template and all(who in person for who in one.people)
        ]

    def outward(self, openings: Iterable[Opening]) -> list[Opening]:
        """Return groups of this part with the numbers of the whole round."""
        return [
            Opening(
                int(self.templates[one.template]), tuple(self.people[list(one.people)].tolist())
            )
            for one in openings
        ]


def split(compiled: Compiled) -> tuple[list[Part], Part] | None:
    """Return the parts, and who can have no group; None if there are not two parts at least."""
    if compiled.ceilings or not compiled.templates:
        return None
    possible = compiled.allowed & _can_run(compiled)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(np.flatnonzero(possible.any(axis=0)).tolist())
    graph.add_edges_from(_joined(compiled, possible))
    found = sorted(sorted(numbers) for numbers in nx.connected_components(graph))
    if len(found) < 2:
        return None
    everybody = np.arange(len(possible), dtype=np.int64)
    parts = []
    for numbers in found:
        templates = np.array(numbers, dtype=np.int64)
        people = everybody[possible[:, templates].any(axis=1)]
        parts.append(Part(_cut(compiled, people, templates), people, templates))
    idle = everybody[~possible.any(axis=1)]
    nowhere = np.zeros(0, dtype=np.int64)
    return parts, Part(_cut(compiled, idle, nowhere), idle, nowhere)


def _can_run(compiled: Compiled) -> Mask:
    """Return the templates in which a group has students enough, and enough of every hard set."""
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


def _joined(compiled: Compiled, possible: Mask) -> Iterator[tuple[int, int]]:
    """Yield pairs of templates that are in one part."""
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
        if compiled.round_.slot[slot].max_groups is not None:
            yield rooms.setdefault(slot, number), number


def _cut(compiled: Compiled, people: Ints, templates: Ints) -> Compiled:
    """Return the round of these people and templates alone, who have nothing to do with others."""
    place = np.full(len(compiled.allowed), -1, dtype=np.int64)
    place[people] = np.arange(len(people))
    cost = compiled.cost[:, people][:, :, templates]
    allowed = compiled.allowed[people][:, templates]
    pairs = [cut for one in compiled.pairs if (cut := _of_pairs(one, place)) is not None]
    for apart in compiled.pairs:
        if not apart.together:
            _miss(apart, place, allowed, cost)
    return Numbers(
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
    )


def _without_names(compiled: Compiled, people: Ints, templates: Ints) -> Problem:
    """Return a problem that says of people only how many they are: it may travel far."""
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
        # A group with nobody of a set can have its price, too.
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
    """Yield what is counted here: where any of the set can have a place, or with the idle."""
    for one in placed:
        members = place[one.members]
        mine = members[members >= 0]
        if len(mine) if here else len(mine) == len(members):
            yield Placed(mine, one.table[: len(mine) + 1], one.tier, one.weight)


def _of_pairs(pairs: Pairs, place: Ints) -> Pairs | None:
    """Return the pairs of which both are here; two of different parts never meet."""
    rows = place[pairs.pairs]
    here = (rows >= 0).all(axis=1)
    if not here.any():
        return None
    return Pairs(rows[here], pairs.amount[here], pairs.tier, pairs.weight, pairs.together)


def _miss(apart: Pairs, place: Ints, allowed: Mask, cost: NDArray[np.int64]) -> None:
    """Ban or price groups of whoever should be with somebody who can never be there."""
    rows = place[apart.pairs]
    for (one, other), amount in zip(rows.tolist(), apart.amount.tolist(), strict=True):
        if one < 0 or other >= 0:
            continue
        if apart.tier == HARD:
            allowed[one] = False
        else:
            cost[apart.tier, one] += apart.weight * amount
