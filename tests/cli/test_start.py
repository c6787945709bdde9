"""What the command line loads before it knows what is asked."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module

import pytest

from mentormatch.cli.app import COMMANDS
from tests.cli.running import invoke

HEAVY = ("numpy", "pydantic", "networkx", "jinja2", "ortools", "pandas", "icalendar")
"""Packages that take longer to load than a version to print."""


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_no_command(option: str) -> None:
    """They took more than a second: everything was loaded for a list of names."""
    code = (
        "import sys\n"
        "from mentormatch.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(','.join(sys.modules), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, option], capture_output=True, text=True, check=True
    )
    loaded = set(ended.stderr.split(","))
    assert not loaded.intersection(HEAVY)
    ours = {name for name in loaded if name.startswith("mentormatch")}
    assert not {name for name in ours if name.startswith("mentormatch.data")}


def test_the_list_says_what_each_command_says_of_itself() -> None:
    """The list is a copy, so that it loads nothing, and copies drift."""
    for name, listed in COMMANDS.items():
        module = import_module(f"mentormatch.cli.{listed.module}")
        documented = inspect.getdoc(getattr(module, listed.function)) or ""
        assert documented.split("\n\n", maxsplit=1)[0].replace("\n", " ") == listed.help, name


def test_every_command_has_its_own_help() -> None:
    """Each is loaded by its name, as a user calls it."""
    for name, listed in COMMANDS.items():
        ended = invoke(name, "--help")
        assert ended.exit_code == 0, name
        assert f"mentormatch {name}" in ended.stdout or f"root {name}" in ended.stdout
        assert listed.help.split()[0] in ended.stdout
        assert "Exit codes:" in ended.stdout


def test_a_command_that_there_is_not_is_a_usage_error() -> None:
    """With the nearest right name, where one is close."""
    ended = invoke("mtach")
    assert ended.exit_code == 2
    assert "No such command" in ended.stderr
