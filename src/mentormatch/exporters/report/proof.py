"""How good a matching is, in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from mentormatch.data.matching import Matching, Status
from mentormatch.exporters.report.drawing import gauge
from mentormatch.text import counted


@dataclass(frozen=True)
class Goal:
    """One tier as the report shows it."""

    name: str
    value: int
    bound: int
    gap: int
    proven: bool
    words: str
    gauge: Markup


BADGES: dict[Status, str] = {
    "OPTIMAL": "Proven optimal",
    "FEASIBLE": "Valid, not proven optimal",
    "INFEASIBLE": "Proven impossible",
    "UNKNOWN": "Nothing found yet",
}


def goals(matching: Matching) -> tuple[Goal, ...]:
    """Return the tiers, the most important first."""
    found = []
    firm = True
    for tier in matching.tiers:
        found.append(
            Goal(
                name=tier.name,
                value=tier.value,
                bound=tier.bound,
                gap=tier.gap,
                proven=tier.proven,
                words=_words(tier.value, tier.gap, proven=tier.proven, firm=firm),
                gauge=gauge(tier.value, tier.bound),
            )
        )
        firm = firm and tier.proven
    return tuple(found)


def _words(value: int, gap: int, *, proven: bool, firm: bool) -> str:
    if not proven:
        return f"Could be better by {gap:,} at most."
    if value == 0:
        return "Nothing to improve."
    # Without the earlier goals proven, the bound speaks only of what keeps to their values.
    return "Cannot be better." if firm else "Cannot be better as the goals above stand."


def verdict(matching: Matching) -> str:
    """Return what the proof says of the whole matching, in one sentence."""
    if matching.status == "INFEASIBLE":
        return "It is proven that no grouping of these people meets all the hard rules."
    if matching.status == "UNKNOWN":
        return "The search ended before it found a grouping that meets all the hard rules."
    proven = sum(tier.proven for tier in matching.tiers)
    if matching.status == "OPTIMAL":
        return "Taken in their order, the goals below are met as well as these people allow."
    return (
        f"{proven} of {counted(len(matching.tiers), 'goal')} "
        f"{'is' if proven == 1 else 'are'} proven; for the others the table says "
        "how much better a grouping could be at most."
    )
