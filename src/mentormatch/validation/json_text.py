"""Parsing JSON strictly: what other readers would understand differently is refused."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

from mentormatch.errors import Fault, InputError

MAX_BYTES = 512 * 2**20
"""Largest JSON document that is read."""

MAX_DEPTH = 100
"""Deepest nesting; a problem needs six levels."""

MAX_DIGITS = 18
"""Longest whole number; longer ones are exact in few readers."""

_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


def read_json(text: str | bytes) -> Any:
    """Parse JSON strictly.

    A byte order mark is allowed. Repeated keys, NaN and infinity, numbers too long, halves of
    characters, and documents too large or nested too deeply are not.

    Raises
    ------
    InputError
        If the text is not such a document.
    """
    if len(text) > MAX_BYTES:
        raise _refused("too_large", f"is larger than {MAX_BYTES:,} bytes")
    text = _decoded(text)
    repeated: Counter[str] = Counter()

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            repeated.update(key for key, count in counts.items() if count > 1)
        return made

    try:
        data = json.loads(
            text,
            object_pairs_hook=once,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_finite,
        )
    except RecursionError:
        raise _refused("too_deep", f"is nested deeper than {MAX_DEPTH} levels") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _refused("not_json", f"is not JSON: {error.msg} at {place}") from None
    except ValueError as error:
        raise _refused("not_json", f"is not JSON: {error}") from None
    if _deeper(data, MAX_DEPTH):
        raise _refused("too_deep", f"is nested deeper than {MAX_DEPTH} levels")
    if _HALF.search(text) and _has_half(data):
        raise _refused("not_text", "has half of a character (lone surrogate) in a text")
    if repeated:
        raise InputError(
            Fault("repeated_key", "document", f"the key {key[:60]!r} stands twice in one object")
            for key in sorted(repeated)
        )
    return data


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("not_text", f"is not UTF-8 text: see byte {error.start}") from None


def _refused(code: str, message: str) -> InputError:
    return InputError([Fault(code, "document", message)])


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number has more than {MAX_DIGITS} digits")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _deeper(data: Any, depth: int) -> bool:
    level = [data]
    for _ in range(depth):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _has_half(data: Any) -> bool:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if any("\ud800" <= character <= "\udfff" for character in one):
                return True
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
    return False
