"""What a matching says of itself, held against what is so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.evaluate.cost import Score
from mentormatch.evaluate.findings import Finding, hint


def claims(
    problem: Problem, matching: Matching, solution: Solution, judged: Score
) -> Iterator[Finding]:
    """Yield what a matching says of itself that is not so."""
    yield from _claimed_times(problem, matching)
    yield from _claimed_left_out(problem, matching, solution)
    yield from _claimed_tiers(problem, matching, judged.tiers)
    ceilings = matching.provenance.ceilings if matching.provenance else {}
    if matching.status == "INFEASIBLE" and not judged.hard and not ceilings:
        yield Finding("claim", "The status is INFEASIBLE, but no hard rule is broken here.")
    elif matching.status == "UNKNOWN" and matching.groups:
        yield Finding("claim", "The status is UNKNOWN, but there are groups.")
    if matching.provenance and matching.provenance.problem != problem.fingerprint:
        yield Finding("claim", "The matching was made for another problem.")
    elif matching.provenance and matching.provenance.rules not in ((), problem.rule_uses):
        yield Finding("claim", "The rules that the matching lists are not those of the problem.")


def _claimed_times(problem: Problem, matching: Matching) -> Iterator[Finding]:
    for group in matching.groups:
        slot = problem.round.slot[group.slot]
        zone = slot.zone or problem.term.zone
        if group.minutes not in (None, slot.minutes):
            yield Finding(
                "claim",
                f"Group {group.id} states meetings of {group.minutes} minutes, but slot {slot.id} "
                f"has {slot.minutes}.",
                group=group.id,
            )
        if group.zone not in (None, zone):
            yield Finding(
                "claim",
                f"Group {group.id} states the zone {group.zone}, but slot {slot.id} is in {zone}.",
                group=group.id,
            )


def _claimed_left_out(
    problem: Problem, matching: Matching, solution: Solution
) -> Iterator[Finding]:
    if not (matching.tiers or matching.left_out or _says_everything(matching)):
        return
    students = {student.id for student in problem.students}
    left_out = {student.id for student in solution.left_out}
    for name in sorted(left_out.difference(matching.left_out)):
        yield Finding("claim", f"{name!r} is not listed as left out.", (name,))
    for name, times in sorted(Counter(matching.left_out).items()):
        if name not in students:
            message = f"{name!r}, listed as left out, does not exist{hint(name, students)}"
            yield Finding("claim", message, (name,))
        elif name not in left_out:
            yield Finding("claim", f"{name!r} is not left out.", (name,))
        elif times > 1:
            yield Finding("claim", f"{name!r} is listed as left out {times} times.", (name,))


def _says_everything(matching: Matching) -> bool:
    """Whether a matching is the answer of a search, and not a roster that says what it likes."""
    return matching.provenance is not None and matching.status in ("OPTIMAL", "FEASIBLE")


def _claimed_tiers(
    problem: Problem, matching: Matching, tiers: dict[int, int]
) -> Iterator[Finding]:
    stated = Counter(tier.tier for tier in matching.tiers)
    for number, times in sorted(stated.items()):
        if times > 1:
            yield Finding("claim", f"Tier {number} is stated {times} times.")
    if _says_everything(matching) and matching.status == "FEASIBLE":
        # Where the status is OPTIMAL, a tier that is not stated is not proven either.
        for number in tiers.keys() - stated.keys():
            yield Finding("claim", f"Tier {number} is not stated.")
    for tier in matching.tiers:
        found = tiers.get(tier.tier)
        if found is None:
            yield Finding("claim", f"The problem has no tier {tier.tier}.")
        elif tier.name != problem.tier_name(tier.tier):
            name = problem.tier_name(tier.tier)
            yield Finding("claim", f"Tier {tier.tier} is about {name!r}, not {tier.name[:200]!r}.")
        elif found != tier.value:
            yield Finding("claim", f"Tier {tier.tier} costs {found}, not {tier.value}.")
        elif tier.bound > tier.value:
            yield Finding(
                "claim",
                f"Tier {tier.tier} costs {tier.value}, below its stated bound {tier.bound}.",
            )
    proven = {tier.tier for tier in matching.tiers if tier.proven}
    if matching.status == "OPTIMAL" and not proven.issuperset(tiers):
        yield Finding("claim", "The status is OPTIMAL, but a tier is not proven.")
