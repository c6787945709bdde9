"""Names in a file and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

from mentormatch.errors import nearest
from mentormatch.exporters.formulas import unguarded
from mentormatch.importers.sheet import clean
from mentormatch.text import one_line


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
