from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from mentormatch import __version__
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.exit_codes import MEANINGS, ExitCode
from tests.cli.running import invoke, process, small, written
from tests.support.matched import grouped, made_up_problem


@pytest.fixture
def round_files(tmp_path: Path) -> tuple[str, Path]:
    """Return the files of a problem and of a valid matching of it."""
    asked = made_up_problem()
    target = tmp_path / "matching.json"
    target.write_text(grouped(asked).to_json(), encoding="utf-8")
    return written(tmp_path, asked), target


def test_verify_says_that_a_valid_matching_is_valid(round_files: tuple[str, Path]) -> None:
    """The check stands on its own, without a search."""
    problem, matching = round_files
    ended = invoke("verify", problem, str(matching))
    assert ended.exit_code == ExitCode.DONE
    assert ended.stdout.startswith("valid")


def test_verify_names_each_breach_and_has_its_own_code(round_files: tuple[str, Path]) -> None:
    """A roster changed by hand can be checked in a script."""
    problem, path = round_files
    data = json.loads(path.read_text(encoding="utf-8"))
    moved = data["groups"][0]["students"].pop()
    data["groups"][1]["students"] += [moved, data["groups"][2]["students"][0]]
    path.write_text(json.dumps(data), encoding="utf-8")
    ended = invoke("verify", problem, str(path))
    assert ended.exit_code == ExitCode.BREACHES_FOUND
    assert "is in 2 groups" in ended.stdout


def test_verify_takes_one_document_from_standard_input(round_files: tuple[str, Path]) -> None:
    """Both cannot come from there, and that is said instead of waiting for ever."""
    problem, matching = round_files
    ended = invoke("verify", problem, "-", given=matching.read_bytes())
    assert ended.exit_code == ExitCode.DONE
    assert invoke("verify", "-", "-").exit_code == ExitCode.BAD_INPUT


@pytest.mark.parametrize("name", ["problem", "matching"])
def test_schemas_describe_the_documents_that_are_read_and_written(name: str) -> None:
    """Other tools check their files before they call."""
    ended = invoke("schema", name)
    assert ended.exit_code == ExitCode.DONE
    asked = made_up_problem()
    document = asked.to_json() if name == "problem" else grouped(asked).to_json()
    jsonschema.validate(json.loads(document), json.loads(ended.stdout))


def test_generate_makes_the_same_problem_from_the_same_seed(tmp_path: Path) -> None:
    """An example in a bug report can be made again by anybody."""
    arguments = ("generate", "--students", "20", "--mentors", "6", "--seed", "3")
    first = process(*arguments)
    assert first.returncode == ExitCode.DONE
    assert first.stderr == b""
    problem = Problem.from_json(first.stdout)
    assert (len(problem.students), len(problem.mentors)) == (20, 6)
    target = tmp_path / "round.json"
    assert invoke(*arguments, "-o", str(target)).exit_code == ExitCode.DONE
    assert target.read_bytes() == first.stdout


def test_the_demo_shows_groups_and_replaces_its_own_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the first command of a newcomer, and can be repeated."""
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "mentormatch-demo.html"
    report.write_text("an earlier demo", encoding="utf-8")
    ended = invoke("demo", "--students", "12", "--mentors", "4")
    assert ended.exit_code == ExitCode.DONE
    assert "of 12 students in" in ended.stdout
    assert "mentormatch-demo.html" in ended.stderr
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_demo_replaces_no_other_file(tmp_path: Path) -> None:
    """Only the report it names itself is its own."""
    other = tmp_path / "mine.html"
    other.write_text("mine", encoding="utf-8")
    ended = invoke("demo", "--students", "12", "--mentors", "4", "--report", str(other))
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert other.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("command", [(), ("match",), ("verify",), ("demo",)])
def test_the_help_tells_every_exit_code(command: tuple[str, ...]) -> None:
    """Scripts are written from the help."""
    ended = invoke(*command, "--help")
    assert ended.exit_code == ExitCode.DONE
    words = " ".join(ended.stdout.split())
    for code, meaning in MEANINGS.items():
        assert f"{int(code)} {meaning}" in words


def test_the_version_is_that_of_the_library() -> None:
    """Bug reports begin with it."""
    assert invoke("--version").stdout.strip() == __version__


def test_a_matching_that_is_not_one_is_refused(tmp_path: Path) -> None:
    """The wrong file is the likeliest slip."""
    source = written(tmp_path, small())
    ended = invoke("verify", source, source)
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert "fault" in ended.stderr
    assert Matching.from_json(grouped(made_up_problem()).to_json()).groups
