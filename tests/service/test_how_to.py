"""The examples of the how-to pages, run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.asking import Listening

PAGES = Path(__file__).parents[2] / "docs" / "how-to"


def _example(page: str, language: str, *, with_words: str) -> str:
    """Return the block of code of a page that has these words."""
    text = (PAGES / page).read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if with_words in block]
    assert len(found) == 1
    return str(found[0])


def _run(folder: Path, program: list[str], name: str, code: str, *more: str) -> str:
    (folder / name).write_text(code, encoding="utf-8")
    done = subprocess.run(
        [*program, name, *more],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")
    return found


def test_the_shell_example_runs(service: Listening, tmp_path: Path) -> None:
    """As it stands on the page."""
    code = _example("use-the-service.md", "sh", with_words="curl")
    address = f"http://{service.host}:{service.port}"
    _program("curl")
    told = _run(tmp_path, [_program("sh")], "ask.sh", code, address)
    assert "event: finished" in told
    assert '"status": "done"' in told


def test_the_python_example_runs(service: Listening, tmp_path: Path) -> None:
    """As it stands on the page."""
    code = _example("use-the-service.md", "python", with_words="Client(")
    address = f"http://{service.host}:{service.port}"
    told = _run(tmp_path, [sys.executable], "follow.py", code, address)
    assert re.search(r"^tier \d+: \d+, not below \d+$", told, re.MULTILINE)
    assert told.splitlines()[-1].startswith("done OPTIMAL ")


def test_the_javascript_example_runs_in_node(service: Listening, tmp_path: Path) -> None:
    """As it stands on the page, with fetch and EventSource."""
    code = _example("use-the-service.md", "js", with_words="EventSource")
    address = f"http://{service.host}:{service.port}"
    node = [_program("node"), "--experimental-eventsource", "--no-warnings"]
    told = _run(tmp_path, node, "follow.mjs", code, address)
    assert told.splitlines()[-1].startswith("done OPTIMAL ")
    assert "tier " in told


def test_the_example_of_an_executor_runs(tmp_path: Path) -> None:
    """With a pool of processes; nothing waits in the store, so that it ends at once."""
    code = _example("larger-than-one-machine.md", "python", with_words="ProcessPoolExecutor")
    _run(tmp_path, [sys.executable], "pool.py", code)
    assert (tmp_path / "jobs.db").exists()
