"""Where groups can meet: templates that no other dominates, and how many groups each can hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.certificates.forms import NamedForm, named_forms
from mentormatch.data.people import Mentor
from mentormatch.data.problem import Problem
from mentormatch.data.round import Template
from mentormatch.rules.forms import CountCost, Ints, PersonCost, table_value


@dataclass(frozen=True, eq=False)
class HardCount:
    """A hard count: its name, its people, its table, and in which templates it counts."""

    name: str
    members: NDArray[np.bool_]
    table: tuple[int, ...]
    where: NDArray[np.bool_]

    def allowed(self, eligible: int) -> list[int]:
        """Return the counts from 0 to the eligible people at which the table is zero."""
        return [n for n in range(eligible + 1) if table_value(self.table, n) == 0]


@dataclass(frozen=True, eq=False)
class Ground:
    """What every row of a relaxation stands on.

    Attributes
    ----------
    templates
        Those kept.
    allowed, cost
        Shape (people, templates) and (tiers, people, templates).
    capacity
        Shape (people,): most groups of each.
    blocks
        Template and greatest number of groups of each block.
    """

    problem: Problem
    forms: tuple[NamedForm, ...]
    hard_counts: tuple[HardCount, ...]
    templates: tuple[Template, ...]
    kept: tuple[int, ...]
    allowed: NDArray[np.bool_]
    cost: NDArray[np.int64]
    capacity: Ints
    blocks: tuple[tuple[int, int], ...]

    def where(self, form: CountCost) -> NDArray[np.bool_]:
        """Return in which of the kept templates a count counts."""
        if form.templates is None:
            return np.ones(len(self.kept), dtype=np.bool_)
        return form.templates[list(self.kept)]

    def cap(self, members: NDArray[np.bool_], template: int) -> int:
        """Return the most people of a set in one group, by who can come and by hard counts."""
        eligible = int((members & self.allowed[:, template]).sum())
        for count in self.hard_counts:
            if count.where[template] and not bool((members & ~count.members).any()):
                there = int((count.members & self.allowed[:, template]).sum())
                eligible = min(eligible, max(count.allowed(there), default=0))
        return eligible


def ground_of(problem: Problem, split: Collection[int] = ()) -> Ground:
    """Return what relaxations of a problem stand on.

    Parameters
    ----------
    problem
        The problem.
    split
        Kept templates, by number, whose groups are told apart.
    """
    round_ = problem.round
    forms = named_forms(problem)
    people, templates = len(round_.people), len(round_.templates)
    allowed = np.ones((people, templates), dtype=np.bool_)
    cost = np.zeros((len(problem.tiers), people, templates), dtype=np.int64)
    for each in forms:
        if isinstance(each.form, PersonCost):
            if isinstance(each.rule.tier, int):
                tier = problem.tiers.index(each.rule.tier)
                cost[tier] += np.multiply(each.form.amount, each.rule.weight, dtype=np.int64)
            else:
                allowed &= each.form.amount == 0
    capacity = np.array(
        [one.capacity if isinstance(one, Mentor) else 1 for one in round_.people], dtype=np.int64
    )
    allowed[capacity == 0] = False
    kept = _undominated(problem, forms, allowed, cost)
    allowed, cost = allowed[:, kept], cost[:, :, kept]
    hard = _hard_counts(forms, people, kept)
    shared = tuple(round_.templates[number] for number in kept)
    most = [
        _most_groups(problem, hard, shared[number], number, allowed[:, number])
        for number in range(len(kept))
    ]
    blocks = tuple(
        block
        for number, groups in enumerate(most)
        if groups > 0
        for block in ([(number, 1)] * groups if number in split else [(number, groups)])
    )
    return Ground(problem, forms, hard, shared, tuple(kept), allowed, cost, capacity, blocks)


def mask(members: Ints, people: int) -> NDArray[np.bool_]:
    """Return a set of people as a mask."""
    there = np.zeros(people, dtype=np.bool_)
    there[members] = True
    return there


def _hard_counts(
    forms: Sequence[NamedForm], people: int, kept: Sequence[int]
) -> tuple[HardCount, ...]:
    found = []
    for each in forms:
        if isinstance(each.form, CountCost) and each.rule.tier == "hard":
            everywhere = np.ones(len(kept), dtype=np.bool_)
            where = everywhere if each.form.templates is None else each.form.templates[list(kept)]
            members = mask(each.form.members, people)
            found.append(HardCount(each.name, members, each.form.table, where))
    return tuple(found)


def _most_groups(
    problem: Problem,
    hard: Sequence[HardCount],
    template: Template,
    number: int,
    allowed: NDArray[np.bool_],
) -> int:
    """Return how many groups a template can hold, by who can come, hard counts and rooms."""
    most = int(allowed[: len(problem.students)].sum())
    for count in hard:
        if not count.where[number]:
            continue
        eligible = int((count.members & allowed).sum())
        counts = count.allowed(eligible)
        if not counts:
            return 0
        if counts[0] > 0:
            most = min(most, eligible // counts[0])
    rooms = problem.round.slot[template.plan.slot].max_groups
    return most if rooms is None else min(most, rooms)


def _undominated(
    problem: Problem,
    forms: Sequence[NamedForm],
    allowed: NDArray[np.bool_],
    cost: NDArray[np.int64],
) -> list[int]:
    """Return the templates that no other template of their slot dominates.

    One dominates another if it allows everybody whom the other allows, at no higher cost in any
    tier, is counted by the same counts, and if its meetings overlap no plan that the other's do
    not.
    """
    round_ = problem.round
    rivals = round_.rivals
    plans = [template.plan for template in round_.templates]
    masks = [
        each.form.templates
        for each in forms
        if isinstance(each.form, CountCost) and each.form.templates is not None
    ]

    def dominates(other: int, number: int) -> bool:
        here = allowed[:, number]
        return (
            all(mask[number] == mask[other] for mask in masks)
            and (not rivals or rivals[plans[other]] <= rivals[plans[number]])
            and bool((allowed[:, other] >= here).all())
            and bool((cost[:, here, other] <= cost[:, here, number]).all())
        )

    by_slot: dict[str, list[int]] = {}
    for number, plan in enumerate(plans):
        by_slot.setdefault(plan.slot, []).append(number)
    gone: set[int] = set()
    for numbers in by_slot.values():
        for number in numbers:
            if any(
                other != number and other not in gone and dominates(other, number)
                for other in numbers
            ):
                gone.add(number)
    return [number for number in range(len(plans)) if number not in gone]
