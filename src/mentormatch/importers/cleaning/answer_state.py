"""Whether an answer was sent to its end, or only tried out, in the words of forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


_SOURCES: Mapping[str, State] = {
    "0": "finished",
    "1": "trial",
    "2": "trial",
    "4": "finished",
    "8": "trial",
    "9": "trial",
    "12": "trial",
    "16": "finished",
    "17": "trial",
}
"""Qualtrics' codes of a response type: 1 and 17 are previews, 2 a test, 8 spam, 4 imported."""


def state_of(cell: str, heading: str = "") -> State | None:
    """Return what a cell says of an answer, or None for other words.

    Parameters
    ----------
    cell
        What stands there.
    heading
        Of its column; where it asks for the response type, numbers say where an answer came from.
    """
    key = key_of(cell)
    if key in _SOURCES and "response type" in key_of(heading):
        return _SOURCES[key]
    if key in _TRIAL:
        return "trial"
    if key in _FINISHED:
        return "finished"
    if key in _UNFINISHED or re.fullmatch(r"\d\d?%?", key):
        return "unfinished"
    return None
