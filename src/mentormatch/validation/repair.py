"""Taking the faulty parts out of a document, so that the rest can be checked as well.

As little as possible is taken out: one answer, one item of a list, one optional field. People and
slots keep their ids, so that references to them stay right. What is taken out is remembered, so
that its consequences are not reported as faults of their own. Indexes of faults are mapped back to
those of the original document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from mentormatch.errors import Fault
from mentormatch.faults.places import Part, path_text
from mentormatch.faults.structure import Misfit, value_at

_GONE = object()
_INDEX = re.compile(r"\[(\d+)\]")

# A faulty attribute or affiliation keeps its name, because rules may refer to it.
_EMPTY: Mapping[str, Any] = {"attributes": "", "affiliations": []}


class Repair:
    """A document under repair.

    Attributes
    ----------
    data
        What is left of the document.
    lost
        Sections that could not be read.
    replaced
        Sections of which a row, or its attributes or affiliations, could not be read.
    nameless
        How many rows of a section have no id at all.
    """

    def __init__(self, data: Any) -> None:
        self.data: Any = _copied(data)
        self.lost: set[str] = set()
        self.replaced: set[str] = set()
        self.nameless: Counter[str] = Counter()
        self._touched: set[str] = set()
        self._above: set[str] = set()
        self._kept: dict[str, list[int]] = {}
        self._renamed: dict[str, str] = {}

    def apply(self, found: Sequence[Misfit]) -> bool:
        """Take out what does not fit; False if the document is beyond repair."""
        if not isinstance(self.data, dict):
            return False
        for misfit in found:
            self._mend(misfit)
        self._sweep(self.data, ())
        return True

    def fault(self, fault: Fault) -> Fault:
        """Return a fault of what is left, with its place in the original document."""
        return Fault(fault.code, self._original(fault.where), fault.message, fault.nearest)

    def follows(self, where: str) -> bool:
        """Whether a fault at a place of the original may be a consequence of what was taken out."""
        if where in self._touched or where in self._above:
            return True
        return any(where[:end] in self._touched for end in _ends(where))

    def _mend(self, misfit: Misfit) -> None:
        path, kinds = misfit.place.path, misfit.place.kinds
        if kinds and kinds[-1] == "unknown" and self._rename(path, misfit):
            return
        # A required field can only be taken out together with the object that needs it.
        while kinds and kinds[-1] == "required" and not self._stand_in(path):
            path, kinds = path[:-1], kinds[:-1]
        if not kinds:
            return
        self._touch(path)
        if path == ("mentors",):
            self.lost.add("mentors")
        if kinds[-1] == "required":
            return
        holder = value_at(self.data, path[:-1])
        last = path[-1]
        if isinstance(holder, list) and isinstance(last, int):
            if last >= len(holder):
                return  # It was taken out together with what contained it.
            if len(path) == 2 and path[0] in _ROWS:
                self._replace_row(path)
            else:
                holder[last] = _GONE
        elif isinstance(holder, dict):
            if len(path) == 3 and last in _EMPTY:
                self.replaced.add(str(path[0]))
            empty = _EMPTY.get(str(path[-2])) if len(path) == 4 and path[0] in _ROWS else None
            if empty is None:
                holder.pop(last, None)
            else:
                holder[last] = empty

    def _rename(self, path: tuple[Part, ...], misfit: Misfit) -> bool:
        """Read a misspelt field as the one that was probably meant, if that one is not stated."""
        holder, near = value_at(self.data, path[:-1]), misfit.fault.nearest
        if near is None or not isinstance(holder, dict) or near in holder:
            return False
        holder[near] = holder.pop(path[-1], None)
        meant = self._original(path_text((*path[:-1], near)))
        self._renamed[meant] = self._original(path_text(path))
        return True

    def _stand_in(self, path: tuple[Part, ...]) -> bool:
        """Fill in a required field that is missing or faulty; False if nothing can stand for it."""
        holder, last = value_at(self.data, path[:-1]), path[-1]
        if not isinstance(holder, dict):
            return False
        if path in _SECTIONS:
            holder[last] = _copied(_SECTIONS[path])
            self.lost.add(str(last))
        elif last == "id" and len(path) == 3:
            given = holder.get("id")
            usable = isinstance(given, str | int) and not isinstance(given, bool)
            word = "".join(one for one in str(given)[:200] if one.isprintable()).strip()
            if not usable or not word:
                self.nameless[str(path[0])] += 1
                word = _unnamed(path)
            holder["id"] = word
        else:
            return False
        return True

    def _replace_row(self, path: tuple[Part, ...]) -> None:
        row = value_at(self.data, path)
        name = row.get("id") if isinstance(row, dict) else None
        self.replaced.add(str(path[0]))
        if not isinstance(name, str) or not name.strip():
            self.nameless[str(path[0])] += 1
            name = _unnamed(path)
        extra = {"weekday": 1, "start": "00:00"} if path[0] == "slots" else {}
        self.data[path[0]][path[1]] = {"id": name, **extra}

    def _touch(self, path: tuple[Part, ...]) -> None:
        text = self._original(path_text(path))
        self._touched.add(text)
        self._above.update(text[:end] for end in _ends(text)[:-1])

    def _sweep(self, data: Any, path: tuple[Part, ...]) -> None:
        """Drop the list items that were taken out, and remember the indexes of the others."""
        if isinstance(data, dict):
            for key, value in data.items():
                self._sweep(value, (*path, key))
            return
        if not isinstance(data, list):
            return
        stay = [place for place, one in enumerate(data) if one is not _GONE]
        for place in stay:
            self._sweep(data[place], (*path, place))
        if len(stay) < len(data):
            text = self._original(path_text(path))
            before = self._kept.get(text, list(range(len(data))))
            self._kept[text] = [before[place] for place in stay]
        data[:] = [data[place] for place in stay]

    def _original(self, where: str) -> str:
        """Return the place in the original document of a place in what is left."""
        text, end = "", 0
        for found in _INDEX.finditer(where):
            text += where[end : found.start()]
            place = int(found[1])
            kept = self._kept.get(text)
            if kept is not None and place < len(kept):
                place = kept[place]
            text += f"[{place}]"
            end = found.end()
        text += where[end:]
        for end in _ends(text) if self._renamed else ():
            written = self._renamed.get(text[:end])
            if written is not None:
                return written + text[end:]
        return text


_ROWS = ("students", "mentors", "slots")

_SECTIONS: Mapping[tuple[Part, ...], Any] = {
    ("students",): [],
    ("slots",): [{"id": "any", "weekday": 1, "start": "00:00"}],
    ("term",): {"first_day": "2000-01-03", "last_day": "2000-12-31"},
}


def _ends(where: str) -> list[int]:
    """Return the index in the text at which each step of a path ends."""
    return [*(found.start() for found in re.finditer(r"[.\[]", where)), len(where)]


def _unnamed(path: tuple[Part, ...]) -> str:
    """Return an id for a row without one, which no other row has."""
    return f"{str(path[0]).removesuffix('s')} without id, number {int(path[1]) + 1}"


def _copied(data: Any) -> Any:
    if isinstance(data, BaseModel):
        return data
    if isinstance(data, Mapping):
        return {key: _copied(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_copied(one) for one in data]
    return data
