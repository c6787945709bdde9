"""Close alternatives: matchings as good as one at hand that differ from it as much as possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from threading import Event
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Group, Matching, TierResult
from mentormatch.data.people import Noun
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
    as_start,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.progress import ProgressListener
from mentormatch.reporting import Reporting
from mentormatch.rules import MetBefore
from mentormatch.rules.base import MAX_TIER
from mentormatch.solve.match import match

ALTERNATIVES_FORMAT: Literal["mentormatch/alternatives/1"] = "mentormatch/alternatives/1"


class Alternative(Noun):
    """Another matching, and how much of the first one is left in it."""

    matching: Matching = Field(description="Its tiers are those of the problem.")
    pairs: int = Field(description="Pairs of people who share a group in the first matching.")
    kept: int = Field(description="Of these pairs, how many still share one.")
    fewest: int = Field(
        description="No matching that is as good in the held tiers, and within what the others "
        "may give, keeps fewer pairs of the first and the earlier alternatives together."
    )
    kept_of_all: int = Field(description="How many of those pairs this one keeps.")


class Alternatives(JsonDocument):
    """Several matchings for a coordinator to choose from."""

    format: Literal["mentormatch/alternatives/1"] = ALTERNATIVES_FORMAT
    held: tuple[int, ...] = Field(description="Tiers in which none is worse than the first.")
    give: int | None = Field(
        default=None,
        description="Most by which any other tier costs more than in the first; null: no limit.",
    )
    alternatives: tuple[Alternative, ...]


def alternatives(
    problem: Problem,
    matching: Matching,
    *,
    count: int = 3,
    held: int | None = None,
    give: int | None = None,
    time_limit: float = 60.0,
    seed: int = 0,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
) -> Alternatives:
    """Find matchings as good as this one that seat people with as many others as possible.

    Each is found by asking, in a tier after those that are held, that few of the pairs who
    share a group now, or in an alternative found before, share one again. Earlier tiers come
    first whatever the later ones ask, so none is worse in a held tier. The others give way as
    far as that takes, or as far as they may.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        A valid matching of it.
    count
        Most alternatives to return; fewer if no further differs.
    held
        The last tier in which none may be worse; those after it may give way for difference.
        By default all, or none where `give` is set.
    give
        Most by which a tier that may give way costs more than in the first matching; by default
        there is no limit.
    time_limit
        Seconds for all of them together at most.
    seed
        Seeds the solver.
    progress
        Called with progress reports of all solves, at least once a second.
    cancel
        Set it from another thread to stop; what was found by then is returned.

    Raises
    ------
    InputError
        If the matching is not valid, the problem leaves no tier free, or `give` is below 0.
    """
    if give is not None and give < 0:
        fault = Fault("below_zero", "give", f"a tier cannot give way by {give}")
        raise InputError([fault])
    first = EvaluatedSolution(problem, solution_of(problem, matching))
    if not first.valid:
        raise InputError([Fault("invalid_matching", "matching", "the matching breaks hard rules")])
    if held is None:
        held = 0 if give is not None else MAX_TIER
    keep = tuple(tier for tier in problem.tiers if tier <= held)
    ceilings = _ceilings(first, len(keep), give)
    known = [_shared(matching)]
    found: list[Alternative] = []
    with Reporting(progress, cancel, steps=count) as reporting:
        while len(found) < count and not reporting.cancelled:
            variant = _asking_for_difference(problem, known, len(keep))
            other = match(
                variant,
                time_limit=time_limit / count,
                seed=seed,
                start=as_start(first),
                ceilings=ceilings,
                progress=reporting.next_step(),
                cancel=reporting.cancel,
            )
            shared = _shared(other)
            if not other.groups or shared in known:
                break
            # What is proven below the ceilings says nothing of matchings that cost more there.
            proofs = other if give is None else matching
            found.append(_alternative(problem, other, known, len(keep), proofs))
            known.append(shared)
    return Alternatives(held=keep, give=give, alternatives=tuple(found))


def _ceilings(first: EvaluatedSolution, held: int, give: int | None) -> dict[int, int]:
    """Return what the tiers after the held ones may cost, numbered as in what is asked."""
    if give is None:
        return {}
    values = list(first.score.tiers.values())
    return {place + 2: value + give for place, value in enumerate(values) if place >= held}


def _shared(matching: Matching) -> frozenset[tuple[str, str]]:
    """Return the pairs of people who share a group."""
    return frozenset(
        pair
        for group in matching.groups
        for pair in combinations(sorted((*group.students, *group.mentors)), 2)
    )


def _asking_for_difference(
    problem: Problem, known: Sequence[frozenset[tuple[str, str]]], held: int
) -> Problem:
    """Return the problem with a tier after the held ones that prices the known pairs."""
    if len(problem.tiers) >= MAX_TIER:
        raise InputError([Fault("no_tier_left", "rules", f"all {MAX_TIER} tiers are in use")])
    # Renumbered, so that there is room for one more.
    number = {tier: place + 1 + (place >= held) for place, tier in enumerate(problem.tiers)}
    # A rule for each matching, so that a pair that is in several costs several times.
    more = [MetBefore(tier=held + 1, rounds=tuple(sorted(pairs))) for pairs in known if pairs]
    return problem.with_tiers(number, more)


def _alternative(
    problem: Problem,
    found: Matching,
    known: Sequence[frozenset[tuple[str, str]]],
    held: int,
    proofs: Matching,
) -> Alternative:
    """Return a matching, found with the tier for difference, as an alternative of the problem.

    Parameters
    ----------
    problem
        The problem without that tier.
    found
        The matching.
    known
        The pairs of the first matching and of the earlier alternatives.
    held
        How many tiers stand before the one for difference.
    proofs
        The matching whose bounds hold without ceilings: this one or the first.
    """
    tiers = _own_tiers(problem, found, held, proofs)
    difference = next((tier for tier in found.tiers if tier.tier == held + 1), None)
    return Alternative(
        matching=Matching(
            status="OPTIMAL" if all(tier.proven for tier in tiers) else "FEASIBLE",
            groups=tuple(Group.model_validate(group.model_dump()) for group in found.groups),
            left_out=found.left_out,
            tiers=tiers,
        ),
        pairs=len(known[0]),
        kept=len(_shared(found) & known[0]),
        kept_of_all=0 if difference is None else difference.value,
        fewest=0 if difference is None else difference.bound,
    )


def _own_tiers(
    problem: Problem, found: Matching, held: int, proofs: Matching
) -> tuple[TierResult, ...]:
    """Return the values of the problem's own tiers, with the bounds that hold there.

    A tier's bound is true of matchings that cost the same in the tiers before it. So the bounds of
    the held tiers are taken over as long as this matching costs in them what the proven one does.
    Bounds of the tiers after the one for difference are not: without that tier they need not hold.
    """
    values = EvaluatedSolution(problem, solution_of(problem, found)).score.tiers
    names = [tier.name for tier in found.tiers if tier.tier != held + 1]
    proven = [tier for tier in proofs.tiers if proofs is not found or tier.tier != held + 1][:held]
    alike = list(values.values())[:held] == [tier.value for tier in proven]
    bounds = [tier.bound for tier in proven] if alike else []
    bounds += [0] * (len(values) - len(bounds))
    return tuple(
        TierResult(tier=tier, name=name, value=value, bound=min(bound, value))
        for (tier, value), name, bound in zip(values.items(), names, bounds, strict=True)
    )
