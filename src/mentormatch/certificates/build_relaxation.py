"""Builds the linear program of a certificate from the forms of a problem's rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mentormatch.certificates.blocks import Ground, ground_of, mask
from mentormatch.certificates.forms import NamedForm
from mentormatch.certificates.relaxation import Relaxation, Terms
from mentormatch.data.problem import Problem
from mentormatch.rules.forms import (
    ApartCost,
    CountCost,
    LoadCost,
    PairCost,
    SumCost,
    table_value,
)
from mentormatch.solve.instance.compiled import clique_cover


def relaxation_of(problem: Problem, split: Sequence[int] = ()) -> Relaxation:
    """Return the relaxation of a problem; the groups of split templates are told apart."""
    return build_relaxation(ground_of(problem, split))


def build_relaxation(ground: Ground) -> Relaxation:
    """Return the relaxation on a ground."""
    return _Builder(ground).build()


class _Builder:
    """Builds a relaxation, family of rows by family."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._made = Relaxation(ground)
        self._problem = ground.problem
        tiers = len(self._problem.tiers)
        self._made.costs = [[] for _ in range(tiers)]
        self._made.constants = [0] * tiers

    def build(self) -> Relaxation:
        made, ground = self._made, self._ground
        self._groups = [made.column(("k", b), most) for b, (_, most) in enumerate(ground.blocks)]
        self._seats: list[dict[int, int]] = [
            {
                int(p): made.column(("x", int(p), b), 1)
                for p in np.flatnonzero(ground.allowed[:, template])
            }
            for b, (template, _) in enumerate(ground.blocks)
        ]
        self._mine: list[list[int]] = [[] for _ in ground.allowed]
        for seats in self._seats:
            for person, seat in seats.items():
                self._mine[person].append(seat)
        for b, (template, _) in enumerate(ground.blocks):
            for tier, terms in enumerate(made.costs):
                prices = ground.cost[tier, :, template]
                terms += [(s, int(prices[p])) for p, s in self._seats[b].items() if prices[p]]
        self._places()
        self._times()
        self._openings()
        for form in ground.forms:
            self._form(form)
        self._apart()
        return made

    def _places(self) -> None:
        """A person is in at most as many blocks as they can have groups."""
        for person, mine in enumerate(self._mine):
            capacity = int(self._ground.capacity[person])
            if len(mine) > capacity:
                self._made.row(("place", person), [(seat, 1) for seat in mine], None, capacity)

    def _times(self) -> None:
        """A mentor is in one of the blocks that meet at a moment; slots hold so many groups."""
        ground = self._ground
        together = _meeting_at_once(ground)
        for person in np.flatnonzero(ground.capacity > 1).tolist():
            known: set[tuple[int, ...]] = set()
            for second, blocks in together:
                mine = [self._seats[b][person] for b in blocks if person in self._seats[b]]
                if len(mine) > 1 and tuple(mine) not in known:
                    known.add(tuple(mine))
                    self._made.row(("busy", person, second), [(seat, 1) for seat in mine], None, 1)
        for slot in self._problem.slots:
            there = [
                b
                for b, (template, _) in enumerate(ground.blocks)
                if ground.templates[template].plan.slot == slot.id
            ]
            if slot.max_groups is not None and there:
                terms = [(self._groups[b], 1) for b in there]
                self._made.row(("slot", slot.id), terms, None, slot.max_groups)

    def _openings(self) -> None:
        """A group has a student; who is in a block is in a group; single groups open in order."""
        students = len(self._problem.students)
        blocks = self._ground.blocks
        for b, seats in enumerate(self._seats):
            group = self._groups[b]
            mine = [(seat, 1) for person, seat in seats.items() if person < students]
            self._made.row(("open", b), [*mine, (group, -1)], 0, None)
            for person, seat in seats.items():
                self._made.row(("seat", person, b), [(seat, 1), (group, -1)], None, 0)
            if b and blocks[b] == blocks[b - 1] and blocks[b][1] == 1:
                terms = [(group, 1), (self._groups[b - 1], -1)]
                self._made.row(("next", b), terms, None, 0)

    def _form(self, each: NamedForm) -> None:
        tier = each.rule.tier
        index = self._problem.tiers.index(tier) if isinstance(tier, int) else None
        match each.form:
            case CountCost() as count:
                if index is None:
                    self._hard_count(each.name, count)
                else:
                    self._priced_count(each.name, count, index, each.rule.weight)
            case LoadCost() as load:
                self._load(each.name, load, index, each.rule.weight)
            case SumCost() as total:
                self._sum(each.name, total, index, each.rule.weight)
            case PairCost() as pairs if index is not None:
                self._meeting(each.name, pairs, index, each.rule.weight)
            case ApartCost() as pairs:
                self._parting(each.name, pairs, index, each.rule.weight)

    def _members(self, count: CountCost, b: int) -> Terms:
        return [(self._seats[b][p], 1) for p in count.members.tolist() if p in self._seats[b]]

    def _hard_count(self, name: str, count: CountCost) -> None:
        """The members of a set are as many as groups of allowed counts have."""
        ground = self._ground
        members = mask(count.members, len(ground.allowed))
        where = ground.where(count)
        fewest: set[int] = set()
        for b, (template, most) in enumerate(ground.blocks):
            if not where[template]:
                continue
            mine = self._members(count, b)
            cap = ground.cap(members, template)
            counts = [n for n in range(cap + 1) if table_value(count.table, n) == 0]
            if not counts:
                self._made.row(("none", name, b), [(self._groups[b], 1)], None, 0)
                continue
            first, last = counts[0], counts[-1]
            fewest.add(first)
            if first:
                terms = [*mine, (self._groups[b], -first)]
                self._made.row(("least", name, b), terms, 0, None)
            if last < len(mine):
                terms = [*mine, (self._groups[b], -last)]
                self._made.row(("most", name, b), terms, None, 0)
            if len(counts) <= last - first:
                self._by_count(name, b, counts, mine, most)
        self._whole(name, count, where)

    def _whole(self, name: str, count: CountCost, where: NDArray[np.bool_]) -> None:
        """All groups together are no more than the whole number that a set's people make up."""
        needed = next(
            (n for n in range(len(count.table) + 1) if not table_value(count.table, n)), 0
        )
        if needed < 2 or not bool(where.all()):
            return
        usable = sum(
            min(int(self._ground.capacity[p]), len(self._mine[p])) for p in count.members.tolist()
        )
        self._made.row(
            ("whole", name), [(group, 1) for group in self._groups], None, usable // needed
        )

    def _by_count(self, name: str, b: int, counts: Sequence[int], mine: Terms, most: int) -> Terms:
        """Tell a block's groups apart by how many of the set they have."""
        made = self._made
        parts = [(made.column(("y", name, b, n), most), n) for n in counts]
        made.row(("groups", name, b), [*((y, 1) for y, _ in parts), (self._groups[b], -1)], 0, 0)
        terms = [*((y, n) for y, n in parts if n), *((seat, -1) for seat, _ in mine)]
        made.row(("members", name, b), terms, 0, 0)
        return parts

    def _priced_count(self, name: str, count: CountCost, tier: int, weight: int) -> None:
        """What a block's groups cost is above every line that lies below the table."""
        made, ground = self._made, self._ground
        members = mask(count.members, len(ground.allowed))
        where = ground.where(count)
        for b, (template, most) in enumerate(ground.blocks):
            if not where[template]:
                continue
            mine = self._members(count, b)
            cap = ground.cap(members, template)
            amounts = [table_value(count.table, n) for n in range(cap + 1)]
            if not any(amounts):
                continue
            cost = made.column(("z", name, b), most * max(amounts))
            made.costs[tier].append((cost, weight))
            steps = [after - before for before, after in pairwise(amounts)]
            if steps != sorted(steps):
                parts = self._by_count(name, b, range(cap + 1), mine, most)
                terms = [(y, -amounts[n]) for y, n in parts if amounts[n]]
                made.row(("cost", name, b), [(cost, 1), *terms], 0, None)
                continue
            lines = [(slope, amounts[n] - slope * n) for n, slope in enumerate(steps)]
            for slope, intercept in dict.fromkeys(lines or [(0, amounts[0])]):
                if slope or intercept:
                    terms = [(cost, 1), *((seat, -slope) for seat, _ in mine if slope)]
                    terms += [(self._groups[b], -intercept)] if intercept else []
                    made.row(("line", name, b, slope, intercept), terms, 0, None)

    def _load(self, name: str, load: LoadCost, tier: int | None, weight: int) -> None:
        """How many groups a person is in, step by step."""
        made = self._made
        for person, table in zip(load.people.tolist(), load.table.tolist(), strict=True):
            mine = self._mine[person]
            most = min(int(self._ground.capacity[person]), len(mine))
            amounts = [table[min(n, len(table) - 1)] for n in range(most + 1)]
            steps = list(mine)
            if most > 1:
                steps = [made.column(("w", name, person, n), 1) for n in range(1, most + 1)]
                terms = [*((step, 1) for step in steps), *((seat, -1) for seat in mine)]
                made.row(("load", name, person), terms, 0, 0)
                for n, (earlier, later) in enumerate(pairwise(steps), 1):
                    made.row(("order", name, person, n), [(later, 1), (earlier, -1)], None, 0)
            if tier is None:
                self._banned_loads((name, person), amounts, steps)
                continue
            made.constants[tier] += weight * amounts[0]
            for n, step in enumerate(steps):
                # Of somebody with one group at most, every seat is the first step.
                before = n if most > 1 else 0
                price = weight * (amounts[before + 1] - amounts[before])
                if price:
                    made.costs[tier].append((step, price))

    def _banned_loads(
        self, name: tuple[str, int], amounts: Sequence[int], steps: Sequence[int]
    ) -> None:
        most = len(amounts) - 1
        for n, amount in enumerate(amounts):
            if amount:
                # The load is n if step n is taken and the next one is not.
                reached = [] if n == 0 else [(step, 1) for step in _step(steps, n, most)]
                passed = [] if n == most else [(step, -1) for step in _step(steps, n + 1, most)]
                upper = -1 if n == 0 else 0
                self._made.row(("ban", *name, n), [*reached, *passed], None, upper)

    def _sum(self, name: str, total: SumCost, tier: int | None, weight: int) -> None:
        """What sums cost is above every line of the sum."""
        made = self._made
        weights = total.weights.tolist()
        for b, (_, most) in enumerate(self._ground.blocks):
            mine = [(seat, weights[p]) for p, seat in self._seats[b].items() if weights[p]]
            group = self._groups[b]
            if tier is not None:
                low = sum(w for _, w in mine if w < 0)
                high = sum(w for _, w in mine if w > 0)
                top = max(max(s * low, s * high) + max(i, i * most, 0) for s, i in total.lines)
                if top <= 0:
                    continue
                cost = made.column(("z", name, b), top)
                made.costs[tier].append((cost, weight))
            for line, (slope, intercept) in enumerate(total.lines):
                if slope or intercept:
                    head = [] if tier is None else [(cost, -1)]
                    terms = [*head, *((seat, slope * w) for seat, w in mine if slope)]
                    terms += [(group, intercept)] if intercept else []
                    made.row(("sum", name, b, line), terms, None, 0)

    def _meeting(self, name: str, pairs: PairCost, tier: int, weight: int) -> None:
        """Two people of a block share a group if the block has one group."""
        made = self._made
        for (one, other), amount in zip(pairs.pairs.tolist(), pairs.amount.tolist(), strict=True):
            for b, seats in enumerate(self._seats):
                if one in seats and other in seats:
                    met = made.column(("m", name, one, other, b), 1)
                    terms = [(met, 1), (seats[one], -1), (seats[other], -1), (self._groups[b], 1)]
                    made.row(("meet", name, one, other, b), terms, 0, None)
                    made.costs[tier].append((met, weight * amount))

    def _parting(self, name: str, pairs: ApartCost, tier: int | None, weight: int) -> None:
        """Who is in a block without somebody is without them."""
        made = self._made
        for (one, other), amount in zip(pairs.pairs.tolist(), pairs.amount.tolist(), strict=True):
            for b, seats in enumerate(self._seats):
                if one not in seats:
                    continue
                there = [(seats[other], 1)] if other in seats else []
                if tier is None:
                    terms = [*there, (seats[one], -1)]
                    made.row(("with", name, one, other, b), terms, 0, None)
                    continue
                missed = made.column(("m", name, one, other, b), 1)
                terms = [(missed, 1), *there, (seats[one], -1)]
                made.row(("part", name, one, other, b), terms, 0, None)
                made.costs[tier].append((missed, weight * amount))

    def _apart(self) -> None:
        """Of people of whom no two may meet, a block has at most one for each group."""
        neighbours: dict[int, set[int]] = {}
        for each in self._ground.forms:
            if isinstance(each.form, PairCost) and each.rule.tier == "hard":
                for one, other in each.form.pairs.tolist():
                    neighbours.setdefault(one, set()).add(other)
                    neighbours.setdefault(other, set()).add(one)
        for clique in clique_cover(neighbours):
            rows: set[tuple[int, ...]] = set()
            number = len(self._made.cliques)
            for b, seats in enumerate(self._seats):
                mine = tuple(seats[p] for p in clique if p in seats)
                if len(mine) > 1 and mine not in rows:
                    rows.add(mine)
                    terms = [*((seat, 1) for seat in mine), (self._groups[b], -1)]
                    self._made.row(("clique", number, b), terms, None, 0)
            if rows:
                self._made.cliques.append(tuple(clique))


def _step(steps: Sequence[int], n: int, most: int) -> list[int]:
    """Return the columns whose sum says whether a load of n is reached."""
    return list(steps) if most <= 1 else [steps[n - 1]]


def _meeting_at_once(ground: Ground) -> list[tuple[int, list[int]]]:
    """Return for each moment at which meetings begin the blocks that meet then."""
    meetings: list[tuple[datetime, datetime, int]] = []
    for b, (template, _) in enumerate(ground.blocks):
        plan = ground.templates[template].plan
        length = timedelta(minutes=plan.minutes)
        meetings += [(start, start + length, b) for start in plan.instants]
    starts = sorted({start for start, _, _ in meetings})
    return [
        (
            int(start.timestamp()),
            sorted({b for begin, end, b in meetings if begin <= start < end}),
        )
        for start in starts
    ]
