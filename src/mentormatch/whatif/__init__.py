"""What would change a matching: other rules, sizes, people and priorities, each solved anew."""

from __future__ import annotations

from mentormatch.whatif.alternatives import Alternative, Alternatives, alternatives
from mentormatch.whatif.changes import (
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
from mentormatch.whatif.compare import Comparison, Row, Variant, compare
from mentormatch.whatif.effect import Effect, TierChange
from mentormatch.whatif.priorities import Priorities, PriorityPrice, priorities
from mentormatch.whatif.read_variant import read_variant

__all__ = [
    "AddLanguage",
    "AddMentors",
    "AddRoom",
    "AddSlot",
    "Alternative",
    "Alternatives",
    "AnyChange",
    "Change",
    "Comparison",
    "DropMentors",
    "DropSlot",
    "Effect",
    "MaxStudents",
    "MentorsInGroup",
    "MinStudents",
    "OfferSlot",
    "Priorities",
    "PriorityPrice",
    "RelaxRule",
    "Row",
    "TierChange",
    "Variant",
    "alternatives",
    "changed",
    "compare",
    "priorities",
    "read_variant",
]
