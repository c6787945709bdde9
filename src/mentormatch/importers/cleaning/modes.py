"""How people can meet, in the words of forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from mentormatch.importers.table import key_of

MeetingMode = Literal["campus", "online", "either"]

MODES: Mapping[MeetingMode, tuple[str, ...]] = {
    "campus": (
        "campus",
        "on campus",
        "in person",
        "face to face",
        "kampus",
        "kampuksella",
        "lähi",
        "lähitapaaminen",
        "läsnä",
        "paikan päällä",
        "på plats",
        "på campus",
    ),
    "online": (
        "online",
        "remote",
        "remotely",
        "zoom",
        "teams",
        "etä",
        "etänä",
        "verkossa",
        "på distans",
        "distans",
        "på nätet",
    ),
    "either": (
        "either",
        "both",
        "hybrid",
        "any",
        "no preference",
        "molemmat",
        "kumpikin",
        "kumpi vain",
        "molemmat käyvät",
        "ei väliä",
        "båda",
        "båda går bra",
        "vilket som helst",
    ),
}
_MODE_OF = {word: mode for mode, words in MODES.items() for word in words}


def mode_of(cell: str, own: Mapping[str, MeetingMode]) -> MeetingMode | None:
    """Return the mode that a cell names; both of them make either; None for other words.

    Parameters
    ----------
    cell
        What stands there.
    own
        The mapping's own words.
    """
    words: dict[str, MeetingMode] = {**_MODE_OF, **{key_of(word): own[word] for word in own}}
    if key_of(cell) in words:
        return words[key_of(cell)]
    found = {words.get(key_of(part)) for part in re.split(r"[;,/\n]", cell) if part.strip()}
    if None in found or not found:
        return None
    modes = {mode for mode in found if mode is not None}
    return modes.pop() if len(modes) == 1 else "either"
