"""The page on the life of a round says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from mentormatch.replan.policy import DEFAULT_ORDER

PAGE = (Path(__file__).parents[2] / "docs" / "replanning.md").read_text(encoding="utf-8")


def test_the_example_runs() -> None:
    """An example that fails costs more trust than none."""
    (example,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    exec(compile(example, "replanning.md", "exec"), {})


def test_the_table_is_in_the_default_order() -> None:
    """Coordinators read the order off it."""
    assert tuple(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == DEFAULT_ORDER
