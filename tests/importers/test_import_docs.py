"""What the documentation of imports says is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from mentormatch.importers import mapping_of
from mentormatch.importers.availability import SHAPES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
SOURCE = "".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "src" / "mentormatch" / "importers").rglob("*.py")
)


def test_the_mapping_of_the_documentation_is_one() -> None:
    """People begin with a copy of it."""
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    examples = [block for block in blocks if block.startswith("format")]
    assert [mapping_of(tomllib.loads(example)).columns.email for example in examples] == ["Email"]


def test_every_shape_and_every_code_of_a_finding_is_explained() -> None:
    """Somebody looks each of them up."""
    codes = set(re.findall(r'"([a-z_0-9]+)",\s*"(?:done|look|lost|stop)"', SOURCE))
    codes -= {"done", "look", "lost", "stop"}
    assert len(codes) > 20
    shapes = {shape.model_fields["shape"].default for shape in SHAPES}
    assert {name for name in codes | shapes if f"`{name}`" not in PAGE} == set()
