"""Whether an answer was sent to its end, or only tried out, in the words of forms."""

from __future__ import annotations

import re
from typing import Literal

from mentormatch.importers.table import key_of

State = Literal["finished", "unfinished", "trial"]

_FINISHED = frozenset(
    {"true", "yes", "1", "100", "100%", "complete", "completed", "finished", "submitted"}
    | {"ip address", "email", "anonymous", "imported", "valmis", "lähetetty", "klar"}
)
"""What stands for an answer that was sent; Qualtrics writes where it came from."""

_TRIAL = frozenset({"survey preview", "survey test", "preview", "test", "spam"})

_UNFINISHED = frozenset(
    {"false", "no", "0", "2", "incomplete", "partial", "unfinished", "unverified", "in progress"}
    | {"started", "kesken", "ej klar", "disqualified"}
)


def state_of(cell: str) -> State | None:
    """Return what a cell says of an answer, or None for other words."""
    key = key_of(cell)
    if key in _TRIAL:
        return "trial"
    if key in _FINISHED:
        return "finished"
    if key in _UNFINISHED or re.fullmatch(r"\d\d?%?", key):
        return "unfinished"
    return None
