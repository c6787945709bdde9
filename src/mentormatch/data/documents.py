"""What every JSON document has in common: how it is read, written and described."""

from __future__ import annotations

import json
from typing import Any, Self

from mentormatch.data.nouns import Noun
from mentormatch.validation import document_schema, read_json


class JsonDocument(Noun):
    """A noun that other programs store and read, with its format under ``format``."""

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read a document.

        Raises
        ------
        InputError
            With every fault of the document.
        """
        return cls.from_data(read_json(text))

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read a document that was parsed already.

        Raises
        ------
        InputError
            With every fault of the document.
        """
        return cls.model_validate(data)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
        """Read a document, as :meth:`from_json` does."""
        return cls.from_json(bytes(json_data) if isinstance(json_data, bytearray) else json_data)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema (draft 2020-12) of such documents."""
        name = str(cls.model_fields["format"].default)
        return document_schema(
            cls, name, (cls.__doc__ or "").split("\n", maxsplit=1)[0].rstrip(".")
        )

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the document as JSON.

        Parameters
        ----------
        indent
            Spaces a level, or None for one line.
        """
        return as_json(self.model_dump(mode="json"), indent)


def as_json(data: Any, indent: int | None) -> str:
    """Return data as JSON with letters as they are."""
    return json.dumps(data, indent=indent, ensure_ascii=False)
