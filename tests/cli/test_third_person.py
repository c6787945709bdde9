"""Somebody who has two files, no solver, and no reason to trust whoever made them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mentormatch import match
from mentormatch.exit_codes import ExitCode
from mentormatch.rules import PlaceOrder, lottery_order
from tests.support.build import mentors, problem, students

PEOPLE = "ada bo cy di eve fay"

PROGRAM = """
import sys
for name in ("ortools", "ortools.sat", "pandas"):
    sys.modules[name] = None
from mentormatch.__main__ import main
try:
    main()
finally:
    light = ("arguments", "instance", "match", "params")
    used = {name.split(".")[2] for name in sys.modules if name.startswith("mentormatch.solve.")}
    assert used.issubset(light), used
"""
"""The command line where whatever needs the solver fails."""


def files(folder: Path) -> tuple[Path, Path]:
    """Write a round in which a lottery decides who has no place, and its matching."""
    given = problem(
        students(PEOPLE),
        mentors("mia"),
        "tue-15",
        PlaceOrder(by="lottery", seed=7),
        size=(2, 4),
    )
    matching = match(given, time_limit=None)
    assert set(matching.left_out) == set(lottery_order(PEOPLE.split(), 7)[4:])
    paths = folder / "problem.json", folder / "matching.json"
    for path, text in zip(paths, (given.to_json(), matching.to_json()), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def verified(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Verify by the command line, without the solver."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "verify", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_two_files_are_enough_to_verify_a_matching_and_its_draw(tmp_path: Path) -> None:
    """The lottery is drawn again from the seed in the problem and the ids; nobody is asked."""
    done = verified(*files(tmp_path))
    assert done.returncode == ExitCode.DONE, done.stderr
    assert done.stdout.startswith("valid")


def _other_seed(given: Any, matching: Any) -> None:
    (lottery,) = (rule for rule in given["rules"] if rule["kind"] == "place_order")
    lottery["seed"] = 8


def _other_value(given: Any, matching: Any) -> None:
    matching["tiers"][-1]["value"] -= 1


def _swapped(given: Any, matching: Any) -> None:
    out, group = matching["left_out"], matching["groups"][0]
    out[0], group["students"][0] = group["students"][0], out[0]


def _not_proven(given: Any, matching: Any) -> None:
    matching["tiers"][0]["bound"] -= 1


@pytest.mark.parametrize("change", [_other_seed, _other_value, _swapped, _not_proven])
def test_whatever_is_changed_afterwards_is_found(
    tmp_path: Path, change: Callable[[Any, Any], None]
) -> None:
    """A seed drawn anew until a friend has a place is another problem."""
    paths = files(tmp_path)
    given, matching = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    change(given, matching)
    for path, document in zip(paths, (given, matching), strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    done = verified(*paths)
    assert done.returncode == ExitCode.BREACHES_FOUND, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
