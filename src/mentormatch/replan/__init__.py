"""The life of a round after it was published: change the least, and prove that it is the least."""

from __future__ import annotations

from mentormatch.replan.changes import Changes, GroupChange, PersonChange, changes_between
from mentormatch.replan.events import Event, events_between
from mentormatch.replan.frontier import Frontier, FrontierRow, frontier
from mentormatch.replan.history import History, Version
from mentormatch.replan.identity import inherit_ids
from mentormatch.replan.policy import Measure, Policy
from mentormatch.replan.replan import ChangeTier, Replan, replan

__all__ = [
    "ChangeTier",
    "Changes",
    "Event",
    "Frontier",
    "FrontierRow",
    "GroupChange",
    "History",
    "Measure",
    "PersonChange",
    "Policy",
    "Replan",
    "Version",
    "changes_between",
    "events_between",
    "frontier",
    "inherit_ids",
    "replan",
]
