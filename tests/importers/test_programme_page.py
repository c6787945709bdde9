"""The page of all fields says what the code reads."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from mentormatch.data.problem import Problem
from mentormatch.importers.mapping import Columns
from mentormatch.importers.time_answers import NOT_OF_A_PROBLEM

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "programme.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """Return the script that writes the page."""
    spec = spec_from_file_location("build_programme", DOCS / "build_programme.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_code_reads_today(builder: ModuleType) -> None:
    """Run python docs/build_programme.py after a field has changed."""
    assert builder.build() == PAGE


def test_every_field_of_a_programme_and_of_the_columns_has_a_line() -> None:
    """Whoever looks for a field finds it with its default."""
    fields = set(re.findall(r"^\| `(\w+)` \| .+ \| .*\|$", PAGE, re.MULTILINE))
    # Fields of the caller's own have no names here; docs/formats.md tells of them.
    people = {"students", "mentors", "format", "extensions"}
    assert fields >= set(Problem.model_fields) - people | set(Columns.model_fields)
    headed = {name for name in NOT_OF_A_PROBLEM if f"### [{name}]" in PAGE}
    assert headed == set(NOT_OF_A_PROBLEM) - people
