from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from mentormatch.data.matching import Matching, Provenance
from mentormatch.data.problem import Problem
from mentormatch.errors import InternalError
from mentormatch.evaluate.verify import verify
from mentormatch.exit_codes import ExitCode
from mentormatch.rules import Pin
from tests.cli.running import impossible, invoke, process, small, written
from tests.support.build import mentor, mentors, problem, students

PROGRAMME = """
slots = [{ id = "tue-15", weekday = "tue", start = "15:00" }]
term = { first_day = "2026-10-05", last_day = "2026-11-01", meetings = 2 }
shape = { min_students = 2, max_students = 4, mentors = 1 }
"""


def _answering(monkeypatch: pytest.MonkeyPatch, answer: Matching | BaseException) -> None:
    """Let the search end in a way that cannot be brought about at will."""

    def match(problem: Problem, **options: object) -> Matching:
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr("mentormatch.solve.match.match", match)


def test_standard_output_holds_the_matching_and_nothing_else(tmp_path: Path) -> None:
    """Other programs read it; whatever is meant for people goes to standard error."""
    asked = small()
    ended = process("match", written(tmp_path, asked))
    assert ended.returncode == ExitCode.DONE
    found = Matching.from_json(ended.stdout)
    assert verify(asked, found).ok
    assert found.placed == 4
    assert b"4 of 4 students in" in ended.stderr


def test_a_named_output_holds_the_matching_for_its_owner_only(tmp_path: Path) -> None:
    """A matching is personal data; the table is then what standard output is for."""
    asked = small()
    target = tmp_path / "matching.json"
    ended = process("match", written(tmp_path, asked), "-o", str(target))
    assert ended.returncode == ExitCode.DONE
    assert verify(asked, Matching.from_json(target.read_bytes())).ok
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert b"ada" in ended.stdout
    assert ended.stderr == b""


def test_a_problem_can_come_from_standard_input() -> None:
    """A hyphen stands for it, so that commands can be joined."""
    ended = process("match", "-", given=small().to_json().encode())
    assert ended.returncode == ExitCode.DONE
    assert Matching.from_json(ended.stdout).placed == 4


def test_a_problem_can_come_from_a_folder_of_tables(tmp_path: Path) -> None:
    """Coordinators have sheets, not JSON."""
    (tmp_path / "students.csv").write_text(
        "id,languages,tue-15\nada,en:C1,yes\nbo,en:C1,yes\n", encoding="utf-8"
    )
    (tmp_path / "mentors.csv").write_text("id,languages,tue-15\nmia,en:C1,yes\n", encoding="utf-8")
    (tmp_path / "programme.toml").write_text(PROGRAMME, encoding="utf-8")
    ended = invoke("match", str(tmp_path), "-o", "-")
    assert ended.exit_code == ExitCode.DONE
    assert Matching.from_json(ended.stdout).groups[0].students == ("ada", "bo")


def test_the_faults_of_a_folder_name_file_row_and_column(tmp_path: Path) -> None:
    """That is where they are repaired."""
    (tmp_path / "students.csv").write_text("id,languages,tue-15\nada,en:C9,yes\n", encoding="utf-8")
    (tmp_path / "programme.toml").write_text(PROGRAMME, encoding="utf-8")
    ended = invoke("match", str(tmp_path))
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert "students.csv row 2, column languages" in ended.stderr
    assert "mentors.csv" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_report_is_written_beside_the_matching(tmp_path: Path) -> None:
    """One run gives the data for machines and the page for people."""
    page = tmp_path / "report.html"
    ended = invoke("match", written(tmp_path, small()), "--report", str(page))
    assert ended.exit_code == ExitCode.DONE
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("option", ["-o", "--report"])
def test_an_existing_file_is_kept_unless_forced(tmp_path: Path, option: str) -> None:
    """Last term's roster must not vanish by a repeated command."""
    target = tmp_path / "kept"
    target.write_text("last term", encoding="utf-8")
    source = written(tmp_path, small())
    refused = invoke("match", source, option, str(target))
    assert refused.exit_code == ExitCode.BAD_INPUT
    assert "--force" in refused.stderr
    assert refused.stdout == ""
    assert target.read_text(encoding="utf-8") == "last term"
    assert invoke("match", source, option, str(target), "--force").exit_code == ExitCode.DONE
    assert "last term" not in target.read_text(encoding="utf-8")


def test_two_results_do_not_go_to_one_place(tmp_path: Path) -> None:
    """The second would silently replace the first, or spoil standard output."""
    source = written(tmp_path, small())
    target = str(tmp_path / "both")
    for arguments in (("-o", target, "--report", target), ("--report", "-")):
        assert invoke("match", source, *arguments).exit_code == ExitCode.BAD_INPUT
    assert not Path(target).exists()


def test_a_missing_folder_is_told_before_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody wants to learn after a minute that the answer cannot be kept."""
    _answering(monkeypatch, AssertionError("the search was started"))
    ended = invoke("match", written(tmp_path, small()), "-o", str(tmp_path / "no" / "such"))
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert "no such folder" in ended.stderr


def test_a_proven_infeasible_problem_has_its_own_code(tmp_path: Path) -> None:
    """Infeasible is a result: it is written, and scripts can tell it from a fault."""
    ended = process("match", written(tmp_path, impossible()))
    assert ended.returncode == ExitCode.INFEASIBLE
    assert json.loads(ended.stdout)["status"] == "INFEASIBLE"
    assert b"Proven infeasible" in ended.stderr


def test_a_limit_without_any_matching_has_its_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not found is not the same as not possible."""
    _answering(monkeypatch, Matching(status="UNKNOWN", left_out=("ada", "bo", "cy", "di")))
    ended = invoke("match", written(tmp_path, small()))
    assert ended.exit_code == ExitCode.NOTHING_FOUND
    assert json.loads(ended.stdout)["status"] == "UNKNOWN"


def test_an_interrupted_search_still_writes_its_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stops a long search wants what it has found."""
    best = Matching(
        status="FEASIBLE",
        provenance=Provenance(problem="", seed=0, versions={}, limits_reached=("interrupt",)),
    )
    _answering(monkeypatch, best)
    target = tmp_path / "best.json"
    ended = invoke("match", written(tmp_path, small()), "-o", str(target))
    assert ended.exit_code == ExitCode.INTERRUPTED
    assert Matching.from_json(target.read_bytes()) == best


def test_a_search_that_failed_is_told_from_one_that_did_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ended with 0, and a script took half of the places for all there are."""
    best = Matching(
        status="FEASIBLE",
        provenance=Provenance(problem="", seed=0, versions={}, limits_reached=("time", "failure")),
    )
    _answering(monkeypatch, best)
    target = tmp_path / "best.json"
    ended = invoke("match", written(tmp_path, small()), "-o", str(target))
    assert ended.exit_code == ExitCode.SEARCH_FAILED
    assert Matching.from_json(target.read_bytes()) == best


def test_an_interrupt_before_anything_is_found_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is then no file that looks like an answer."""
    _answering(monkeypatch, KeyboardInterrupt())
    target = tmp_path / "best.json"
    ended = invoke("match", written(tmp_path, small()), "-o", str(target))
    assert ended.exit_code == ExitCode.INTERRUPTED
    assert not target.exists()


@pytest.mark.parametrize("error", [InternalError("tier 1 contradicts itself"), KeyError("x")])
def test_a_fault_of_the_library_is_owned_up_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Users must not search their input for what is not their fault."""
    _answering(monkeypatch, error)
    ended = invoke("match", written(tmp_path, small()))
    assert ended.exit_code == ExitCode.INTERNAL
    assert "not of your input" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_every_fault_of_the_input_is_listed_without_a_traceback(tmp_path: Path) -> None:
    """A coordinator repairs a file once, not once for each fault."""
    data = json.loads(small().to_json())
    data["students"][0]["avialability"] = {}
    data["students"][1]["availability"] = {"tue-51": "yes"}
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    ended = process("match", str(path))
    assert ended.returncode == ExitCode.BAD_INPUT
    assert b"students[0]" in ended.stderr
    assert b"did you mean 'availability'?" in ended.stderr
    assert b"did you mean 'tue-15'?" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert ended.stdout == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ("match",),
        ("match", "there-is-no-such-file.json"),
        ("match", "-", "--time-limit", "nan"),
        ("match", "-", "--time-limit", "inf"),
        ("match", "-", "--time-limit", "-1"),
        ("match", "-", "--seed", "-1"),
        ("match", "-", "--sed", "1"),
        ("mach",),
    ],
)
def test_a_command_line_that_cannot_be_obeyed_ends_with_the_code_of_usage(
    arguments: tuple[str, ...],
) -> None:
    """Scripts can tell a slip in the call from a failed search."""
    ended = invoke(*arguments, given=small().to_json().encode())
    assert ended.exit_code == ExitCode.BAD_INPUT
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr


def test_rules_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    """Infeasible alone does not tell a coordinator which of many rules to think over."""
    pins = (Pin(person="ada", slot="tue-15"), Pin(person="ada", slot="wed-15"), Pin(person="bo"))
    asked = problem(students("ada bo cy di"), mentors("mia noa"), "tue-15 wed-15", *pins)
    target = tmp_path / "matching.json"
    ended = process("match", written(tmp_path, asked), "-o", str(target))
    assert ended.returncode == ExitCode.INFEASIBLE
    shown = ended.stdout.decode().split("cannot all be kept:\n")[1]
    assert "a rule may give way: pinned to a place: then 4 of 4 students have a group" in shown
    assert shown.split("\n\n")[0].splitlines() == [
        "  ada is in a group with the slot tue-15.",
        "  ada is in a group with the slot wed-15.",
    ]
    assert json.loads(target.read_bytes())["status"] == "INFEASIBLE"


def test_match_writes_the_coordinators_page_beside_the_report(tmp_path: Path) -> None:
    """The report names nobody's reasons, and the page that does is not mistaken for it."""
    people = [*students("ada bo cy", "tue-15"), *students("xi yo zed", "fri-15")]
    asked = problem(people, [mentor("mia", "tue-15")], "tue-15 fri-15", size=(3, 4))
    source, report = written(tmp_path, asked), tmp_path / "report.html"
    command = ("match", source, "-o", str(tmp_path / "m.json"), "--explain", "--time-limit", "20")
    refused = invoke(*command)
    assert refused.exit_code == ExitCode.BAD_INPUT
    assert "--report" in refused.stderr
    ended = invoke(*command, "--report", str(report))
    assert ended.exit_code == ExitCode.DONE, ended.stderr
    page = (tmp_path / "report-coordinator-only.html").read_text(encoding="utf-8")
    why = "Too few mentors are free at the times offered"
    assert why in page
    assert "mentors at Friday 15:00-17:00: 1 more" in page
    assert why not in report.read_text(encoding="utf-8")
    report.unlink()
    (tmp_path / "m.json").unlink()
    assert invoke(*command, "--report", str(report)).exit_code == ExitCode.BAD_INPUT
    assert not report.exists()


def test_a_matching_outlives_its_explanations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waited for the groups has them, whatever becomes of the page."""

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mentormatch.explain.bottlenecks", broken)
    report, target = tmp_path / "report.html", tmp_path / "m.json"
    named = ("-o", str(target), "--report", str(report))
    ended = invoke("match", written(tmp_path, small()), *named, "--explain")
    assert ended.exit_code == ExitCode.DONE
    assert "was not written (KeyboardInterrupt)" in ended.stderr
    assert Matching.from_json(target.read_bytes()).placed == 4
    assert report.exists()
    assert not (tmp_path / "report-coordinator-only.html").exists()
