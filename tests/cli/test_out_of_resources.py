"""Memory or disk that ends: one line, an exit code, and nothing half written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mentormatch.exit_codes import ExitCode
from mentormatch.synthetic import generate
from tests.cli.running import PROGRAM, environment, small, written

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Only POSIX sets limits to processes.")

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "round"


def limited(what: str, most: int) -> Callable[[], None]:
    """Return what sets a limit of its own to the process that is about to start."""
    import resource

    number = getattr(resource, what)
    return lambda: resource.setrlimit(number, (most, most))


def run(
    *arguments: str, limit: tuple[str, int] | None = None, out: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process with a limit, its output going to a file if told."""
    with open(out or os.devnull, "w", encoding="utf-8") as stream:  # noqa: PTH123  # Or a device.
        return subprocess.run(
            [*PROGRAM, *arguments],
            stdout=stream if out else subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=600,
            # Each thread would ask for memory of its own before anything is computed.
            env=environment(OPENBLAS_NUM_THREADS="1"),
            preexec_fn=limited(*limit) if limit else None,
        )


@pytest.mark.parametrize("megabytes", [260, 340, 420])
def test_memory_that_ends_is_told_in_one_line(tmp_path: Path, megabytes: int) -> None:
    """A container has a limit; wherever it bites, no traceback and no half of an answer."""
    source = written(tmp_path, generate(3_000, seed=1))
    target = tmp_path / "matching.json"
    limit = ("RLIMIT_AS", megabytes * 2**20)
    ended = run("match", source, "-o", str(target), "--time-limit", "1", limit=limit)
    assert ended.returncode == ExitCode.NO_MEMORY, ended.stderr
    assert (
        ended.stderr.splitlines()[-1] == "There is not enough memory for this; nothing was written."
    )
    assert "Traceback" not in ended.stderr
    assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["problem.json"]


def test_a_file_that_may_not_grow_keeps_what_stood_there(tmp_path: Path) -> None:
    """A quota is a full disk for one person."""
    target = tmp_path / "matching.json"
    target.write_text("old", encoding="utf-8")
    source = written(tmp_path, small())
    ended = run("match", source, "-o", str(target), "--force", limit=("RLIMIT_FSIZE", 100))
    assert ended.returncode == ExitCode.BAD_INPUT, ended.stderr
    assert "File too large" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["matching.json", "problem.json"]


def test_a_folder_of_results_is_not_left_in_part(tmp_path: Path) -> None:
    """Of a thousand files, the last may be the one for which there is no room."""
    target = tmp_path / "out"
    ended = run("match", str(FOLDER), "-o", str(target), limit=("RLIMIT_FSIZE", 20_000))
    assert ended.returncode == ExitCode.BAD_INPUT, ended.stderr
    assert "File too large" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Only Linux has a device that is full.")
def test_a_full_disk_behind_standard_output_is_told(tmp_path: Path) -> None:
    """The shell opens that file, and the exit code alone says that it is of no use."""
    ended = run("match", written(tmp_path, small()), out="/dev/full")
    assert ended.returncode == ExitCode.BAD_INPUT, ended.stderr
    assert "No space left on device" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
