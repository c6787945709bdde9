"""A problem as arrays: who may be where, and what everything costs.

Only here is it decided whether a form is a ban or has a cost in a tier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mentormatch.data.calendar import MeetingPlan, overlapping
from mentormatch.data.people import Mentor
from mentormatch.data.problem import Problem
from mentormatch.data.round import Round, Template
from mentormatch.rules.forms import (
    ApartCost,
    CountCost,
    Form,
    Ints,
    LoadCost,
    PairCost,
    PersonCost,
    PlacedCost,
    SumCost,
)

Node = TypeVar("Node", int, str)

HARD = -1
"""In place of a tier's index, for forms that are bans."""


@dataclass(frozen=True, eq=False)
class Count:
    """A cost, or a ban where `tier` is HARD, on the number of a set's people in a group."""

    members: Ints
    table: tuple[int, ...]
    templates: NDArray[np.bool_] | None
    tier: int
    weight: int

    def applies(self, template: int) -> bool:
        """Return whether it holds for groups of the template."""
        return self.templates is None or bool(self.templates[template])


@dataclass(frozen=True, eq=False)
class Load:
    """A cost or ban on the number of groups of each of some people."""

    people: Ints
    table: NDArray[np.int64]
    tier: int
    weight: int


@dataclass(frozen=True, eq=False)
class Pairs:
    """A cost or ban on pairs: together, or the first without the second."""

    pairs: Ints
    amount: Ints
    tier: int
    weight: int
    together: bool


@dataclass(frozen=True, eq=False)
class Sum:
    """A cost or ban on the sum of people's weights in a group, by lines."""

    weights: Ints
    lines: tuple[tuple[int, int], ...]
    tier: int
    weight: int


@dataclass(frozen=True, eq=False)
class Placed:
    """A cost or ban on how many students of a set have a group."""

    members: Ints
    table: tuple[int, ...]
    tier: int
    weight: int


@dataclass
class _Forms:
    """The forms of a problem while they are being collected."""

    allowed: NDArray[np.bool_]
    cost: NDArray[np.int64]
    counts: list[Count] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    pairs: list[Pairs] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def collect(self, form: Form, tier: int, weight: int) -> None:
        """Add one form, as a ban or with its cost."""
        match form:
            case PersonCost(amount):
                if tier == HARD:
                    self.allowed &= amount == 0
                else:
                    self.cost[tier] += np.multiply(amount, weight, dtype=np.int64)
            case LoadCost(people, table):
                self.loads.append(Load(people, table, tier, weight))
            case CountCost(members, table, where):
                self.counts.append(Count(members, table, where, tier, weight))
            case PairCost(rows, amount):
                self.pairs.append(Pairs(rows, amount, tier, weight, together=True))
            case ApartCost(rows, amount):
                self.pairs.append(Pairs(rows, amount, tier, weight, together=False))
            case SumCost(weights, lines):
                self.sums.append(Sum(weights, lines, tier, weight))
            case PlacedCost(members, table):
                self.placed.append(Placed(members, table, tier, weight))


@dataclass(frozen=True, eq=False)
class Compiled:
    """A problem in arrays.

    Attributes
    ----------
    problem
        The problem with its rows in canonical order; people are numbered in that order.
    templates
        The templates kept; `round_.templates` has them all.
    allowed
        Shape (people, templates), bool: no hard form forbids the person there.
    cost
        Shape (tiers, people, templates): weighted cost of a person there.
    capacity
        Shape (people,): most groups of each person; 1 for students.
    rooms
        Most groups of slots that have room for so many only, by the slot's id.
    ceilings
        The most that some tiers may cost, by their index; what costs more is not valid.
    """

    problem: Problem
    templates: tuple[Template, ...]
    allowed: NDArray[np.bool_]
    cost: NDArray[np.int64]
    capacity: NDArray[np.int64]
    counts: tuple[Count, ...]
    loads: tuple[Load, ...]
    pairs: tuple[Pairs, ...]
    sums: tuple[Sum, ...]
    placed: tuple[Placed, ...]
    rooms: Mapping[str, int]
    ceilings: Mapping[int, int] = field(default_factory=dict)

    @property
    def round_(self) -> Round:
        """The round in canonical order."""
        return self.problem.round

    @property
    def students(self) -> int:
        """Number of students; they come before the mentors."""
        return len(self.round_.students)

    @property
    def tiers(self) -> int:
        """Number of tiers."""
        return len(self.problem.tiers)

    def slot_groups(self) -> list[list[int]]:
        """Return sets of templates of which a person can have one: their meetings overlap."""
        by_plan: dict[MeetingPlan, list[int]] = {}
        for number, template in enumerate(self.templates):
            by_plan.setdefault(template.plan, []).append(number)
        plans = sorted(by_plan)
        neighbours: dict[int, set[int]] = {place: set() for place in range(len(plans))}
        for one, other in overlapping(plans):
            neighbours[one].add(other)
            neighbours[other].add(one)
        return [
            [number for place in sorted(clique) for number in by_plan[plans[place]]]
            for clique in clique_cover(neighbours)
        ]

    def overlapping(self) -> dict[int, set[int]]:
        """Return for each template those that nobody can have besides it, itself among them."""
        others: dict[int, set[int]] = {}
        for clique in self.slot_groups():
            for one in clique:
                others.setdefault(one, set()).update(clique)
        return others


def canonical(problem: Problem, seed: int) -> Problem:
    """Return the problem with its rows in an order that depends only on ids and seed.

    Ties between people are broken by this order: a lottery drawn from the seed, and not the order
    of the rows, the alphabet or the time of sign-up.
    """

    def draw(identifier: str) -> bytes:
        return blake2b(
            identifier.encode(), key=seed.to_bytes(16, "big", signed=True), digest_size=16
        ).digest()

    # A copy would take over what the original has cached for its own order.
    return Problem.model_construct(
        format=problem.format,
        students=tuple(sorted(problem.students, key=lambda one: draw(one.id))),
        mentors=tuple(sorted(problem.mentors, key=lambda one: draw(one.id))),
        slots=tuple(sorted(problem.slots, key=lambda one: one.id)),
        term=problem.term,
        shape=problem.shape,
        languages=tuple(sorted(problem.languages)),
        topics=tuple(sorted(problem.topics)),
        missing_availability=problem.missing_availability,
        left=problem.left,
        rules=tuple(sorted(problem.rules, key=lambda rule: rule.model_dump_json())),
    )


def compile_problem(
    problem: Problem, seed: int, ceilings: Mapping[int, int] | None = None
) -> Compiled:
    """Return the problem as arrays: lowered rules, dominated templates removed, canonical order."""
    problem = canonical(problem, seed)
    round_ = problem.round
    people, templates = len(round_.people), len(round_.templates)
    forms = _Forms(
        allowed=np.ones((people, templates), dtype=np.bool_),
        cost=np.zeros((len(problem.tiers), people, templates), dtype=np.int64),
    )
    for rule in problem.active_rules:
        tier = problem.tiers.index(rule.tier) if isinstance(rule.tier, int) else HARD
        for form in rule.lower(round_):
            forms.collect(form, tier, rule.weight)
    kept = _undominated(round_, forms.allowed, forms.cost, forms.counts)
    if len(kept) < templates:
        forms.allowed, forms.cost = forms.allowed[:, kept], forms.cost[:, :, kept]
    capacity = np.array(
        [person.capacity if isinstance(person, Mentor) else 1 for person in round_.people],
        dtype=np.int64,
    )
    forms.allowed[capacity == 0] = False
    return Compiled(
        problem=problem,
        templates=tuple(round_.templates[number] for number in kept),
        allowed=forms.allowed,
        cost=forms.cost,
        capacity=capacity,
        counts=tuple(_of_templates(count, kept) for count in forms.counts),
        loads=tuple(forms.loads),
        pairs=tuple(forms.pairs),
        sums=tuple(forms.sums),
        placed=tuple(forms.placed),
        rooms={slot.id: slot.max_groups for slot in round_.slots if slot.max_groups is not None},
        ceilings={problem.tiers.index(tier): most for tier, most in (ceilings or {}).items()},
    )


def _of_templates(count: Count, kept: Sequence[int]) -> Count:
    if count.templates is None:
        return count
    return Count(count.members, count.table, count.templates[kept], count.tier, count.weight)


def _undominated(
    round_: Round, allowed: NDArray[np.bool_], cost: NDArray[np.int64], counts: Sequence[Count]
) -> list[int]:
    """Return the templates that no other template of the same slot dominates.

    One dominates another if it allows everybody whom the other allows, at no higher cost, and if
    its meetings overlap no plan that the other's do not.
    """
    by_slot: dict[str, list[int]] = {}
    for number, template in enumerate(round_.templates):
        by_slot.setdefault(template.plan.slot, []).append(number)
    rivals = round_.rivals
    plans = [template.plan for template in round_.templates]
    masks = [count.templates for count in counts if count.templates is not None]
    kept: list[int] = []
    for numbers in by_slot.values():
        gone: set[int] = set()
        for number in numbers:
            for other in numbers:
                if other == number or other in gone:
                    continue
                if any(mask[number] != mask[other] for mask in masks):
                    continue
                if rivals and not rivals[plans[other]] <= rivals[plans[number]]:
                    continue
                here = allowed[:, number]
                if bool((allowed[:, other] >= here).all()) and bool(
                    (cost[:, here, other] <= cost[:, here, number]).all()
                ):
                    gone.add(number)
                    break
        kept += [number for number in numbers if number not in gone]
    return sorted(kept)


def clique_cover(neighbours: Mapping[Node, set[Node]]) -> list[list[Node]]:
    """Return maximal cliques that together contain every node and every edge of a graph.

    Cliques are grown greedily from edges that are not covered, in order of the nodes; there can
    be exponentially many maximal cliques, so they are not enumerated.
    """
    covered: set[tuple[Node, Node]] = set()
    cliques: list[list[Node]] = []
    for node in sorted(neighbours):
        fresh = [other for other in sorted(neighbours[node]) if (node, other) not in covered]
        if not neighbours[node]:
            cliques.append([node])
        for other in fresh:
            if (node, other) in covered:
                continue
            clique = [node, other]
            shared = neighbours[node] & neighbours[other]
            while shared:
                best = min(shared, key=lambda one: (-len(neighbours[one] & shared), one))
                clique.append(best)
                shared &= neighbours[best]
            cliques.append(sorted(clique))
            covered.update((a, b) for a in clique for b in clique if a != b)
    return cliques
