"""What differs between two values made of JSON, by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from fnmatch import fnmatchcase
from itertools import islice
from typing import Any

SHOWN = 240
"""Characters shown of a value."""
LINES = 40
"""Lines shown of a difference between texts."""


@dataclass(frozen=True)
class Difference:
    """One place at which two values differ.

    Attributes
    ----------
    path
        Keys and places in lists from the top, joined by dots.
    text
        What differs there, for a reader.
    """

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Yield every place at which two values differ; the order of keys counts too."""
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_objects(before, after, path)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, path)
    elif type(before) is not type(after) or before != after:
        yield Difference(path, _told(before, after))


def _of_objects(
    before: Mapping[str, Any], after: Mapping[str, Any], path: str
) -> Iterator[Difference]:
    for key, value in before.items():
        if key in after:
            yield from differences(value, after[key], _joined(path, key))
        else:
            yield Difference(_joined(path, key), f"is gone; it was {_short(value)}")
    for key, value in after.items():
        if key not in before:
            yield Difference(_joined(path, key), f"is new: {_short(value)}")
    if before.keys() == after.keys() and list(before) != list(after):
        yield Difference(path, f"keys in another order: {', '.join(after)}")


def _of_lists(before: Sequence[Any], after: Sequence[Any], path: str) -> Iterator[Difference]:
    if len(before) != len(after):
        yield Difference(_joined(path, "length"), f"was {len(before)}, is {len(after)}")
    for place, (one, other) in enumerate(zip(before, after, strict=False)):
        yield from differences(one, other, _joined(path, str(place)))


def _told(before: Any, after: Any) -> str:
    if isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        lines = unified_diff(
            before.splitlines(), after.splitlines(), "before", "after", lineterm=""
        )
        shown = list(islice(lines, LINES + 1))
        more = ["..."] if len(shown) > LINES else []
        # Texts that differ in the kind or number of line ends alone have no differing line.
        return "\n".join(["", *shown[:LINES], *more]) if shown else "line ends differ"
    return f"was {_short(before)}, is {_short(after)}"


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}... ({len(text)} characters)"


def is_allowed(path: str, patterns: Sequence[str]) -> bool:
    """Whether a path matches one of the patterns, in which `*` stands for anything."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value in which keys, and texts that are just an old name, have the new one."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value
