"""Values that look like another one misspelt, such as a department written in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from mentormatch.data.people import Person

LIKENESS = 0.88
"""From so much in common on, two values look like one."""

SHORTEST = 5
"""Letters below which a difference of one letter says nothing."""

RARE = 3
"""How many times as common the other spelling is at least, where letters differ."""

MOST_VALUES = 400
"""Different values of one field among which likeness is looked for."""


@dataclass(frozen=True)
class Misspelt:
    """A value that looks like a more common one."""

    field: str
    value: str
    count: int
    nearest: str
    other: int


def misspelt(people: tuple[Person, ...]) -> Iterator[Misspelt]:
    """Yield the values of departments, affiliations and text attributes that look misspelt."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for person in people:
        if person.department is not None:
            counts["department"][person.department] += 1
        for kind, names in person.affiliations.items():
            counts[kind].update(set(names))
        for name, value in person.attributes.items():
            if isinstance(value, str):
                counts[name][value] += 1
    for field, values in sorted(counts.items()):
        yield from _in_field(field, values)


def _in_field(field: str, values: Counter[str]) -> Iterator[Misspelt]:
    ordered = sorted(values, key=lambda value: (-values[value], value))
    if len(ordered) > MOST_VALUES:
        return
    for place, value in enumerate(ordered):
        for other in ordered[:place]:
            if _alike(value, values[value], other, values[other]):
                yield Misspelt(field, value, values[value], other, values[other])
                break


def _alike(value: str, count: int, other: str, more: int) -> bool:
    plain, common = _plain(value), _plain(other)
    if plain == common:
        return True
    if min(len(plain), len(common)) < SHORTEST or more < RARE * count:
        return False
    # "Group 1" and "Group 2" are meant to differ.
    if re.findall(r"\d+", plain) != re.findall(r"\d+", common):
        return False
    return SequenceMatcher(None, plain, common).ratio() >= LIKENESS


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())
