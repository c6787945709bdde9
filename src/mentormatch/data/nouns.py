"""What every noun has in common: frozen, strict, and silent about people's data in errors."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from mentormatch.data.appearance import is_invisible
from mentormatch.errors import InputError
from mentormatch.faults.structure import structural_faults

MAX_TEXT = 200
"""Longest id or short text, in characters."""


if TYPE_CHECKING:
    _Base = BaseModel
else:

    class _Raising(type(BaseModel)):
        """Classes of which a call raises this library's own error.

        Pydantic makes the nouns inside another one by a way of its own, so that all faults of a
        whole document are still found in one pass.
        """

        def __call__(cls, *args: Any, **fields: Any) -> Any:
            try:
                return super().__call__(*args, **fields)
            except ValidationError as error:
                raise InputError(structural_faults(error, cls, fields)) from None

    class _Base(BaseModel, metaclass=_Raising):
        """What a noun derives from."""


class Noun(_Base):
    """Frozen, strict about unknown fields, and silent about people's data in errors.

    Raises
    ------
    InputError
        With every fault of its fields.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False
    )

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Return a noun made of data, as calling the class with its fields does."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise InputError(structural_faults(error, cls, obj)) from None

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed, which are not checked.

        What the noun had derived from its fields is derived anew.
        """
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy


def refusal(message: str, near: str | None = None) -> ValueError:
    """Return the error by which a field refuses a value, with the nearest right one."""
    context = {"message": message, "nearest": near}
    return PydanticCustomError("value_error", "{message}", context)


def _clean_identifier(text: str) -> str:
    if not text.strip():
        raise refusal("an id is not empty")
    if text != text.strip():
        raise refusal("an id has no space at its ends", text.strip())
    if not text.isascii() or not text.isprintable():
        for character in text:
            if unicodedata.category(character) == "Zs" and character != " ":
                plain = " ".join(text.split())
                raise refusal("an id has no other space than the usual one", plain)
            if is_invisible(character):
                raise refusal("an id has no control or invisible characters")
    return text


Identifier = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_clean_identifier)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]


EXTENSION = "x-"
"""How the names of fields begin that are the caller's own."""


def _own_names(extensions: dict[str, JsonValue]) -> dict[str, JsonValue]:
    for name in extensions:
        if not name.startswith(EXTENSION):
            raise refusal(f"a field of one's own begins with {EXTENSION!r}")
    return extensions


def put_back(data: dict[str, Any]) -> dict[str, Any]:
    """Return data of a noun with the caller's own fields beside the others."""
    data.update(data.pop("extensions", None) or {})
    return data


class Extensible(Noun):
    """A noun that carries fields of the caller's own, whose names begin with ``x-``.

    They pass through untouched: no rule sees them, and they are not part of the fingerprint.
    """

    extensions: Annotated[
        dict[str, JsonValue], Field(max_length=50), AfterValidator(_own_names)
    ] = Field(default_factory=dict, repr=False)

    @model_validator(mode="before")
    @classmethod
    def _set_apart(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        own = {
            name: value
            for name, value in data.items()
            if isinstance(name, str) and name.startswith(EXTENSION)
        }
        if not own:
            return data
        rest = {name: value for name, value in data.items() if name not in own}
        return {**rest, "extensions": {**rest.get("extensions", {}), **own}}

    @model_serializer(mode="wrap")
    def _put_back(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return put_back(dump(self))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the schema, in which such fields stand beside the others."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        schema.get("properties", {}).pop("extensions", None)
        schema["patternProperties"] = {f"^{EXTENSION}": {}}
        return schema
