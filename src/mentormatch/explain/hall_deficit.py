"""Students who must stay without a group, whatever the matching: a proof by a flow.

Every matching is a flow of students through templates to mentors, because a group in template t
has at most h students and takes r mentors. With k[t] the most groups that t can hold:

    student s      at most 1 place, in the templates that the hard rules leave open to s
    template t     at most h k[t] places
    mentor m       h / r places at each time, h capacity[m] / r in all

The maximum flow is an upper bound on the students placed. A minimum cut names students, the slots
they can come to, and the groups that mentors allow there, with fewer places than students: a
violation of Hall's condition. Counting whole groups in these slots can prove more than the flow.

P. Hall, "On representatives of subsets", Journal of the London Mathematical Society s1-10(1),
1935, doi:10.1112/jlms/s1-10.37.26; L. R. Ford and D. R. Fulkerson, "Maximal flow through a
network", Canadian Journal of Mathematics 8, 1956, doi:10.4153/CJM-1956-045-5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mentormatch.explain.eligibility import Eligibility
from mentormatch.rules.forms import CountCost, intervals

if TYPE_CHECKING:
    import networkx as nx

SOURCE = "source"
SINK = "sink"

MANY = 10**9
"""More groups than any round has."""


@dataclass(frozen=True)
class Deficit:
    """Students of whom too few can have a place.

    Attributes
    ----------
    students
        Their places in `Round.students`.
    templates
        All templates that are open to any of them.
    groups
        The most groups that can run in these.
    seats
        The most of them who can have a place.
    """

    students: tuple[int, ...]
    templates: tuple[int, ...]
    groups: int
    seats: int

    @property
    def count(self) -> int:
        """How many of them must stay without one."""
        return len(self.students) - self.seats


class Supply:
    """How many groups and places there can be where, by hard rules on counts and by mentors."""

    def __init__(self, eligibility: Eligibility) -> None:
        self.round_ = eligibility.problem.round
        self.allowed = eligibility.allowed
        self.students = len(self.round_.students)
        self.counts = [form for _, form in eligibility.counts]
        self._least = eligibility.sizes.least
        self.largest = max(eligibility.sizes.room.tolist(), default=self.students)
        self.mentors, self.each = self._mentors()
        self.most = [self._most(template) for template in range(len(self.round_.templates))]

    def _mentors(self) -> tuple[tuple[int, ...], int]:
        """Return a set of mentors of whom every group needs some, and how many."""
        best: tuple[tuple[int, ...], int] = ((), 0)
        for form in self.counts:
            members = form.members.tolist()
            if form.templates is None and members and min(members) >= self.students:
                allowed = intervals(form.table, len(members))
                if allowed and allowed[0][0] > best[1]:
                    best = (tuple(members), allowed[0][0])
        return best

    def _most(self, template: int) -> int:
        """Return the most groups of one template."""
        most = int(self.allowed[: self.students, template].sum())
        for form in self.counts:
            if form.templates is None or form.templates[template]:
                most = min(most, groups_by(form, int(self.allowed[form.members, template].sum())))
        rooms = self.round_.slot[self.round_.templates[template].plan.slot].max_groups
        return most if rooms is None else min(most, rooms)

    @property
    def open(self) -> list[int]:
        """The templates in which a group can run."""
        return [template for template, most in enumerate(self.most) if most > 0]

    def groups(self, templates: Sequence[int]) -> int:
        """Return the most groups that some templates can hold together."""
        by_slot: dict[str, int] = {}
        for template in templates:
            slot = self.round_.templates[template].plan.slot
            rooms = self.round_.slot[slot].max_groups
            here = by_slot.get(slot, 0) + self.most[template]
            by_slot[slot] = here if rooms is None else min(here, rooms)
        most = sum(by_slot.values())
        return most if self.each == 0 else min(most, self.groups_by_mentors(templates))

    @property
    def staffable(self) -> bool:
        """Whether some template has students enough for a group that mentors could lead."""
        here = self.allowed[: self.students].sum(axis=0)
        return bool((here >= self._least).any())

    def groups_by_mentors(self, templates: Sequence[int] | None = None) -> int:
        """Return the most groups for which mentors suffice, each led by as many as it needs.

        Parameters
        ----------
        templates
            Where the groups meet, no more of them than each can hold; by default anywhere, with
            no other limit.
        """
        import networkx as nx

        graph: nx.DiGraph[Any] = nx.DiGraph()
        graph.add_node(SOURCE)
        graph.add_node(SINK)
        for template in range(len(self.most)) if templates is None else templates:
            at = ("template", template)
            here = MANY if templates is None else self.most[template]
            graph.add_edge(SOURCE, at, capacity=self.each * here)
            self._add_mentors(graph, at, template, 1)
        return int(nx.maximum_flow_value(graph, SOURCE, SINK)) // self.each

    def _add_mentors(
        self, graph: nx.DiGraph[Any], at: tuple[str, int], template: int, places: int
    ) -> None:
        """Add the mentors of a template, each with so many places in a group."""
        plan = self.round_.templates[template].plan
        for mentor in self.mentors:
            if self.allowed[mentor, template]:
                hour = ("hour", mentor, plan)
                graph.add_edge(at, hour, capacity=places)
                graph.add_edge(hour, ("mentor", mentor), capacity=places)
                capacity = self.round_.mentors[mentor - self.students].capacity
                graph.add_edge(("mentor", mentor), SINK, capacity=places * capacity)

    def flow(self) -> nx.DiGraph[Any]:
        """Return the network of students, templates and mentors."""
        import networkx as nx

        unit = max(self.each, 1)
        graph: nx.DiGraph[Any] = nx.DiGraph()
        graph.add_node(SOURCE)
        graph.add_node(SINK)
        for template, most in enumerate(self.most):
            if most == 0:
                continue
            before, after = ("before", template), ("template", template)
            graph.add_edge(before, after, capacity=unit * self.largest * most)
            if self.each:
                self._add_mentors(graph, after, template, self.largest)
            else:
                graph.add_edge(after, SINK, capacity=unit * self.largest * most)
            for student in np.flatnonzero(self.allowed[: self.students, template]).tolist():
                graph.add_edge(SOURCE, ("student", student), capacity=unit)
                graph.add_edge(("student", student), before)
        return graph


def deficits(eligibility: Eligibility) -> tuple[Deficit, ...]:
    """Return disjoint sets of students of whom some must stay without a group, with the proof.

    The sum of their counts is a lower bound on the students whom any valid matching leaves out.
    """
    supply = Supply(eligibility)
    open_to = [
        tuple(t for t in np.flatnonzero(row).tolist() if supply.most[t] > 0)
        for row in supply.allowed[: supply.students]
    ]
    hopeless = tuple(student for student, templates in enumerate(open_to) if not templates)
    others = [student for student, templates in enumerate(open_to) if templates]
    found = list(_from_cut(supply, open_to))
    whole = _deficit(supply, open_to, others)
    if whole.count > sum(deficit.count for deficit in found):
        found = [whole]
    if hopeless:
        reach = supply.allowed[list(hopeless)].any(axis=0)
        found.insert(0, Deficit(hopeless, tuple(np.flatnonzero(reach).tolist()), 0, 0))
    return tuple(found)


def _from_cut(supply: Supply, open_to: Sequence[tuple[int, ...]]) -> Iterable[Deficit]:
    """Yield the sets of students on the source's side of the smallest cut, part by part."""
    import networkx as nx

    graph = supply.flow()
    _, (near, _) = nx.minimum_cut(graph, SOURCE, SINK)
    parts = graph.subgraph(near - {SOURCE}).to_undirected()
    for part in nx.connected_components(parts):
        students = sorted(node[1] for node in part if node[0] == "student")
        if not students:
            continue
        leaving = sum(
            data["capacity"]
            for _, other, data in graph.out_edges(part, data=True)
            if other not in part
        )
        deficit = _deficit(supply, open_to, students, leaving // max(supply.each, 1))
        if deficit.count > 0:
            yield deficit


def _deficit(
    supply: Supply,
    open_to: Sequence[tuple[int, ...]],
    students: Sequence[int],
    seats: int | None = None,
) -> Deficit:
    templates = tuple(sorted({template for student in students for template in open_to[student]}))
    groups = supply.groups(templates)
    most = min(len(students), supply.largest * groups)
    return Deficit(tuple(students), templates, groups, most if seats is None else min(most, seats))


def groups_by(form: CountCost, eligible: int) -> int:
    """Return the most groups that a hard count allows with so many eligible members."""
    allowed = intervals(form.table, eligible)
    if not allowed:
        return 0
    least, _ = allowed[0]
    return eligible // least if least else MANY
