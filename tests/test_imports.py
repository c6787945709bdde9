"""What is loaded when, which decides how fast a command or a service starts."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

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
        mentormatch.__getattr__("matsch")


def test_the_package_states_the_version_that_was_installed() -> None:
    """The version stands in two places, and a matching carries the one in the code."""
    assert mentormatch.__version__ == version("mentormatch")
