"""Estimates of what changes are worth, by dual prices of the linear relaxation; no proof."""

from __future__ import annotations

from dataclasses import dataclass

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.explain.move_evaluator import MoveEvaluator
from mentormatch.solve.params import SolveParams
from mentormatch.whatif.changes import AddMentors, Change, MaxStudents, MinStudents, OfferSlot

DIGITS = 2
"""Digits after the point that are shown; prices that differ by less are equal."""


@dataclass(frozen=True)
class PriceList:
    """Dual prices of changes, in the cost of one tier; changes without a row have no price."""

    tier: int | None = None
    mentor: dict[str, float] | None = None
    larger: float = 0.0
    smaller: float = 0.0

    def of(self, change: Change) -> float | None:
        """Return what a change is worth; None if the prices say nothing of it."""
        if self.tier is None or self.mentor is None:
            return None
        match change:
            case AddMentors(slot=slot, count=count):
                price = self.mentor[slot] * count
            case OfferSlot(slot=slot):
                price = self.mentor[slot]
            case MaxStudents():
                price = self.larger
            case MinStudents():
                price = self.smaller
            case _:
                return None
        return round(price, DIGITS)


def price_list(evaluator: MoveEvaluator, *, time_limit: float, seed: int) -> PriceList:
    """Return the prices of a matching's round; empty where the relaxation is not solved."""
    problem = evaluator.problem
    # The plan of a round that is searched by the Lagrangian method would take most of the time.
    large = len(problem.students) >= SolveParams().large_round_students
    if large or not problem.shape.mentors:
        return PriceList()
    from mentormatch.solve.backend.clock import Clock
    from mentormatch.solve.sensitivity import shadow_prices

    try:
        larger, newcomers = with_newcomers(problem)
    except InputError:
        # The round is as large as rounds can be.
        return PriceList()
    reached = list(evaluator.before.score.tiers.values())
    found = shadow_prices(larger, newcomers, reached, Clock(time_limit), seed)
    if found is None:
        return PriceList()
    return PriceList(found.tier, dict(found.mentor), found.larger, found.smaller)


def with_newcomers(problem: Problem) -> tuple[Problem, dict[str, list[str]]]:
    """Return the problem with one group's mentors more in every slot, and their ids by slot."""
    newcomers: dict[str, list[str]] = {}
    for slot in problem.slots:
        change = AddMentors(slot=slot.id, count=problem.shape.mentors)
        newcomers[slot.id] = [mentor.id for mentor in change.newcomers(problem)]
        problem = change.applied(problem)
    return problem, newcomers
