"""What a matching that was made by hand still needs before it is handed out."""

from __future__ import annotations

from mentormatch.data.matching import Matching, TierResult
from mentormatch.data.problem import Problem
from mentormatch.evaluate.findings import Report
from mentormatch.exporters.facts import complete_groups


def complete(
    problem: Problem, found: Matching, report: Report, before: Matching | None
) -> Matching:
    """Return a matching with what its groups leave open chosen, and with what it costs.

    A bound of the matching that it came from holds as long as no tier before costs more than
    there.
    """
    if found.tiers:
        return found
    same = before is not None and (
        before.provenance is not None and before.provenance.problem == problem.fingerprint
    )
    stated = {tier.tier: tier for tier in before.tiers} if before is not None and same else {}
    tiers = []
    for tier, cost in report.tiers.items():
        known = stated.get(tier)
        if known is not None and cost > known.value:
            stated = {}
        bound = known.bound if known is not None else 0
        tiers.append(
            TierResult(tier=tier, name=problem.tier_name(tier), value=cost, bound=min(bound, cost))
        )
    return found.model_copy(
        update={"groups": complete_groups(problem, found), "tiers": tuple(tiers)}
    )
