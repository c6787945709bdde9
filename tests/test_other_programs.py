"""Every example of the page for other programs is run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import invoke

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "other-programs.md"


def _blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_every_command_of_the_page_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever copies them line by line comes to the end."""
    monkeypatch.chdir(tmp_path)
    lines = [line for block in _blocks("sh") for line in block.splitlines()]
    assert lines
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "mentormatch"
        assert invoke(*arguments).exit_code == 0, line


def test_every_python_example_of_the_page_works(capsys: pytest.CaptureFixture[str]) -> None:
    """They stand by themselves."""
    blocks = _blocks("py")
    assert blocks
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), {})
    assert "done 0 True" in capsys.readouterr().out
