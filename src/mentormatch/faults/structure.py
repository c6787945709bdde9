"""Faults in the form of a document: fields, types, words and bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mentormatch.errors import Fault, nearest
from mentormatch.faults.places import Part, Place, path_text, place_of
from mentormatch.faults.words import expectation, found, is_private, known_words

_TAG = re.compile(r"'([^']+)'")

_MESSAGES = ("value_error", "assertion_error")
"""Errors whose own message says it best: those that our validators raise."""


@dataclass(frozen=True)
class Misfit:
    """A place where a document does not have the form that is asked for.

    Attributes
    ----------
    place
        Where.
    fault
        The same for people.
    """

    place: Place
    fault: Fault


def misfits(error: ValidationError, model: type[BaseModel], data: Any) -> list[Misfit]:
    """Return each error of pydantic once, in words that repeat no private text."""
    items = error.errors(include_input=False, include_url=False)
    placed = [(item, place_of(model, item["loc"])) for item in items]
    above = {place.path[:end] for _, place in placed for end in range(len(place.path))}
    known: set[tuple[Part, ...]] = set()
    result = []
    for item, place in placed:
        # A list whose items are refused counts as too short as well: that says nothing new.
        if item["type"] == "too_short" and place.path in above:
            continue
        # A union gives one error for each of its members.
        if place.path in known and item["type"] not in _MESSAGES:
            continue
        known.add(place.path)
        result.append(Misfit(place, _fault(item, place, model, data)))
    # A misspelt field is not missing as well.
    meant = {
        (*one.place.path[:-1], one.fault.nearest)
        for one in result
        if one.fault.code == "unknown_field"
    }
    return [
        one for one in result if one.fault.code != "missing_field" or one.place.path not in meant
    ]


def structural_faults(error: ValidationError, model: type[BaseModel], data: Any) -> Iterator[Fault]:
    """Yield a fault for each error that pydantic found in data for a model."""
    for misfit in misfits(error, model, data):
        yield misfit.fault


def value_at(data: Any, path: Sequence[Part]) -> Any:
    """Return what stands at a path, or None if nothing does."""
    for part in path:
        if isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(part, int):
            fits = isinstance(data, Sequence) and not isinstance(data, str) and part < len(data)
            data = data[part] if fits else None
        else:
            data = getattr(data, part, None)
    return data


def _fault(item: ErrorDetails, place: Place, model: type[BaseModel], data: Any) -> Fault:
    where = path_text(place.path) or _name(model)
    name = str(place.path[-1]) if place.path else ""
    owner, rest = _owner(place.path, model, data)
    subject = f"{path_text(rest)} of {owner}" if rest else owner
    context = item.get("ctx", {})
    kind = item["type"]
    if kind == "missing":
        return Fault("missing_field", where, f"{subject} is missing")
    if kind == "extra_forbidden" and place.owner is not None:
        known = place.owner.model_fields
        inside = path_text(rest[:-1])
        holder = f"{inside} of {owner}" if inside else owner
        message = f"{holder} has no field {name!r}"
        return Fault("unknown_field", where, message, nearest(name, known))
    if kind == "union_tag_not_found":
        message = f"a {_tagged(place.path)} does not state its kind" + _known(_kinds(place))
        return Fault(f"unknown_{_tagged(place.path)}", where, message)
    if kind == "union_tag_invalid":
        tag, tags = str(context.get("tag")), _TAG.findall(str(context.get("expected_tags")))
        message = f"there is no {_tagged(place.path)} {tag[:40]!r}" + _known(sorted(tags))
        return Fault(f"unknown_{_tagged(place.path)}", where, message, nearest(tag, tags))
    if kind in _MESSAGES or place.expected is None:
        message = item["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
        return Fault("wrong_value", where, f"{subject}: {message}", context.get("nearest"))
    if item["loc"] and item["loc"][-1] == "[key]":
        return Fault("wrong_value", where, f"{subject} has a name that is not usable text")
    if kind == "string_unicode":
        return Fault("wrong_value", where, f"{subject} has half of a character (lone surrogate)")
    value = value_at(data, place.path)
    if newer := _newer_format(value, known_words(place.expected)):
        return Fault("newer_format", where, f"{subject} {newer}", known_words(place.expected)[0])
    near = nearest(value, known_words(place.expected)) if isinstance(value, str) else None
    stands = found(value, private=is_private(place.expected))
    message = f"{subject} is {stands}, but must be {expectation(place.expected)}"
    return Fault("wrong_value", where, message, near)


def _kinds(place: Place) -> list[str]:
    """Return the kinds that an element of a list can have."""
    choices = () if place.expected is None else place.expected.choices
    fields = (getattr(one.base, "model_fields", {}).get("kind") for one in choices)
    return sorted(str(field.default) for field in fields if field is not None)


_FORMAT = re.compile(r"(mentormatch/[a-z_-]+/)(\d{1,9})", re.ASCII)


def _newer_format(value: Any, known: Sequence[str]) -> str | None:
    """Return what to say of a format with a higher number than the one that is read, if it is."""
    said = _FORMAT.fullmatch(value) if isinstance(value, str) else None
    read = _FORMAT.fullmatch(known[0]) if len(known) == 1 else None
    if said is None or read is None or said[1] != read[1] or int(said[2]) <= int(read[2]):
        return None
    return f"is {value!r}: a newer version of mentormatch made it; this one reads {known[0]!r}"


def _tagged(path: Sequence[Part]) -> str:
    """Return what stands in a list whose elements say what kind they are."""
    lists = [part for part in path if isinstance(part, str)]
    return lists[-1].removesuffix("s") if lists else "element"


def _known(kinds: Sequence[str]) -> str:
    return f"; known are {', '.join(kinds)}" if kinds else ""


def _owner(path: Sequence[Part], model: type[BaseModel], data: Any) -> tuple[str, Sequence[Part]]:
    """Return whose field a path leads to, in words, and the rest of the path."""
    if len(path) >= 2 and isinstance(path[1], int):
        if path[0] == "rules":
            kind = value_at(data, (*path[:2], "kind"))
            known = _kinds(place_of(model, path[:2]))
            return (f"rule {kind}" if kind in known else "a rule"), path[2:]
        if str(path[0]).endswith("s"):
            one = str(path[0]).removesuffix("s")
            name = value_at(data, (*path[:2], "id"))
            if isinstance(name, str) and name.strip():
                return f"{one} {found(name, private=False)}", path[2:]
            return f"a {one}", path[2:]
    if len(path) >= 2:
        return f"the {path[0]}", path[1:]
    return f"the {_name(model)}", path


def _name(model: type[BaseModel]) -> str:
    """Return what a class is called: the kind of a rule or change, else its name in words."""
    kind = model.model_fields.get("kind")
    if kind is not None and isinstance(kind.default, str):
        return kind.default
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
