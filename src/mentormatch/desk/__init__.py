"""The desk: where a coordinator looks at groups, moves people by hand and has the rest solved.

`State` is a round on the desk at one moment, and an action makes the next one of it. `Judge` says
of a state where somebody can go and what it would cost. `Session` keeps the states of a round with
undo and redo, each change written at once to a `Journal` beside the round. Nothing here knows of
browsers.
"""

from __future__ import annotations

from mentormatch.desk.actions import Action, Lock, read_action
from mentormatch.desk.journal import DeskBusyError, Journal
from mentormatch.desk.judge import Exchange, Judge, Place
from mentormatch.desk.parts import Part, parts_of, with_parts
from mentormatch.desk.session import OutdatedError, Session
from mentormatch.desk.state import State

__all__ = [
    "Action",
    "DeskBusyError",
    "Exchange",
    "Journal",
    "Judge",
    "Lock",
    "OutdatedError",
    "Part",
    "Place",
    "Session",
    "State",
    "parts_of",
    "read_action",
    "with_parts",
]
