"""The lowest versions of dependencies: those that are stated are those that are tried."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]

STATED = re.compile(r"([a-z0-9-]+)(?:\[[a-z,]+\])?>=([0-9.]+)")


def _stated() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"]]
    for extra in ("cli", "df", "ics", "postgres", "serve", "xlsx", "test"):
        needed += extras[extra]
    return {match[1]: match[2] for each in needed if (match := STATED.match(each))}


def _tried() -> dict[str, str]:
    lines = (ROOT / "constraints-lowest.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_every_floor_is_installed_by_the_check() -> None:
    """Floors that nobody tries are wrong before long: three of them were."""
    stated, tried = _stated(), _tried()
    assert stated.keys() == tried.keys()
    for package, floor in stated.items():
        # A build number, as ortools has it, belongs to the release.
        assert tried[package] == floor or tried[package].startswith(f"{floor}."), package
