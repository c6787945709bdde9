"""Why no matching keeps all the hard rules, about whom it is, and the cheapest ways out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from time import monotonic
from typing import Literal

from pydantic import Field

from mentormatch.data.matching import Matching
from mentormatch.data.people import Identifier, Noun
from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.unsat_core import HardRequirement, UnsatCore, unsat_core
from mentormatch.rules import RULES, Pin, PlaceEveryone
from mentormatch.rules.base import Rule
from mentormatch.solve.match import match
from mentormatch.validation import read_json
from mentormatch.whatif.changes import RelaxRule, changed
from mentormatch.whatif.with_tiers import with_tiers

CONTRADICTION_FORMAT: Literal["mentormatch/contradiction/1"] = "mentormatch/contradiction/1"

SHARE = 8
"""One search gets such a part of the time that is left, so that some is left for the others."""

MOST_RELAXED = 3
"""Rules that give way together at most, where one after the other does not suffice."""

NAMED = 5
"""Breaches told of each way out at most; the others are counted."""


class StatedRequirement(Noun):
    """One thing asked that has a part in the contradiction."""

    rule: str = Field(description="Kind of the rule.")
    place: int | None = Field(
        default=None, description="Its place among the problem's rules; null: not stated there."
    )
    sentence: str = Field(description="What it asks, with people by their names.")


class TierValue(Noun):
    """What a tier of the problem comes to on a way out."""

    tier: int
    name: str
    value: int


class WayOut(Noun):
    """Rules that give way as little as possible, and the best matching that there is then."""

    changes: tuple[RelaxRule, ...]
    proven: bool = Field(description="Whether it is proven that they need not give way less.")
    amount: int = Field(description="By how much these rules are broken, all together.")
    broken: tuple[str, ...] = Field(description="How they are broken, in sentences.")
    further: int = Field(description="Breaches that are not among these sentences.")
    placed: int = Field(description="Students with a group.")
    groups: int
    tiers: tuple[TierValue, ...] = ()


class Contradiction(Noun):
    """Hard rules that no matching keeps together; it names people and is for the coordinator."""

    format: Literal["mentormatch/contradiction/1"] = CONTRADICTION_FORMAT
    requirements: tuple[StatedRequirement, ...]
    minimal: bool = Field(description="Whether without any one of them the others can be kept.")
    people: tuple[Identifier, ...] = Field(
        default=(), description="Students who cannot all have a group by these demands alone."
    )
    strategies: tuple[WayOut, ...] = Field(description="The cheapest first.")

    @classmethod
    def from_json(cls, text: str | bytes) -> Contradiction:
        """Read a contradiction from its JSON document."""
        return cls.model_validate(read_json(text))

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the contradiction as a JSON document."""
        return json.dumps(self.model_dump(mode="json"), indent=indent, ensure_ascii=False)


def explain_contradiction(
    problem: Problem, *, time_limit: float = 60.0, seed: int = 0
) -> Contradiction | None:
    """Name a smallest set of hard rules that contradict each other, and the ways out.

    For each of them the problem is solved with that rule broken as little as possible. Where
    others still contradict each other then, one of these gives way as well. The answer is the
    same each time, unless time runs out.

    Parameters
    ----------
    problem
        A problem without any valid matching.
    time_limit
        Seconds for all searches together at most.
    seed
        Seed of the searches.

    Returns
    -------
    Contradiction or None
        None if the problem has a valid matching, or its contradiction was not proven in time.
    """
    search = _Search(problem, time_limit, seed)
    found = unsat_core(problem, time_limit=time_limit / 2, seed=seed)
    if found is None:
        return None
    return Contradiction(
        requirements=tuple(
            StatedRequirement(
                rule=requirement.rule.kind,
                place=_place(problem, requirement),
                sentence=requirement.sentence,
            )
            for requirement in found.requirements
        ),
        minimal=found.minimal,
        people=search.people(found.requirements),
        strategies=search.strategies(found),
    )


class _Search:
    """Tries what gives way until the time is up."""

    def __init__(self, problem: Problem, time_limit: float, seed: int) -> None:
        self.problem = problem
        self.until = monotonic() + time_limit
        self.seed = seed

    @property
    def slice(self) -> float:
        """Seconds for the next search; nothing when time is up."""
        return max(0.0, self.until - monotonic()) / SHARE

    def people(self, requirements: Sequence[HardRequirement]) -> tuple[str, ...]:
        """Return students, none too many, who cannot all have a group by some demands.

        Empty where the demands do not ask that everybody has one, or time runs out.
        """
        others = tuple(one.rule for one in requirements if one.rule.kind != PlaceEveryone().kind)
        if len(others) == len(requirements):
            return ()
        kept = tuple(student.id for student in self.problem.students)
        size = max(1, len(kept) // 2)
        while True:
            start = 0
            while start < len(kept):
                rest = kept[:start] + kept[start + size :]
                if self._cannot_all(rest, others):
                    kept = rest
                else:
                    start += size
            if size == 1:
                return kept if self.slice else ()
            size //= 2

    def _cannot_all(self, people: Sequence[str], others: Sequence[Rule]) -> bool:
        if not self.slice:
            return False
        stated = {rule.kind for rule in others}
        off = [
            rule.model_validate({"tier": "off"})
            for rule in RULES
            if rule.foundation and rule.model_fields["kind"].default not in stated
        ]
        fields = {name: getattr(self.problem, name) for name in Problem.model_fields}
        rules = (*others, *off, *(Pin(person=person) for person in people))
        # Not checked again: it is sound, and there may be more rules than one may state.
        variant = Problem.model_construct(**{**fields, "rules": rules})
        return match(variant, time_limit=self.slice, seed=self.seed).status == "INFEASIBLE"

    def strategies(self, found: UnsatCore) -> tuple[WayOut, ...]:
        """Return the ways out that were found, the cheapest first."""
        waiting: list[tuple[RelaxRule, ...]] = [
            (self._relaxing(one),) for one in found.requirements
        ]
        strategies: list[WayOut] = []
        tried: set[frozenset[RelaxRule]] = set()
        while waiting and self.slice:
            changes = waiting.pop(0)
            chosen = frozenset(changes)
            if chosen in tried or any(chosen >= set(strategy.changes) for strategy in strategies):
                continue
            tried.add(chosen)
            variant = _together(changed(self.problem, changes), len(changes))
            best = match(variant, time_limit=self.slice, seed=self.seed)
            if best.status in ("OPTIMAL", "FEASIBLE"):
                strategies.append(_way(self.problem, changes, best))
            elif best.status == "INFEASIBLE" and len(changes) < MOST_RELAXED and self.slice:
                again = unsat_core(variant, time_limit=self.slice, seed=self.seed)
                further = () if again is None else again.requirements
                waiting += [(*changes, self._relaxing(one)) for one in further]
        return tuple(sorted(strategies, key=_dearness))

    def _relaxing(self, requirement: HardRequirement) -> RelaxRule:
        return RelaxRule(
            rule=requirement.rule.kind, place=_place(self.problem, requirement), first=True
        )


def _together(problem: Problem, count: int) -> Problem:
    """Return the problem with so many first tiers as one, so that their sum is the least."""
    return with_tiers(problem, {tier: max(1, tier - count + 1) for tier in problem.tiers})


def _place(problem: Problem, requirement: HardRequirement) -> int | None:
    """Return which of the problem's rules a demand is a part of."""
    return next(
        (
            number
            for number, rule in enumerate(problem.rules)
            if rule.tier == "hard" and requirement.rule in rule.parts()
        ),
        None,
    )


def _way(problem: Problem, changes: tuple[RelaxRule, ...], matching: Matching) -> WayOut:
    """Return a way out as it is told: judged by the rules of the problem as it is."""
    judged = EvaluatedSolution(problem, solution_of(problem, matching))
    broken = [each.violation for each in judged.score.hard]
    return WayOut(
        changes=changes,
        proven=matching.tiers[0].proven,
        amount=sum(violation.amount for violation in broken),
        broken=tuple(violation.message for violation in broken[:NAMED]),
        further=max(0, len(broken) - NAMED),
        placed=len(judged.placed),
        groups=len(matching.groups),
        tiers=tuple(
            TierValue(tier=tier, name=problem.tier_name(tier), value=value)
            for tier, value in judged.score.tiers.items()
        ),
    )


def _dearness(strategy: WayOut) -> tuple[int, int, tuple[int, ...]]:
    return len(strategy.changes), strategy.amount, tuple(tier.value for tier in strategy.tiers)
