"""A desk on a made-up round, as somebody opens it: a program of its own, and a browser."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mentormatch.cli.app import app

PATIENCE = 60.0
"""Seconds until a desk must answer, on a machine that is busy."""

EXAMPLE = Path(__file__).parents[2] / "docs/examples/round"


@dataclass
class OpenDesk:
    """A desk that is open: its folder, its program, and the link that opens it."""

    folder: Path
    program: subprocess.Popen[bytes]
    link: str

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.program.kill()
        self.program.wait()

    def again(self) -> OpenDesk:
        """Open it once more."""
        return open_desk(self.folder)


def open_desk(folder: Path) -> OpenDesk:
    """Start the desk of a round, and wait until it says where it is."""
    log = folder.parent / "desk.log"
    with log.open("wb") as stream:
        program = subprocess.Popen(
            [sys.executable, "-m", "mentormatch", "desk", str(folder), "--no-browser"],
            stderr=stream,
            stdout=stream,
            env={**os.environ, "COLUMNS": "400"},
        )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        told = log.read_text(encoding="utf-8")
        link = re.search(r"http://127\.0\.0\.1:(\d+)/desk/enter\?token=[\w-]+", told)
        if link and _answers(int(link[1])):
            return OpenDesk(folder, program, link[0])
        time.sleep(0.1)
    program.kill()
    program.wait()
    raise AssertionError(log.read_text(encoding="utf-8"))


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def matched_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example's folder with its results."""
    folder = tmp_path_factory.mktemp("round") / "round"
    shutil.copytree(EXAMPLE, folder)
    result = CliRunner().invoke(app, ["match", str(folder), "--time-limit", "30", "--quiet"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def desk(matched_folder: Path, tmp_path: Path) -> Iterator[OpenDesk]:
    """Yield a desk of a round of its own."""
    folder = tmp_path / "round"
    shutil.copytree(matched_folder, folder)
    opened = open_desk(folder)
    yield opened
    opened.kill()
