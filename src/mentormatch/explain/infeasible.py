"""Why no matching keeps all the hard rules, about whom it is, and the cheapest ways out."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.people import Identifier, Noun
from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import EvaluatedSolution
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.deletion_filter import (
    HardRequirement,
    InfeasibleSubset,
    TrialSolves,
    asking_only,
    deletion_filter,
    infeasible_subset,
)
from mentormatch.progress import ProgressListener
from mentormatch.reporting import Reporting
from mentormatch.rules import Pin, PlaceEveryone
from mentormatch.rules.base import Rule
from mentormatch.whatif.changes import RelaxRule, changed

INFEASIBLE_FORMAT: Literal["mentormatch/infeasible/1"] = "mentormatch/infeasible/1"

MOST_RELAXED = 3
"""Rules that give way together at most, where one after the other does not suffice."""

NAMED = 5
"""Violations named for each way out at most; the others are counted."""


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
    further: int = Field(description="Violations that are not among these sentences.")
    placed: int = Field(description="Students with a group.")
    groups: int
    tiers: tuple[TierValue, ...] = ()


class Infeasible(JsonDocument):
    """Hard rules that no matching keeps together; it names people and is for the coordinator."""

    format: Literal["mentormatch/infeasible/1"] = INFEASIBLE_FORMAT
    requirements: tuple[StatedRequirement, ...] = Field(
        description="A minimal infeasible subset of what the hard rules ask."
    )
    minimal: bool = Field(description="Whether without any one of them the others can be kept.")
    people: tuple[Identifier, ...] = Field(
        default=(), description="Students who cannot all have a group by these rules alone."
    )
    ways_out: tuple[WayOut, ...] = Field(description="The cheapest first.")

    def __str__(self) -> str:
        lines = ["These hard rules cannot all be kept:"]
        lines += [f"  {requirement.sentence}" for requirement in self.requirements]
        if not self.minimal:
            lines.append("  (Some of them may have no part in it; the time ran out.)")
        return "\n".join(lines)


def explain_infeasible(
    problem: Problem,
    *,
    time_limit: float | None = 60.0,
    seed: int = 0,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
) -> Infeasible | None:
    """Name a minimal set of hard rules that contradict each other, and the ways out.

    Minimal means that nothing can be left away: there may be other such sets, also smaller ones.
    For each rule of the set, the problem is solved with that rule broken as little as possible.
    Where others still contradict each other then, one of these gives way as well. The answer is
    the same each time, unless time runs out.

    Parameters
    ----------
    problem
        A problem without any valid matching.
    time_limit
        Seconds for all solves together at most, or None for as long as they take.
    seed
        Seeds the solver.
    progress
        Called with progress reports of all solves, at least once a second.
    cancel
        Set it from another thread to stop; what was found by then is returned.

    Returns
    -------
    Infeasible or None
        None if the problem has a valid matching, or its infeasibility was not proven in time.
    """
    with Reporting(progress, cancel) as reporting:
        return _explained(problem, TrialSolves(time_limit, seed, reporting))


def _explained(problem: Problem, trials: TrialSolves) -> Infeasible | None:
    found = infeasible_subset(problem, trials.part(1 / 2))
    if found is None:
        return None
    return Infeasible(
        requirements=tuple(
            StatedRequirement(
                rule=requirement.rule.kind,
                place=_place(problem, requirement),
                sentence=requirement.sentence,
            )
            for requirement in found.requirements
        ),
        minimal=found.minimal,
        people=_people(problem, found.requirements, trials),
        ways_out=_ways_out(problem, found, trials),
    )


def _people(
    problem: Problem, requirements: Sequence[HardRequirement], trials: TrialSolves
) -> tuple[str, ...]:
    """Return a minimal set of students who cannot all have a group by some requirements.

    Empty where the requirements do not ask that everybody has one, or time runs out.
    """
    others = [one.rule for one in requirements if one.rule.kind != PlaceEveryone().kind]
    if len(others) == len(requirements):
        return ()

    def cannot_all(people: Sequence[str]) -> bool:
        pinned: list[Rule] = [Pin(person=person) for person in people]
        found = trials.solve(asking_only(problem, [*others, *pinned]))
        return found is not None and found.status == "INFEASIBLE"

    people = deletion_filter([student.id for student in problem.students], cannot_all)
    return () if trials.over else people


def _ways_out(
    problem: Problem, subset: InfeasibleSubset, trials: TrialSolves
) -> tuple[WayOut, ...]:
    """Return the ways out that were found, the cheapest first."""
    waiting: list[tuple[RelaxRule, ...]] = [
        (_relaxing(problem, one),) for one in subset.requirements
    ]
    found: list[WayOut] = []
    tried: set[frozenset[RelaxRule]] = set()
    while waiting:
        changes = waiting.pop(0)
        chosen = frozenset(changes)
        if chosen in tried or any(chosen >= set(way.changes) for way in found):
            continue
        tried.add(chosen)
        variant = _together(changed(problem, changes), len(changes))
        best = trials.solve(variant)
        if best is None:
            break
        if best.status in ("OPTIMAL", "FEASIBLE"):
            found.append(_way_out(problem, changes, best))
        elif best.status == "INFEASIBLE" and len(changes) < MOST_RELAXED:
            again = infeasible_subset(variant, trials.part(1 / 8))
            further = () if again is None else again.requirements
            waiting += [(*changes, _relaxing(problem, one)) for one in further]
    return tuple(sorted(found, key=_expense))


def _relaxing(problem: Problem, requirement: HardRequirement) -> RelaxRule:
    return RelaxRule(rule=requirement.rule.kind, place=_place(problem, requirement), first=True)


def _together(problem: Problem, count: int) -> Problem:
    """Return the problem with so many first tiers as one, so that their sum is the least."""
    return problem.with_tiers({tier: max(1, tier - count + 1) for tier in problem.tiers})


def _place(problem: Problem, requirement: HardRequirement) -> int | None:
    """Return which of the problem's rules a requirement is a part of."""
    return next(
        (
            number
            for number, rule in enumerate(problem.stated_rules)
            if rule is not None and rule.tier == "hard" and requirement.rule in rule.parts()
        ),
        None,
    )


def _way_out(problem: Problem, changes: tuple[RelaxRule, ...], matching: Matching) -> WayOut:
    """Return a way out, judged by the rules of the problem as it is."""
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


def _expense(way: WayOut) -> tuple[int, int, tuple[int, ...]]:
    return len(way.changes), way.amount, tuple(tier.value for tier in way.tiers)
