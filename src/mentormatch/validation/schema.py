"""The JSON Schema of a document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document_schema(model: type[BaseModel], name: str, title: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of document, described by its classes' docstrings."""
    schema = model.model_json_schema()
    return {"$schema": DIALECT, "$id": f"urn:{name.replace('/', ':')}", **schema, "title": title}
