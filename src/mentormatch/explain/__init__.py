"""Why a matching is as it is, what would change it, and what can be known before it is made.

Every claim is checked: a repair comes with groups that were verified, a counterfactual was
solved, a bound is proven. Codes are stable, and their words stand apart in three languages.
"""

from __future__ import annotations

from mentormatch.explain.bottlenecks import Bottleneck, Bottlenecks, TierGain, bottlenecks
from mentormatch.explain.infeasible import (
    Infeasible,
    StatedRequirement,
    TierValue,
    WayOut,
    explain_infeasible,
)
from mentormatch.explain.left_out import LeftOut, LeftOutReport, explain_left_out
from mentormatch.explain.placement import OtherGroup, Placement, explain_placement
from mentormatch.explain.precheck import Notice, PrecheckReport, Witness, precheck
from mentormatch.explain.reasons import REASONS
from mentormatch.explain.results import Proof, Repair
from mentormatch.messages.catalogue import Locale
from mentormatch.messages.wording import Message, words

__all__ = [
    "REASONS",
    "Bottleneck",
    "Bottlenecks",
    "Infeasible",
    "LeftOut",
    "LeftOutReport",
    "Locale",
    "Message",
    "Notice",
    "OtherGroup",
    "Placement",
    "PrecheckReport",
    "Proof",
    "Repair",
    "StatedRequirement",
    "TierGain",
    "TierValue",
    "WayOut",
    "Witness",
    "bottlenecks",
    "explain_infeasible",
    "explain_left_out",
    "explain_placement",
    "precheck",
    "words",
]
