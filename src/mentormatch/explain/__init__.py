"""Why a matching is as it is, what would change it, and what can be known before it is made.

Every claim is checked: a repair comes with groups that were verified, a counterfactual was
solved, a bound is proven. Codes are stable, and their words stand apart in three languages.
"""

from __future__ import annotations

from mentormatch.explain.changes import (
    AddLanguage,
    AddMentors,
    AddRoom,
    AddSlot,
    AnyChange,
    Change,
    DropMentors,
    DropSlot,
    MaxStudents,
    MentorsInGroup,
    MinStudents,
    OfferSlot,
    RelaxRule,
    changed,
)
from mentormatch.explain.close_answers import Alternative, Alternatives, alternatives
from mentormatch.explain.comparing import Comparison, Row, Variant, compare
from mentormatch.explain.contradicting import (
    Asked,
    Contradiction,
    Kept,
    WayOut,
    explain_contradiction,
)
from mentormatch.explain.grammar import read_variant
from mentormatch.explain.holding_back import Bottleneck, Bottlenecks, TierGain, bottlenecks
from mentormatch.explain.left_out import LeftOut, LeftOutReport, explain_left_out
from mentormatch.explain.messages import Message, Tongue, words
from mentormatch.explain.placement import OtherGroup, Placement, explain_placement
from mentormatch.explain.prechecking import Notice, PrecheckReport, Witness, precheck
from mentormatch.explain.priorities import Priorities, PriorityPrice, priorities
from mentormatch.explain.reasons import REASONS
from mentormatch.explain.results import Effect, Proof, Repair, TierChange

__all__ = [
    "REASONS",
    "AddLanguage",
    "AddMentors",
    "AddRoom",
    "AddSlot",
    "Alternative",
    "Alternatives",
    "AnyChange",
    "Asked",
    "Bottleneck",
    "Bottlenecks",
    "Change",
    "Comparison",
    "Contradiction",
    "DropMentors",
    "DropSlot",
    "Effect",
    "Kept",
    "LeftOut",
    "LeftOutReport",
    "MaxStudents",
    "MentorsInGroup",
    "Message",
    "MinStudents",
    "Notice",
    "OfferSlot",
    "OtherGroup",
    "Placement",
    "PrecheckReport",
    "Priorities",
    "PriorityPrice",
    "Proof",
    "RelaxRule",
    "Repair",
    "Row",
    "TierChange",
    "TierGain",
    "Tongue",
    "Variant",
    "WayOut",
    "Witness",
    "alternatives",
    "bottlenecks",
    "changed",
    "compare",
    "explain_contradiction",
    "explain_left_out",
    "explain_placement",
    "precheck",
    "priorities",
    "read_variant",
    "words",
]
