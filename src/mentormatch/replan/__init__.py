"""The life of a round after it was published: change the least, and prove that it is the least."""

from __future__ import annotations

from mentormatch.replan.changes import Changes, GroupChange, PersonChange, changes_between
from mentormatch.replan.events import (
    AnyEvent,
    Changed,
    ChoicesChanged,
    Events,
    GroupDissolved,
    GroupMerged,
    GroupSplit,
    MentorAway,
    MentorChanged,
    MentorJoined,
    MentorLeft,
    MentorReplaced,
    RoomAdded,
    RoomLost,
    RuleAdded,
    RuleDropped,
    ShapeChanged,
    SlotAdded,
    SlotChanged,
    SlotLost,
    StudentChanged,
    StudentJoined,
    StudentLeft,
    TermChanged,
    apply_events,
    events_between,
)
from mentormatch.replan.frontier import Frontier, FrontierRow, frontier
from mentormatch.replan.history import History, Version
from mentormatch.replan.identity import inherit_ids
from mentormatch.replan.policy import Measure, Policy
from mentormatch.replan.recommend import Option, Recommendations, recommend
from mentormatch.replan.replan import ChangeTier, Replan, replan
from mentormatch.replan.small_groups import SmallGroups, small_groups
from mentormatch.replan.waiting_list import Promotion, WaitingList, promote, waiting_list

__all__ = [
    "AnyEvent",
    "ChangeTier",
    "Changed",
    "Changes",
    "ChoicesChanged",
    "Events",
    "Frontier",
    "FrontierRow",
    "GroupChange",
    "GroupDissolved",
    "GroupMerged",
    "GroupSplit",
    "History",
    "Measure",
    "MentorAway",
    "MentorChanged",
    "MentorJoined",
    "MentorLeft",
    "MentorReplaced",
    "Option",
    "PersonChange",
    "Policy",
    "Promotion",
    "Recommendations",
    "Replan",
    "RoomAdded",
    "RoomLost",
    "RuleAdded",
    "RuleDropped",
    "ShapeChanged",
    "SlotAdded",
    "SlotChanged",
    "SlotLost",
    "SmallGroups",
    "StudentChanged",
    "StudentJoined",
    "StudentLeft",
    "TermChanged",
    "Version",
    "WaitingList",
    "apply_events",
    "changes_between",
    "events_between",
    "frontier",
    "inherit_ids",
    "promote",
    "recommend",
    "replan",
    "small_groups",
    "waiting_list",
]
