"""Pairs of people: together, or one without the other."""

from __future__ import annotations

from mentormatch.solve.instance.compiled import HARD, clique_cover
from mentormatch.solve.plan.model import PlanModel


def add_pairs(plan: PlanModel) -> None:
    """Add the prices and bans on pairs, bans as rows of cliques."""
    apart: dict[int, set[int]] = {}
    for pairs in plan.compiled.pairs:
        places, amounts = pairs.pairs.tolist(), pairs.amount.tolist()
        for (one, other), amount in zip(places, amounts, strict=True):
            if not plan.here[one]:
                continue
            if pairs.together and not plan.here[other]:
                continue
            if pairs.tier == HARD and pairs.together:
                apart.setdefault(one, set()).add(other)
                apart.setdefault(other, set()).add(one)
            elif pairs.together:
                _meeting_price(plan, one, other, pairs.tier, amount * pairs.weight)
            else:
                _parting(plan, one, other, pairs.tier, amount * pairs.weight)
    rows: set[tuple[int, tuple[int, ...]]] = set()
    for clique in clique_cover(apart):
        for number, seats in enumerate(plan.seats):
            mine = tuple(person for person in clique if person in seats)
            if len(mine) > 1 and (number, mine) not in rows:
                rows.add((number, mine))
                plan.model.add(sum(seats[person] for person in mine) <= plan.groups[number])


def _meeting_price(plan: PlanModel, one: int, other: int, tier: int, price: int) -> None:
    for number, seats in enumerate(plan.seats):
        if one in seats and other in seats:
            met = plan.price([([seats[one], seats[other], plan.groups[number]], [1, 1, -1])], 1)
            plan.objectives[tier].add([met], price, number)


def _parting(plan: PlanModel, one: int, other: int, tier: int, price: int) -> None:
    """Person `one` in a column without `other`."""
    for number, seats in enumerate(plan.seats):
        if one not in seats:
            continue
        there = seats.get(other)
        if tier == HARD:
            plan.model.add(seats[one] <= (0 if there is None else there))
        elif there is None:
            plan.objectives[tier].add([seats[one]], price, number)
        else:
            missed = plan.price([([seats[one], there], [1, -1])], 1)
            plan.objectives[tier].add([missed], price, number)
