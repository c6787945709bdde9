"""File names for groups and people, whatever their ids are."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 80
"""Most characters of a name before its ending; every file system takes so many."""

_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def file_names(ids: Iterable[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return a file name without ending for each id.

    Names hold letters, digits and ``@ + - . _`` only, differ also where case is not told
    apart, and depend on the ids before them alone.

    Parameters
    ----------
    ids
        Each once.
    taken
        Names that are given to something else.
    """
    used = {name.casefold() for name in taken}
    names: dict[str, str] = {}
    for each in ids:
        base = _plain(each)
        name, number = base, 1
        while name.casefold() in used:
            number += 1
            name = f"{base}-{number}"
        used.add(name.casefold())
        names[each] = name
    return names


def _plain(text: str) -> str:
    """Return text as a name that neither leads out of a folder nor means a device."""
    name = re.sub(r"[^A-Za-z0-9@+._-]+", "_", text)[:LONGEST].strip("._ ") or "_"
    return f"_{name}" if _DEVICES.fullmatch(name) else name
