"""What is loaded when, which decides how fast a command or a service starts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import mentormatch

HEAVY = ("ortools", "numpy", "pandas", "networkx", "pydantic", "jinja2", "rich", "typer")


def loaded_after(statement: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter has after a statement."""
    program = f"import sys\n{statement}\nprint(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in run.stdout.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    """A command that prints its help must not wait for the solver."""
    loaded = loaded_after("import mentormatch")
    assert "mentormatch" in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "statement",
    [
        "from mentormatch import Matching, Problem, verify",
        "import mentormatch.evaluate.cost",
        "import mentormatch.evaluate.verify",
        "import mentormatch.importers",
        "import mentormatch.synthetic",
    ],
)
def test_what_needs_no_solver_does_not_load_it(statement: str) -> None:
    """A verifier that cannot reach the solver cannot repeat its mistakes, and starts fast."""
    loaded = loaded_after(statement)
    assert "pydantic" in loaded
    assert loaded.isdisjoint({"ortools", "pandas", "rich", "typer"})


def test_naming_match_does_not_load_the_solver() -> None:
    """Programs import what they may need; only a call of `match` pays for the solver."""
    assert "ortools" not in loaded_after("from mentormatch import match")


@pytest.mark.parametrize("name", mentormatch.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Names are looked up late, so a wrong entry would show only when somebody uses it."""
    assert getattr(mentormatch, name) is not None
    assert name in dir(mentormatch)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """`hasattr` and `from mentormatch import ...` rely on it."""
    with pytest.raises(AttributeError, match="no attribute 'matsch'"):
        vars(mentormatch)["__getattr__"]("matsch")


def test_the_package_states_the_version_that_was_installed() -> None:
    """The version stands in two places, and a matching carries the one in the code."""
    assert mentormatch.__version__ == version("mentormatch")


def test_type_checkers_see_the_names_that_there_are_and_no_others() -> None:
    """A module with a function for any name hides each misspelt import from them."""
    tree = ast.parse(Path(mentormatch.__file__).read_text(encoding="utf-8"))
    seen: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
            for each in statement.body:
                assert isinstance(each, ast.ImportFrom)
                seen.update(alias.asname or alias.name for alias in each.names)
        # What stands below `if not TYPE_CHECKING` is not there for them.
        assert not isinstance(statement, ast.FunctionDef) or statement.name == "__dir__"
    assert seen | {"__version__"} == set(mentormatch.__all__)


def test_rooms_are_there_without_an_import_of_their_own() -> None:
    """They type-check so, and so they have to work."""
    program = "import mentormatch; print(mentormatch.rules.Mix, mentormatch.synthetic.generate)"
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_the_reference_page_has_every_public_name_and_none_that_is_not_there() -> None:
    """What a page does not mention is not found, and what it mentions must exist."""
    page = Path(__file__).parents[1] / "docs" / "reference.md"
    paths = re.findall(r"^::: (\S+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(paths) == len(set(paths))
    for path in paths:
        room, _, name = path.rpartition(".")
        assert hasattr(import_module(room), name), path
    rooms = {"explain", "exporters", "importers", "replan", "synthetic", "whatif"}
    named = {path.rpartition(".")[2] for path in paths} | rooms | {"__version__"}
    assert named >= set(mentormatch.__all__), set(mentormatch.__all__) - named
