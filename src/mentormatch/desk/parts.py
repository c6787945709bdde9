"""A proposal in parts that can be taken one by one.

Two groups belong to one part if somebody goes from one to the other, in the old groups or in the
new ones. A part keeps its people to itself, so that taking some parts and leaving others seats
everybody once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import networkx as nx

from mentormatch.data.matching import Group, Matching


@dataclass(frozen=True)
class Part:
    """Groups that change together.

    Attributes
    ----------
    number
        From 1, in the order of the old groups.
    before, after
        Ids of the groups that it takes away, and of those that come instead.
    people
        Whose place changes, in order of their ids.
    """

    number: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    people: tuple[str, ...]


def parts_of(before: Matching, after: Matching) -> tuple[Part, ...]:
    """Return the parts of a proposal; groups that stay as they are belong to none."""
    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    old, new = _by_id(before.groups), _by_id(after.groups)
    same = {name for name in old.keys() & new.keys() if _equal(old[name], new[name])}
    for side, groups in (("before", old), ("after", new)):
        for name, group in groups.items():
            if name in same:
                continue
            graph.add_node((side, name))
            for person in (*group.students, *group.mentors):
                graph.add_edge((side, name), ("person", person))
        for name in (old.keys() & new.keys()) - same:
            graph.add_edge(("before", name), ("after", name))
    order = {name: place for place, name in enumerate((*old, *new))}
    found = []
    for nodes in nx.connected_components(graph):
        names = {side: [n for s, n in nodes if s == side] for side in ("before", "after", "person")}
        moved = sorted(
            person
            for person in names["person"]
            if _places(old, person) != _places(new, person)
            or _times(old, person) != _times(new, person)
        )
        found.append(
            (
                tuple(sorted(names["before"], key=order.__getitem__)),
                tuple(sorted(names["after"], key=order.__getitem__)),
                tuple(moved),
            )
        )
    found.sort(key=lambda part: [order[name] for name in (*part[0], *part[1])])
    return tuple(Part(number, *part) for number, part in enumerate(found, 1))


def with_parts(before: Matching, after: Matching, taken: Collection[int]) -> tuple[Group, ...]:
    """Return the groups if only some parts of a proposal are taken."""
    parts = [part for part in parts_of(before, after) if part.number in taken]
    gone = {name for part in parts for name in part.before}
    come = {name for part in parts for name in part.after}
    new = _by_id(after.groups)
    kept: list[Group] = []
    for group in before.groups:
        if group.id not in gone:
            kept.append(group)
        elif group.id in come:
            kept.append(new[group.id])
    seated = {group.id for group in kept}
    kept += [new[name] for name in new if name in come and name not in seated]
    return tuple(kept)


def _by_id(groups: Iterable[Group]) -> dict[str, Group]:
    return {group.id: group for group in groups}


def _equal(one: Group, other: Group) -> bool:
    return (
        set(one.students) == set(other.students)
        and set(one.mentors) == set(other.mentors)
        and (one.slot, one.meetings, one.language, one.mode, one.topic)
        == (other.slot, other.meetings, other.language, other.mode, other.topic)
    )


def _places(groups: dict[str, Group], person: str) -> set[str]:
    return {
        name
        for name, group in groups.items()
        if person in group.students or person in group.mentors
    }


def _times(groups: dict[str, Group], person: str) -> set[object]:
    return {(groups[name].slot, groups[name].meetings) for name in _places(groups, person)}
