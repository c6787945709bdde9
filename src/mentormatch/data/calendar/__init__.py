"""Slots, terms, and the real dates on which a group meets.

Wall-clock time in the slot's zone is what stays fixed over a clock change; whether
somebody elsewhere can come is judged on the instants of the actual dates.
"""

from __future__ import annotations

from mentormatch.data.calendar.fields import (
    WEEKDAYS,
    Clock,
    Day,
    Instant,
    SignedUp,
    Weekday,
    Zone,
    within_years,
)
from mentormatch.data.calendar.meetings import (
    MeetingPlan,
    all_starts,
    meeting_plans,
    overlapping,
    plans_from,
    shortage,
)
from mentormatch.data.calendar.slots import MAX_WEEKS, DayRange, SkippedDays, Slot, Term

__all__ = [
    "MAX_WEEKS",
    "WEEKDAYS",
    "Clock",
    "Day",
    "DayRange",
    "Instant",
    "MeetingPlan",
    "SignedUp",
    "SkippedDays",
    "Slot",
    "Term",
    "Weekday",
    "Zone",
    "all_starts",
    "meeting_plans",
    "overlapping",
    "plans_from",
    "shortage",
    "within_years",
]
