"""Which group goes on under which id.

Ids that are numbered anew with every matching move whole groups in people's calendars. Here a
new group inherits the id of the earlier group that it continues: a maximum-weight matching
between earlier and new groups, with weights from what people notice, in this order: mentors and
slot, mentors, shared students. References: J. Edmonds, Maximum matching and a polyhedron with
0,1-vertices, 1965, doi:10.6028/jres.069B.013; the implementation is that of networkx.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from mentormatch.data.group_ids import fresh_ids
from mentormatch.data.matching import Group, Matching

MENTOR = 1_000
"""Weight of a shared mentor against one shared student; no group has so many students."""
SLOT = 500
"""Weight of the same slot, for groups that share somebody."""
LARGEST = 400
"""Groups of one component up to which the best assignment is computed; beyond, the best first."""


@dataclass(frozen=True)
class Continued:
    """Which earlier group each new group continues.

    Attributes
    ----------
    earlier
        Id of the earlier group, by place of the new group; new groups that continue none are
        not there.
    """

    earlier: Mapping[int, str]


def continued(earlier: Sequence[Group], groups: Sequence[Group]) -> Continued:
    """Return which earlier group each group continues.

    Parameters
    ----------
    earlier
        Groups as they were.
    groups
        Groups as they are to be, under any ids.
    """
    weights = _weights(earlier, groups)
    graph = _graph(weights)
    found: dict[int, str] = {}
    for nodes in nx.connected_components(graph):
        part = {
            (old, new): weights[old, new]
            for kind, old in sorted(nodes)
            if kind == "old"
            for _, new in sorted(graph[kind, old])
        }
        for old, new in _best(part, len(nodes)):
            found[new] = earlier[old].id
    return Continued(dict(sorted(found.items())))


def inherit_ids(matching: Matching, earlier: Matching, used: Collection[str] = ()) -> Matching:
    """Return a matching whose groups keep the ids of the earlier groups that they continue.

    A group that continues none gets an id that no group of the round ever had.

    Parameters
    ----------
    matching
        Groups under any ids.
    earlier
        The matching that was published before it.
    used
        Ids that groups had in still earlier matchings of the round.
    """
    known = continued(earlier.groups, matching.groups).earlier
    fresh = fresh_ids("g", {*used, *(group.id for group in earlier.groups)})
    groups = [
        group.model_copy(update={"id": known[place] if place in known else next(fresh)})
        for place, group in enumerate(matching.groups)
    ]
    return matching.model_copy(update={"groups": tuple(groups)})


def _weights(earlier: Sequence[Group], groups: Sequence[Group]) -> dict[tuple[int, int], int]:
    """Return how much each earlier and each new group share, if they share anybody."""
    students: dict[str, int] = {}
    mentors: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(earlier):
        students.update(dict.fromkeys(group.students, place))
        for mentor in group.mentors:
            mentors[mentor].append(place)
    weights: dict[tuple[int, int], int] = defaultdict(int)
    for new, group in enumerate(groups):
        for student in group.students:
            if student in students:
                weights[students[student], new] += 1
        for mentor in group.mentors:
            for old in mentors.get(mentor, ()):
                weights[old, new] += MENTOR
    return {
        (old, new): weight + (SLOT if earlier[old].slot == groups[new].slot else 0)
        for (old, new), weight in sorted(weights.items())
    }


def _graph(weights: Mapping[tuple[int, int], int]) -> nx.Graph[tuple[str, int]]:
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for (old, new), weight in weights.items():
        graph.add_edge(("old", old), ("new", new), weight=weight)
    return graph


def _best(weights: Mapping[tuple[int, int], int], nodes: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a component's best assignment; of a very large one, the best first."""
    if nodes <= LARGEST:
        for one, other in nx.max_weight_matching(_graph(weights)):
            (_, new), (_, old) = sorted((one, other))
            yield old, new
        return
    taken: set[tuple[str, int]] = set()
    for old, new in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        if ("old", old) not in taken and ("new", new) not in taken:
            taken |= {("old", old), ("new", new)}
            yield old, new
