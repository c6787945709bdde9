"""The page on the life of a round says what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from mentormatch.replan.events import AnyEvent
from mentormatch.replan.policy import DEFAULT_ORDER

PAGE = (Path(__file__).parents[2] / "docs" / "replanning.md").read_text(encoding="utf-8")


def test_the_example_runs() -> None:
    """An example that fails costs more trust than none."""
    (example,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    exec(compile(example, "replanning.md", "exec"), {})


def test_the_table_is_in_the_default_order() -> None:
    """Coordinators read the order off it."""
    section = PAGE.split("## What is avoided before what")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == DEFAULT_ORDER


def test_every_kind_of_event_is_in_the_table() -> None:
    """What is not there nobody would think of stating."""
    section = PAGE.split("| event | what it asks |")[1].split("\n\n")[0]
    kinds = {kind.model_fields["kind"].default for kind in get_args(get_args(AnyEvent)[0])}
    assert set(re.findall(r"`(\w+_\w+)`", section)) == kinds
