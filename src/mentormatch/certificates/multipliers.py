"""Proofs for large rounds: one leaf, whose duals come from a sample of the people.

The linear program of some people has the same rows on templates as that of everybody, so its duals
serve as multipliers there (Lagrangian relaxation). Given them, each person's own dual is that of
the best that they could choose, and the sum is a bound of the whole round, for any multipliers.

Fisher, M. L. (1981). The Lagrangian relaxation method for solving integer programming problems.
Management Science 27(1), 1-18. doi:10.1287/mnsc.27.1.1
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mentormatch.certificates.blocks import Ground, mask
from mentormatch.certificates.build_relaxation import build_relaxation
from mentormatch.certificates.relaxation import Name, as_cost
from mentormatch.rules.forms import CountCost, Ints, LoadCost, SumCost, table_value
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.backend.linear_program import SCALE

SAMPLE = 1_000
"""Students of a sample."""

SHARED = frozenset({"open", "least", "most", "none", "line", "whole", "sum", "tier"})
"""Kinds of rows whose duals serve for everybody."""


@dataclass(frozen=True)
class Priced:
    """What multipliers prove of a tier, and the duals of all rows."""

    bound: int
    duals: tuple[Name, ...]


def priced_tiers(ground: Ground, values: Sequence[int], clock: Clock) -> Iterator[Priced]:
    """Yield what a sample's duals prove of each tier, with the earlier ones held."""
    for index, shared in enumerate(_sampled(ground, values, clock)):
        yield _with_people(ground, values, index, shared)


def _sampled(ground: Ground, values: Sequence[int], clock: Clock) -> Iterator[Mapping[Name, int]]:
    """Yield the duals of shared rows for each tier, from the linear program of a sample."""
    students = len(ground.problem.students)
    ratio = min(1.0, SAMPLE / students)
    draw = np.random.default_rng(students)
    here = np.zeros(len(ground.allowed), dtype=np.bool_)
    for first, last in ((0, students), (students, len(here))):
        chosen = draw.permutation(np.arange(first, last))
        here[chosen[: round(ratio * (last - first))]] = True
    relaxation = build_relaxation(replace(ground, allowed=ground.allowed & here[:, None]))
    program = relaxation.program()
    names: list[Name] = [name for name, _, _, _ in relaxation.rows]
    with clock.stopping(program.interrupt):
        for index, value in enumerate(values):
            cost = as_cost(relaxation, relaxation.costs[index])
            program.set_cost(cost)
            found = program.solve(clock)
            if found is None:
                yield {}
                continue
            whole = program.rounded(found.duals)
            yield {
                names[row]: int(whole[row])
                for row in np.flatnonzero(whole)
                if names[row][0] in SHARED
            }
            # Earlier tiers are held at what the sample itself can reach.
            share = ratio * (value - _constant(ground, index))
            program.add_row(cost, max(share, found.value))
            names.append(("tier", ground.problem.tiers[index]))


def _constant(ground: Ground, index: int) -> int:
    """Return what a tier costs where nobody has a group."""
    tier = ground.problem.tiers[index]
    return sum(
        each.rule.weight * int(each.form.table[:, 0].sum())
        for each in ground.forms
        if isinstance(each.form, LoadCost) and each.rule.tier == tier
    )


def _with_people(
    ground: Ground, values: Sequence[int], index: int, shared: Mapping[Name, int]
) -> Priced:
    """Return the bound of multipliers, with each person's own dual added."""
    tiers = ground.problem.tiers
    price = np.zeros(len(tiers), dtype=np.int64)
    price[index] = SCALE
    total = 0
    for place, tier in enumerate(tiers[:index]):
        held = shared.get(("tier", tier), 0)
        price[place] = -held
        total += held * (values[place] - _constant(ground, place))
    templates = [template for template, _ in ground.blocks]
    reduced: Ints = np.tensordot(price, ground.cost[:, :, templates], axes=1)
    seated = ground.allowed[:, templates]
    total += _loads(ground, price, reduced, seated)
    groups = np.zeros(len(templates), dtype=np.int64)
    total += _rows(ground, price, shared, reduced, groups, seated)
    most = np.array([size for _, size in ground.blocks], dtype=np.int64)
    total += int((np.minimum(groups, 0) * most).sum())
    own = _own_duals(ground, np.where(seated, reduced, 0))
    total += int((own * ground.capacity).sum())
    total += int(np.minimum(np.where(seated, reduced, 0) - own[:, None], 0)[seated].sum())
    duals = [(*name, y) for name, y in shared.items()]
    duals += [("place", int(person), int(own[person])) for person in np.flatnonzero(own)]
    bound = -(-total // SCALE) + _constant(ground, index)
    return Priced(bound, tuple(duals))


def _own_duals(ground: Ground, reduced: Ints) -> Ints:
    """Return each person's dual: what the last group that they can have is worth, if anything."""
    own: Ints = np.minimum(reduced.min(axis=1, initial=0), 0)
    for person in np.flatnonzero(ground.capacity > 1).tolist():
        last = int(ground.capacity[person]) - 1
        ordered = np.sort(reduced[person])
        own[person] = min(0, int(ordered[last])) if last < len(ordered) else 0
    return own


def _loads(ground: Ground, price: Ints, reduced: Ints, seated: NDArray[np.bool_]) -> int:
    """Add what loads cost to people's choices; return the least that further steps cost."""
    total = 0
    mine = seated.sum(axis=1)
    for each in ground.forms:
        if not isinstance(each.form, LoadCost) or not isinstance(each.rule.tier, int):
            continue
        factor = each.rule.weight * int(price[ground.problem.tiers.index(each.rule.tier)])
        for person, table in zip(each.form.people.tolist(), each.form.table.tolist(), strict=True):
            most = min(int(ground.capacity[person]), int(mine[person]))
            amounts = [table[min(n, len(table) - 1)] for n in range(most + 1)]
            if most == 1:
                reduced[person] += factor * (amounts[1] - amounts[0])
            else:
                steps = (after - before for before, after in pairwise(amounts))
                total += sum(min(0, factor * step) for step in steps)
    return total


def _rows(
    ground: Ground,
    price: Ints,
    shared: Mapping[Name, int],
    reduced: Ints,
    groups: Ints,
    seated: NDArray[np.bool_],
) -> int:
    """Take the rows on templates off people's and groups' costs; return what else they add."""
    people = len(ground.allowed)
    forms = {each.name: each for each in ground.forms}
    counts = {count.name: count for count in ground.hard_counts}
    costs: dict[tuple[str, int], int] = {}
    students = np.arange(people) < len(ground.problem.students)
    total = 0
    for name, y in shared.items():
        kind, *rest = name
        if kind == "tier":
            continue
        if kind == "open":
            block = int(rest[0])
            reduced[students, block] -= y
            groups[block] += y
            continue
        label = str(rest[0])
        form = forms[label].form
        if kind == "whole":
            count = counts[label]
            usable = np.minimum(ground.capacity, seated.sum(axis=1))[count.members].sum()
            needed = next(n for n, amount in enumerate(count.table) if amount == 0)
            total += y * int(usable // needed)
            groups -= y
            continue
        block = int(rest[1])
        template = ground.blocks[block][0]
        if kind == "none":
            groups[block] -= y
        elif kind in ("least", "most"):
            count = counts[label]
            numbers = count.allowed(ground.cap(count.members, template))
            reduced[count.members, block] -= y
            groups[block] += y * (numbers[0] if kind == "least" else numbers[-1])
        elif kind == "line":
            assert isinstance(form, CountCost)
            slope, intercept = int(rest[2]), int(rest[3])
            costs[label, block] = costs.get((label, block), 0) - y
            reduced[form.members, block] += y * slope
            groups[block] += y * intercept
        else:
            assert isinstance(form, SumCost)
            slope, intercept = form.lines[int(rest[2])]
            reduced[:, block] -= y * slope * form.weights
            groups[block] -= y * intercept
            if forms[label].rule.tier != "hard":
                costs[label, block] = costs.get((label, block), 0) + y
    for (label, block), change in costs.items():
        each = forms[label]
        assert isinstance(each.rule.tier, int)
        tier = ground.problem.tiers.index(each.rule.tier)
        left = each.rule.weight * int(price[tier]) + change
        total += min(0, left) * _most_cost(ground, each.form, block, seated)
    return total


def _most_cost(ground: Ground, form: object, block: int, seated: NDArray[np.bool_]) -> int:
    """Return the bound of the column of what a count or sum costs in a block."""
    template, most = ground.blocks[block]
    if isinstance(form, CountCost):
        cap = ground.cap(mask(form.members, len(ground.allowed)), template)
        return most * max(table_value(form.table, n) for n in range(cap + 1))
    assert isinstance(form, SumCost)
    weights = form.weights[seated[:, block]]
    low, high = int(weights[weights < 0].sum()), int(weights[weights > 0].sum())
    return max(max(s * low, s * high) + max(i, i * most, 0) for s, i in form.lines)
