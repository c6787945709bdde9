"""Whom people mean when they write names into a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentormatch.errors import nearest
from mentormatch.importers.sign_ups import SignUp
from mentormatch.importers.table import key_of
from mentormatch.importers.words import NOTHING

_ENTRY = re.compile(r"[;,/\n&+]|\s(?:and|ja|och)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """One name that somebody wrote.

    Attributes
    ----------
    text
        As it stands.
    person
        Who is meant beyond doubt, or None.
    near
        The nearest person, where nobody has that very name.
    many
        Whether several people have that name.
    """

    text: str
    person: SignUp | None
    near: SignUp | None = None
    many: bool = False


class Directory:
    """Finds people by id, e-mail or full name, without regard to case and Unicode form."""

    def __init__(self, people: Iterable[SignUp]) -> None:
        self._by_key: dict[str, list[SignUp]] = {}
        for person in people:
            keys = {key_of(text) for text in (person.id, person.email, person.name) if text}
            # Lists of families are written the other way round.
            keys |= {_reversed(key) for key in keys if " " in key}
            for key in keys:
                self._by_key.setdefault(key, []).append(person)

    def named(self, cell: str, corrections: Mapping[str, str]) -> list[Named]:
        """Return whom a cell names.

        Parameters
        ----------
        cell
            What somebody wrote.
        corrections
            What to read in place of a name.
        """
        meant = {key_of(found): right for found, right in corrections.items()}
        cell = meant.get(key_of(cell), cell)
        whole = key_of(cell)
        if whole in NOTHING:
            return []
        if len(self._by_key.get(whole, ())) == 1:
            # One name may hold what parts others, as in 'Doe, Jo'.
            return [Named(cell, self._by_key[whole][0])]
        texts = [text.strip() for text in _ENTRY.split(cell) if text and text.strip()]
        texts = [meant.get(key_of(text), text) for text in texts]
        return [self._one(text) for text in texts if key_of(text) not in NOTHING]

    def _one(self, text: str) -> Named:
        found = self._by_key.get(key_of(text), [])
        if len(found) == 1:
            return Named(text, found[0])
        if found:
            return Named(text, None, many=True)
        near = nearest(key_of(text), self._by_key)
        return Named(text, None, self._by_key[near][0] if near else self._by_part(text))

    def _by_part(self, text: str) -> SignUp | None:
        """Return the only person of whose name the text is a part."""
        key = key_of(text)
        found = {
            id(people[0]): people[0] for name, people in self._by_key.items() if key in name.split()
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _reversed(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{rest}, {first}" if rest else name


def pairs(wishes: Sequence[tuple[SignUp, SignUp]]) -> list[list[str]]:
    """Return the ids of pairs of people, each once."""
    return [list(pair) for pair in dict.fromkeys((one.id, other.id) for one, other in wishes)]
