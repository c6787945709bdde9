"""Documents of every released format are read for ever: those that were stored when it was new."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from mentormatch.cli.schema import documents
from mentormatch.operations import OPERATIONS

STORED = sorted((Path(__file__).parent / "formats").glob("*/*.json"))


def test_every_kind_of_result_is_stored() -> None:
    """A kind without a stored document could change unseen."""
    kinds = {path.stem for path in STORED}
    results = {str(one.result.model_fields["format"].default) for one in OPERATIONS.values()}
    assert {name.split("/")[1] for name in results} | {"problem", "envelope", "event"} <= kinds


@pytest.mark.parametrize("path", STORED, ids=lambda path: f"{path.stem}/{path.parent.name}")
def test_a_stored_document_is_read_and_says_the_same(path: Path) -> None:
    """Nothing that it says is lost, and its schema accepts it."""
    data = json.loads(path.read_bytes())
    assert data["format"] == f"mentormatch/{path.stem}/{path.parent.name}"
    model = documents()[path.stem]
    jsonschema.validate(data, model.json_schema())
    again = json.loads(model.from_json(path.read_bytes()).to_json())
    assert {name: again[name] for name in data} == data
