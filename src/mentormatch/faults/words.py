"""What a document must hold at a place, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AfterValidator, BaseModel

from mentormatch.faults.places import Type, bare

MAX_SHOWN = 60
"""Longest value that a message repeats."""


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as an enumeration: ``a, b or c``."""
    *rest, final = words
    return f"{', '.join(rest)} {last} {final}" if rest else final


def expectation(wanted: Type) -> str:
    """Return what a type asks for, such as "a whole number from 1 to 20"."""
    choices = wanted.choices
    if len(choices) > 1:
        # Each of forty kinds of rules is an object.
        return listed(dict.fromkeys(word for one in choices for word in _alternatives(one)))
    here = choices[0]
    base, origin = here.base, get_origin(here.base)
    if origin is Literal:
        return listed(repr(value) for value in get_args(base))
    if isinstance(base, type):
        if issubclass(base, BaseModel):
            required = [name for name, field in base.model_fields.items() if field.is_required()]
            return f"an object with {listed(required, 'and')}" if required else "an object"
        for kind, words in _PLAIN.items():
            if base is kind:
                return words + _bounds(here)
    if origin is tuple:
        return f"a list of {_plural(bare(get_args(base)[0]))}" + _bounds(here)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return "an object" + _bounds(here)
    return "something else"


def _alternatives(one: Type) -> list[str]:
    if get_origin(one.base) is Literal:
        return [repr(value) for value in get_args(one.base)]
    if isinstance(one.base, type) and issubclass(one.base, BaseModel):
        return ["an object"]
    return [expectation(one)]


def is_private(wanted: Type) -> bool:
    """Whether what stands there may be anybody's own words, which are not to be repeated.

    Ids, tags and zones are not, nor what should be a word of a list, a number or a date.
    """
    return any(_holds_private(one) for one in wanted.choices)


def _holds_private(one: Type) -> bool:
    if one.base is str:
        return not any(isinstance(rule, AfterValidator) for rule in one.constraints)
    plain = one.base in _PLAIN or get_origin(one.base) is Literal
    return not plain


def known_words(wanted: Type) -> list[str]:
    """Return the words among which one is asked for."""
    return [
        word
        for one in wanted.choices
        if get_origin(one.base) is Literal
        for word in get_args(one.base)
        if isinstance(word, str)
    ]


def found(value: Any, *, private: bool) -> str:
    """Return what stands in a document, shortened; of private text only its kind."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if not value:
            return "empty text"
        if private:
            return f"text of {len(value):,} character{'s' if len(value) != 1 else ''}"
        return repr(value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "...")
    if isinstance(value, int | float):
        if isinstance(value, int) and abs(value) >= 10**18:
            return "a number of more than 18 digits"
        return "a number" if private else f"{value:,}"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return f"a list of {len(value):,}"
    return f"a {type(value).__name__}"


_PLAIN: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    datetime: "a date with time and zone such as '2026-10-06T15:00:00+03:00'",
    date: "a day such as '2026-10-05'",
    time: "a clock time such as '15:00'",
}


def _plural(inner: Type) -> str:
    base = inner.choices[0].base
    if base is str:
        return "texts"
    if isinstance(base, type) and issubclass(base, BaseModel):
        return "objects"
    return "values"


def _bounds(here: Type) -> str:
    unit = "characters" if here.base is str else "entries"
    low, high = _limit(here, Ge, "ge"), _limit(here, Le, "le")
    if high is not None and high >= _BEYOND_COUNTING:
        low = high = None
    words = _range(low, high, " from {:,} to {:,}", " of at least {:,}", " of at most {:,}")
    low, high = _limit(here, MinLen, "min_length"), _limit(here, MaxLen, "max_length")
    words += _range(
        low or None,
        high,
        f" with {{:,}} to {{:,}} {unit}",
        f" with at least {{:,}} {unit}",
        f" with at most {{:,}} {unit}",
    )
    return words


_BEYOND_COUNTING = 10**12
"""A bound from here on guards against misuse and helps nobody who reads of it."""


def _limit(here: Type, kind: type, name: str) -> int | None:
    for one in here.constraints:
        if isinstance(one, kind):
            limit: int = getattr(one, name)
            return limit
    return None


def _range(low: int | None, high: int | None, both: str, least: str, most: str) -> str:
    if low is not None and high is not None:
        return both.format(low, high)
    if low is not None:
        return least.format(low)
    return most.format(high) if high is not None else ""
