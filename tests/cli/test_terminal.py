from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mentormatch import __main__ as entry
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode
from mentormatch.rules import NobodyAlone
from tests.cli.running import PROGRAM, environment, invoke, process, small, written
from tests.support.build import mentors, problem, students
from tests.support.matched import made_up_problem

COLOUR = (b"\x1b[3", b";3", b"\x1b[9")
"""How the codes that choose a colour begin, alone or after another."""


def _on_a_terminal(*arguments: str, **variables: str) -> bytes:
    """Return what a command writes to standard error if that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        (*PROGRAM, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(TERM="xterm-256color", **variables),
    ) as started:
        os.close(theirs)
        written_there = b""
        while piece := _read(ours):
            written_there += piece
        os.close(ours)
        assert started.wait() == 0
    return written_there


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other end is closed.
        return b""


def test_a_terminal_gets_colour(tmp_path: Path) -> None:
    """Else the next test could not fail."""
    shown = _on_a_terminal("match", written(tmp_path, small()))
    assert any(code in shown for code in COLOUR)


def test_no_color_is_obeyed_on_a_terminal(tmp_path: Path) -> None:
    """Some people and some terminals cannot do with colours."""
    shown = _on_a_terminal("match", written(tmp_path, small()), NO_COLOR="1")
    assert b"4 of 4 students" in shown
    assert not any(code in shown for code in COLOUR)


def test_a_pipe_gets_no_control_codes_at_all(tmp_path: Path) -> None:
    """Logs are read by people and programs that take them literally."""
    source = written(tmp_path, small())
    ended = process("match", source, "-o", str(tmp_path / "out.json"), TERM="xterm-256color")
    assert b"\x1b" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_stops_early_is_no_error_to_shout_about(unbuffered: str) -> None:
    """``mentormatch generate | head`` ends quietly."""
    with subprocess.Popen(
        (*PROGRAM, "generate", "--students", "600", "--mentors", "150"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED=unbuffered),
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.read(10)
        started.stdout.close()
        assert started.stderr.read() == b""
        assert started.wait() == ExitCode.READER_GONE


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_slow_reader_gets_all_of_a_large_result(unbuffered: str) -> None:
    """A stream without a buffer took the first 64 KiB and the rest was lost."""
    ended = process("generate", "--students", "600", PYTHONUNBUFFERED=unbuffered)
    assert len(ended.stdout) > 200_000
    assert len(Problem.from_json(ended.stdout).students) == 600


CHATTER = """
import os, sys
import mentormatch.solve.match
from mentormatch.solve.match import match as search

def noisy(problem, **options):
    os.write(1, b"CHATTER on 1")
    os.write(2, b"CHATTER on 2")
    print("CHATTER printed")
    return search(problem, **options)

mentormatch.solve.match.match = noisy
sys.argv = ["mentormatch", "match", sys.argv[1]]
from mentormatch.__main__ import main
main()
"""


def test_what_a_solver_prints_by_itself_is_not_seen(tmp_path: Path) -> None:
    """It would spoil the matching on standard output and frighten on standard error."""
    ended = subprocess.run(
        (sys.executable, "-c", CHATTER, written(tmp_path, small())),
        capture_output=True,
        env=environment(),
        check=False,
        timeout=600,
    )
    assert ended.returncode == ExitCode.DONE
    assert Matching.from_json(ended.stdout).placed == 4
    assert b"4 of 4 students" in ended.stderr
    assert b"CHATTER" not in ended.stdout + ended.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_search_ends_with_the_code_of_interrupts(
    tmp_path: Path, stop: signal.Signals
) -> None:
    """What is written by then is a valid matching or nothing, never half of one."""
    made = made_up_problem(150, 45)
    # A round that is not proven before the signal comes, however fast the machine is.
    asked = made.with_rules(NobodyAlone(attribute="department", tier=2), *made.rules)
    target = tmp_path / "best.json"
    ours, theirs = pty.openpty()
    arguments = ("match", written(tmp_path, asked), "-o", str(target), "--time-limit", "90")
    with subprocess.Popen(
        (*PROGRAM, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(TERM="xterm-256color"),
    ) as started:
        os.close(theirs)
        # The line of progress tells that the search has begun.
        assert _read(ours)
        started.send_signal(stop)
        while _read(ours):
            pass
        os.close(ours)
        assert started.wait() == ExitCode.INTERRUPTED
    if target.exists():
        assert verify(asked, Matching.from_json(target.read_bytes())).ok
    assert list(tmp_path.glob(".mentormatch-*")) == []


def test_names_cannot_command_the_terminal(tmp_path: Path) -> None:
    """A sign-up form is open to anybody; an escape code could rewrite what is seen."""
    people = students("ada bo cy di", name="Eve\x1b[2J\u202egnihtyna", department="Art\x07")
    source = written(tmp_path, problem(people, mentors("mia noa"), size=(2, 4)))
    ended = invoke("match", source, "-o", str(tmp_path / "out.json"))
    assert ended.exit_code == ExitCode.DONE
    assert "Eve" in ended.stdout
    for sign in ("\x1b", "\u202e", "\x07"):
        assert sign not in ended.stdout


def test_a_terminal_that_lacks_letters_shows_their_codes(tmp_path: Path) -> None:
    """A matching of a minute must not be lost to an encoding."""
    people = students("ada bo cy di", name="\u00c5sa \u0141uk")
    source = written(tmp_path, problem(people, mentors("mia noa"), size=(2, 4)))
    target = tmp_path / "matching.json"
    command = ("match", source, "-o", str(target))
    ended = process(*command, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ended.returncode == ExitCode.DONE
    assert b"\\xc5sa \\u0141uk" in ended.stdout
    assert Matching.from_json(target.read_bytes()).placed == 4


def test_a_missing_extra_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is of use without the packages that only the command line needs."""
    screen = io.StringIO()
    monkeypatch.setattr(entry, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "stderr", screen)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == ExitCode.BAD_INPUT
    assert screen.getvalue().count("\n") == 1
    assert 'pip install "mentormatch[cli]"' in screen.getvalue()
