"""Forms on pairs of people: together (`PairCost`), or one without the other (`ApartCost`)."""

from __future__ import annotations

from mentormatch.solve.instance.compiled import HARD, clique_cover
from mentormatch.solve.plan.model import PlanModel


def add_pairs(plan: PlanModel) -> None:
    """Add the costs and bans on pairs; bans as one row for each clique of a conflict graph."""
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
    """Add the cost of two people meeting: ``met >= x[one] + x[other] - k`` in each block.

    That is exact in single openings. In a block of k groups two people can avoid each other, so
    they cost nothing there from k = 2 on, which is a relaxation.
    """
    for number, seats in enumerate(plan.seats):
        if one in seats and other in seats:
            both = [seats[one], seats[other], plan.groups[number]]
            met = plan.epigraph_variable([(both, [1, 1, -1])], 0, 1)
            plan.objectives[tier].add([met], price, number)


def _parting(plan: PlanModel, one: int, other: int, tier: int, price: int) -> None:
    """Add the cost or ban on person `one` in a block without person `other`."""
    for number, seats in enumerate(plan.seats):
        if one not in seats:
            continue
        there = seats.get(other)
        if tier == HARD:
            plan.model.add(seats[one] <= (0 if there is None else there))
        elif there is None:
            plan.objectives[tier].add([seats[one]], price, number)
        else:
            missed = plan.epigraph_variable([([seats[one], there], [1, -1])], 0, 1)
            plan.objectives[tier].add([missed], price, number)
