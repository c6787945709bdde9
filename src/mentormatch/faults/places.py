"""Where in a document an error of pydantic lies, in terms of its fields, rows and keys."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Part = int | str
Kind = Literal["required", "optional", "unknown", "item", "key"]
"""What a step of a path leads to: a field of a model, an item of a list, a key of an object."""


@dataclass(frozen=True)
class Type:
    """A type as a field states it, with the constraints upon it."""

    base: Any
    constraints: tuple[Any, ...] = ()

    @property
    def choices(self) -> tuple[Type, ...]:
        """The alternatives of a union besides None; else the type itself."""
        if get_origin(self.base) not in (Union, types.UnionType):
            return (self,)
        rest = [one for one in get_args(self.base) if one is not type(None)]
        if len(rest) == 1:
            return (bare(rest[0], self.constraints),)
        return tuple(bare(one) for one in rest)


@dataclass(frozen=True)
class Place:
    """Where an error lies.

    Attributes
    ----------
    path
        Fields, indices and keys from the document down, as its reader sees them.
    kinds
        What each of them leads to.
    owner
        The model whose field, or unknown field, the path ends in, if it ends in one.
    expected
        The type asked for there, if there is one.
    """

    path: tuple[Part, ...]
    kinds: tuple[Kind, ...]
    owner: type[BaseModel] | None
    expected: Type | None


def bare(annotation: Any, constraints: tuple[Any, ...] = ()) -> Type:
    """Return a type with what `Annotated` and fields say of it set apart."""
    while get_origin(annotation) is Annotated:
        annotation, *extra = get_args(annotation)
        for one in extra:
            constraints += tuple(one.metadata) if isinstance(one, FieldInfo) else (one,)
    return Type(annotation, constraints)


def place_of(model: type[BaseModel], where: Sequence[Part]) -> Place:
    """Return the place in a document that an error's ``loc`` means.

    Pydantic puts the names of union members and marks of keys between the steps that a
    reader of the document knows; they are left out.
    """
    path: list[Part] = []
    kinds: list[Kind] = []
    owner: type[BaseModel] | None = None
    here: Type | None = Type(model)
    for part in where:
        if here is None or part == "[key]":
            break
        choices = here.choices
        if len(choices) > 1:
            member = _member(choices, part)
            if member is None:
                break
            here = member
            continue
        here, kind = _step(choices[0], part)
        if kind is None:
            break
        owner = choices[0].base if kind in ("required", "optional", "unknown") else None
        path.append(part)
        kinds.append(kind)
    return Place(tuple(path), tuple(kinds), owner, here)


def _member(choices: tuple[Type, ...], tag: Part) -> Type | None:
    """Return the member of a union of models that a tag names."""
    for one in choices:
        kind = getattr(one.base, "model_fields", {}).get("kind")
        if kind is not None and kind.default == tag:
            return one
    return None


def _step(here: Type, part: Part) -> tuple[Type | None, Kind | None]:
    base, origin = here.base, get_origin(here.base)
    if isinstance(base, type) and issubclass(base, BaseModel):
        field = base.model_fields.get(str(part))
        if field is None:
            return None, "unknown"
        kind: Kind = "required" if field.is_required() else "optional"
        return bare(field.annotation, tuple(field.metadata)), kind
    if origin is tuple and isinstance(part, int):
        return bare(get_args(base)[0]), "item"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return bare(get_args(base)[1]), "key"
    return None, None


def path_text(path: Sequence[Part]) -> str:
    """Return a path as people read it, such as ``students[3].availability.tue-15``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
