"""Reading JSON documents: what is not understood is refused, and never passed over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LARGEST = 2**80
"""Greatest whole number, from zero, that is read."""


class RefusedError(Exception):
    """A document that is not what it should be, or claims what is not so."""


def read(path: Path) -> Any:
    """Return the data of a JSON file."""
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(
            text, object_pairs_hook=_each_once, parse_int=_whole, parse_constant=_no_number
        )
    except (OSError, UnicodeError, ValueError, RecursionError) as error:
        raise RefusedError(f"{path.name} cannot be read as JSON ({type(error).__name__})") from None


def document_hash(data: Any) -> str:
    """Return the SHA-256 of a document, whatever the order of its fields and its spaces."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def fields(data: Any, what: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an object, with defaults for those that are not stated.

    A default of ... is a field that must be stated; null is the same as not stated.
    """
    if not isinstance(data, dict):
        raise RefusedError(f"{what} is not an object")
    if strange := sorted(set(data) - set(known)):
        raise RefusedError(f"{what} has a field {strange[0]!r}, which is not known")
    found = {}
    for name, default in known.items():
        value = data.get(name)
        if value is None:
            if default is ...:
                raise RefusedError(f"{what} lacks {name!r}")
            value = default
        found[name] = value
    return found


def whole(value: Any, what: str, least: int | None = None) -> int:
    """Return a whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        raise RefusedError(f"{what} is not a whole number that is read")
    if least is not None and value < least:
        raise RefusedError(f"{what} is below {least}")
    return value


def text(value: Any, what: str) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise RefusedError(f"{what} is not a text")
    return value


def rows(value: Any, what: str) -> Sequence[Any]:
    """Return a list."""
    if not isinstance(value, list):
        raise RefusedError(f"{what} is not a list")
    return value


def texts(value: Any, what: str) -> list[str]:
    """Return a list of texts."""
    return [text(one, f"an entry of {what}") for one in rows(value, what)]


def one_of(value: Any, choices: Sequence[str], what: str) -> str:
    """Return a text that is one of a few."""
    if value not in choices:
        raise RefusedError(f"{what} is none of {', '.join(choices)}")
    return str(value)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field stands twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > 30:
        raise ValueError("a number is too long")
    return int(digits)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")
