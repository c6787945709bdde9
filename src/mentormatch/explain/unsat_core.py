"""Which hard rules contradict each other, where no matching keeps them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from mentormatch.data.problem import Problem
from mentormatch.rules import RULES
from mentormatch.rules.base import Rule
from mentormatch.solve.match import DEFAULT_TIME_LIMIT, match

SHARE = 8
"""A search gets one such part of the time that is left, so that some is left for the others."""


@dataclass(frozen=True)
class HardRequirement:
    """One thing that is asked: a hard rule, or one element of those that a rule lists.

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
class UnsatCore:
    """Demands that no matching meets together.

    Attributes
    ----------
    demands
        What is asked, the foundations first and then in the order of the problem.
    minimal
        Whether the others can be met as soon as any one of them is dropped. Else the time ran
        out before every one was tried.
    """

    requirements: tuple[HardRequirement, ...]
    minimal: bool

    def __str__(self) -> str:
        lines = ["These hard rules cannot all be kept:"]
        lines += [f"  {requirement.sentence}" for requirement in self.requirements]
        if not self.minimal:
            lines.append("  (Some of them may have no part in it; the time ran out.)")
        return "\n".join(lines)


def unsat_core(
    problem: Problem, *, time_limit: float | None = DEFAULT_TIME_LIMIT, seed: int = 0
) -> UnsatCore | None:
    """Find a smallest set of hard rules that contradict each other.

    Smallest means that nothing can be left away; there may be other such sets, also smaller
    ones. What goes unsaid, such as that students are in one group at most and mentors in no
    more than they can lead, always holds. The answer is the same each time, unless time runs out.

    Parameters
    ----------
    problem
        A problem without any valid matching.
    time_limit
        Seconds at most for all searches together, or None for as long as it takes.
    seed
        Seed of the searches.

    Returns
    -------
    Clash or None
        None if the problem has a valid matching, or if its contradiction was not proven in
        time.
    """
    trial = _Trial(problem, time_limit, seed)
    kept = requirements(problem)
    if not trial.contradictory(kept):
        return None
    size = max(1, len(kept) // 2)
    while True:
        # Only the last pass, one by one, decides whether anything more can be dropped.
        trial.gave_up = False
        start = 0
        while start < len(kept):
            rest = kept[:start] + kept[start + size :]
            if trial.contradictory(rest):
                kept = rest
            else:
                start += size
        if size == 1:
            return UnsatCore(kept, minimal=not trial.gave_up)
        size //= 2


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


class _Trial:
    """Tries parts of a problem's hard rules until the time is up.

    `gave_up` tells whether a trial ended without proof either way.
    """

    def __init__(self, problem: Problem, time_limit: float | None, seed: int) -> None:
        self._problem = problem
        self._until = None if time_limit is None else monotonic() + time_limit
        self._seed = seed
        self._interrupted = False
        self.gave_up = False

    def contradictory(self, variant: Sequence[HardRequirement]) -> bool:
        """Whether it is proven that no matching meets these demands."""
        left = None if self._until is None else self._until - monotonic()
        if self._interrupted or (left is not None and left <= 0):
            self.gave_up = True
            return False
        matching = match(
            self._asking(variant),
            time_limit=None if left is None else left / SHARE,
            seed=self._seed,
        )
        limits = matching.provenance.limits_reached if matching.provenance else ()
        self._interrupted = "interrupt" in limits
        self.gave_up |= matching.status == "UNKNOWN"
        return matching.status == "INFEASIBLE"

    def _asking(self, variant: Sequence[HardRequirement]) -> Problem:
        """Return the problem with nothing asked but these demands."""
        rules = [requirement.rule for requirement in variant]
        kinds = {rule.kind for rule in rules}
        # A foundation that is not stated would come back with its default.
        off = [rule.model_validate({"tier": "off"}) for rule in RULES if rule.foundation]
        rules += [rule for rule in off if rule.kind not in kinds]
        fields = {name: getattr(self._problem, name) for name in Problem.model_fields}
        # Not checked again: it is sound, and in parts there may be more rules than one may state.
        return Problem.model_construct(**{**fields, "rules": tuple(rules)})
