"""What every noun has in common: frozen, strict, and silent about people's data in errors."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
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
