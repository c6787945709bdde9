"""A minimal infeasible subset of what a problem asks, by a deletion filter.

A deletion filter drops one element after the other and keeps it dropped where the rest is still
infeasible. What is left is a minimal infeasible subset: every proper subset of it is feasible.
Larger pieces are dropped first, which saves solves where the subset is small.

J. W. Chinneck, "Feasibility and Infeasibility in Optimization: Algorithms and Computational
Methods", Springer, 2008, chapter 6, doi:10.1007/978-0-387-74932-7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.reporting import Reporting
from mentormatch.rules import exactly
from mentormatch.rules.base import Rule
from mentormatch.solve.match import match

SHARE = 8
"""One solve gets such a part of the time that is left, so that some is left for the others."""

Element = TypeVar("Element")


def deletion_filter(
    elements: Sequence[Element], infeasible: Callable[[Sequence[Element]], bool]
) -> tuple[Element, ...]:
    """Return a minimal infeasible subset of elements that are infeasible together.

    It is minimal as far as `infeasible` decides; elements are dropped in their order.
    """
    kept = tuple(elements)
    size = max(1, len(kept) // 2)
    while True:
        start = 0
        while start < len(kept):
            rest = kept[:start] + kept[start + size :]
            if infeasible(rest):
                kept = rest
            else:
                start += size
        if size == 1:
            return kept
        size //= 2


class TrialSolves:
    """Solves problems until the time is up or somebody interrupts.

    Parameters
    ----------
    time_limit
        Seconds for all solves together, or None for as long as they take.
    seed
        Seeds the solver.
    reporting
        Takes the reports of every solve, and is cancelled when somebody interrupts one; shared
        with parts.
    """

    def __init__(
        self, time_limit: float | None, seed: int, reporting: Reporting | None = None
    ) -> None:
        self._until = None if time_limit is None else monotonic() + time_limit
        self._seed = seed
        self._reporting = reporting or Reporting(None)

    @property
    def left(self) -> float | None:
        """Seconds that are left, not below zero; None without a limit."""
        return None if self._until is None else max(0.0, self._until - monotonic())

    @property
    def over(self) -> bool:
        """Whether nothing more is solved."""
        return self._reporting.cancelled or self.left == 0

    def part(self, share: float) -> TrialSolves:
        """Return solves for a share of the time that is left."""
        limit = None if self.left is None else self.left * share
        return TrialSolves(limit, self._seed, self._reporting)

    def solve(self, problem: Problem) -> Matching | None:
        """Return the best matching found in a share of the time, or None if the time is up."""
        if self.over:
            return None
        limit = None if self.left is None else self.left / SHARE
        found = match(
            problem,
            time_limit=limit,
            seed=self._seed,
            progress=self._reporting.next_step(),
            cancel=self._reporting.cancel,
        )
        if found.provenance is not None and "interrupt" in found.provenance.limits_reached:
            self._reporting.stop()
        return found


@dataclass(frozen=True)
class HardRequirement:
    """One thing asked: a hard rule, or one element of those that a rule lists.

    Attributes
    ----------
    rule
        The rule; of a rule with several sets, pairs or wishes one that has this alone.
    sentence
        What it asks, with people by their names.
    """

    rule: Rule
    sentence: str


@dataclass(frozen=True)
class InfeasibleSubset:
    """Hard requirements that no matching meets together.

    Attributes
    ----------
    requirements
        The foundations first, then the others in the order of the problem.
    minimal
        Whether the others can be met as soon as any one of them is dropped. Else the time ran
        out before each was tried.
    """

    requirements: tuple[HardRequirement, ...]
    minimal: bool


def infeasible_subset(problem: Problem, trials: TrialSolves) -> InfeasibleSubset | None:
    """Find a minimal infeasible subset of a problem's hard requirements.

    There may be other such subsets, also smaller ones. What goes unsaid always holds, such as
    that students are in one group at most and mentors in no more than they can lead. The answer
    is the same each time, unless time runs out.

    Returns
    -------
    InfeasibleSubset or None
        None if the problem has a valid matching, or its infeasibility was not proven in time.
    """
    every = requirements(problem)
    feasible: list[frozenset[int]] = []

    def infeasible(numbers: Sequence[int]) -> bool:
        found = trials.solve(asking_only(problem, [every[number].rule for number in numbers]))
        if found is not None and found.status in ("OPTIMAL", "FEASIBLE"):
            feasible.append(frozenset(numbers))
        return found is not None and found.status == "INFEASIBLE"

    if not infeasible(range(len(every))):
        return None
    kept = deletion_filter(range(len(every)), infeasible)
    minimal = all(any(set(kept) - met == {number} for met in feasible) for number in kept)
    return InfeasibleSubset(tuple(every[number] for number in kept), minimal)


def requirements(problem: Problem) -> tuple[HardRequirement, ...]:
    """Return everything that the hard rules of a problem ask, each as little as can be.

    Foundations come first, so that they are dropped first: what somebody stated themselves
    says more of a contradiction than what always holds.
    """
    hard = [rule for rule in problem.active_rules if rule.tier == "hard"]
    parts = [
        part for rule in sorted(hard, key=lambda rule: not rule.foundation) for part in rule.parts()
    ]
    return tuple(HardRequirement(part, part.sentence(problem.round)) for part in parts)


def asking_only(problem: Problem, rules: Sequence[Rule]) -> Problem:
    """Return the problem with no rules in force but these."""
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    # Not checked again: it is sound, and in parts there may be more rules than one may state.
    return Problem.model_construct(**{**fields, "rules": exactly(*rules)})
