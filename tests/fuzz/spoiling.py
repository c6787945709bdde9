"""Sound documents spoilt as bytes decide."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from tests.fuzz.chances import Chances

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 7, 53, 3.5, 1e308, -1e-320, 10**15, 10**17, float("nan")),
    *("", " ", "x", "x" * 201, "a\u202eb", "\u0065\u0301", "\u00e9", "\ufeff", "\u2028", "\0"),
    *("0001-01-01", "9999-12-31", "2026-02-29", "0001-01-01T00:00:00+14:00"),
    *("9999-12-31T23:59:59-12:00", "2026-10-25T03:30:00", "2026-03-29T03:30:00+02:00"),
    *("24:00", "23:59", "00:00", "Europe/Kyiv", "UTC", "Etc/GMT-14", "Asia/Kathmandu", "Mars/X"),
    *("en", "EN", "i-klingon", "x-private", "en-" + "a" * 300, "native", "C1", "yes", "off"),
    *([], {}, [[]], {"a": 1}, ["a", "a"], [None], "hard", "mon", "online", "either"),
)
"""Values with which readers have trouble, and such as the fields of other places take."""


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in a document, the document itself left out."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for part, value in inner:
        yield (*path, part)
        if isinstance(value, dict | list):
            yield from places(value, (*path, part))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """Return what stands at a path."""
    for part in path:
        data = data[part]
    return data


def spoilt(document: dict[str, Any], chances: Chances) -> dict[str, Any]:
    """Return a copy of a document with up to eight things changed."""
    made = copy.deepcopy(document)
    for _ in range(1 + chances.below(8)):
        found = list(places(made))
        if not found:
            break
        _change(made, found, chances)
    return made


def _change(document: dict[str, Any], found: list[tuple[Any, ...]], chances: Chances) -> None:
    path = chances.one_of(found)
    holder, last = at(document, path[:-1]), path[-1]
    match chances.below(8):
        case 0 | 1:
            holder[last] = copy.deepcopy(chances.one_of(ODD))
        case 2:
            holder[last] = chances.text()
        case 3:
            holder[last] = chances.below(2**24) - 2**23
        case 4:
            holder[last] = copy.deepcopy(at(document, chances.one_of(found)))
        case 5:
            del holder[last]
        case 6 if isinstance(holder, dict):
            holder[chances.text()] = copy.deepcopy(holder[last])
        case 7 if isinstance(holder, dict):
            other = chances.one_of(found)[-1]
            holder[str(other)] = holder.pop(last)
        case _:
            holder.insert(chances.below(len(holder) + 1), copy.deepcopy(holder[last]))
