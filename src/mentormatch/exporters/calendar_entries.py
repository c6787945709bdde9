"""Versions of meetings in calendar files, and the names by which they are known again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DOMAIN = "@mentormatch"
"""How every identifier of a meeting ends."""

GROUP, NUMBER, TERM = "X-MENTORMATCH-GROUP", "X-MENTORMATCH-MEETING", "X-MENTORMATCH-TERM"
"""Which meeting of which group in which term an event is, for the next export."""


@dataclass(frozen=True)
class Entry:
    """One version of one meeting in a calendar.

    Attributes
    ----------
    group
        Id of the group.
    number
        Which of its meetings this is.
    uid
        Identifier that stays the same in all versions.
    start, end
        By the wall clock of the group's zone.
    summary, description, location, link
        What a calendar shows.
    organizer
        Address of whom answers go to, or empty if nobody is invited.
    attendees
        Addresses of those invited.
    cancelled
        Whether the meeting does not take place.
    sequence
        Number of the version, from 0.
    """

    group: str
    number: int
    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str
    location: str
    link: str = ""
    organizer: str = ""
    attendees: tuple[str, ...] = ()
    cancelled: bool = False
    sequence: int = 0
