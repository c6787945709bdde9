"""How ids and names are spelt in files, and how they are found again.

File names are plain whatever an id is; a cell that a spreadsheet program would compute instead of
show is guarded; and what a program changed about a name on the way is seen through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mentormatch.errors import nearest
from mentormatch.importers.sheet import clean
from mentormatch.text import one_line

LONGEST = 80
"""Most characters of a name before its ending; every file system takes so many."""

_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

GUARD = "'"
"""Put before such a cell, it lets every spreadsheet program show the cell as text."""

# Spaces do not keep every program from computing, and some take the wide signs for plain ones.
_COMPUTED = re.compile(
    r"[\s']*[=+\-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
)


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


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet program computes; :func:`unguarded` undoes it."""
    return GUARD + cell if _COMPUTED.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what a guarded cell was before."""
    inner = cell.removeprefix(GUARD)
    return inner if inner != cell and _COMPUTED.match(inner) else cell


class Names:
    """What may be named, found also where a file changed its spelling on the way.

    Parameters
    ----------
    known
        Each name and what is meant by it.
    raw
        Whether apostrophes before formulas belong to the cells.
    """

    def __init__(self, known: Mapping[str, str], *, raw: bool) -> None:
        self._known = dict(known)
        self._raw = raw
        self._plain: dict[str, str | None] = {}
        for name, meant in known.items():
            plain = one_line(clean(name))
            other = self._plain.get(plain, meant)
            self._plain[plain] = meant if other == meant else None

    def find(self, cell: str) -> str | None:
        """Return what a cell means, or None if it means nothing or several things."""
        texts = (cell, unguarded(cell)) if self._raw else (unguarded(cell), cell)
        for text in texts:
            if text in self._known:
                return self._known[text]
        for text in texts:
            if found := self._plain.get(one_line(clean(text))):
                return found
        return None

    def near(self, cell: str) -> str | None:
        """Return the name most like a cell, if one is close."""
        return nearest(unguarded(cell), self._known)
