"""What every noun has in common: frozen, strict, and silent about people's data in errors."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mentormatch.data.appearance import is_invisible

MAX_TEXT = 200
"""Longest id or short text, in characters."""


class Noun(BaseModel):
    """Frozen, strict about unknown fields, and silent about people's data in errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False
    )


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
