"""Places in groups as they are, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mentormatch.cli.app import COMMANDS
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode
from mentormatch.replan import History
from tests.cli.running import invoke, written
from tests.support.build import mentors, problem, student

BOTH = "tue-15 wed-15"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "round"


def a_round() -> Problem:
    """Return five students of whom two have no group, the later of them signed up first."""
    people = [
        student("ana", "tue-15", signed_up="2026-09-01T10:00:00+03:00"),
        student("bo", "tue-15", signed_up="2026-09-01T10:00:00+03:00"),
        student("cai", "wed-15", signed_up="2026-09-01T10:00:00+03:00"),
        student("dee", BOTH, signed_up="2026-09-03T10:00:00+03:00"),
        student("eli", "wed-15", signed_up="2026-09-02T10:00:00+03:00"),
    ]
    return problem(people, mentors("mia noa", BOTH), size=(2, 3))


def groups() -> Matching:
    """Return its groups: one with room, one that is too small."""
    return Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g1", students=("ana", "bo"), mentors=("mia",), slot="tue-15"),
            Group(id="g2", students=("cai",), mentors=("noa",), slot="wed-15"),
        ),
        left_out=("dee", "eli"),
    )


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Return a problem and its matching, as files."""
    matching = tmp_path / "known.json"
    matching.write_text(groups().to_json(), encoding="utf-8")
    return written(tmp_path, a_round()), str(matching)


def test_somebody_s_places_are_shown_as_text_and_as_json(files: tuple[str, str]) -> None:
    """Best first, the group named with its slot."""
    source, known = files
    shown = invoke("recommend", source, "dee", "--previous", known)
    assert shown.exit_code == ExitCode.DONE, shown.output
    assert "g1 (tue-15): tiers -1" in shown.stdout
    assert "g2 (wed-15): tiers -1" in shown.stdout
    data = json.loads(invoke("recommend", source, "dee", "--previous", known, "--json").stdout)
    assert data["format"] == "mentormatch/recommendations/1"
    assert {one["group"] for one in data["options"]} == {"g1", "g2"}
    unknown = invoke("recommend", source, "de", "--previous", known)
    assert unknown.exit_code == ExitCode.BAD_INPUT
    assert "did you mean 'dee'" in unknown.output


def test_the_line_is_shown_and_the_first_is_promoted(
    files: tuple[str, str], tmp_path: Path
) -> None:
    """Whoever signed up first, not whoever comes first by id; the reason is told."""
    source, known = files
    shown = invoke("waiting-list", source, "--previous", known)
    assert shown.stdout.splitlines()[0] == "In the order: first come, first served"
    assert [line.split()[1] for line in shown.stdout.splitlines()[1:]] == ["eli:", "dee:"]
    target = tmp_path / "new.json"
    done = invoke("waiting-list", source, "--previous", known, "--promote", "--output", str(target))
    assert done.exit_code == ExitCode.DONE, done.output
    assert "eli gets a place in g2: number 1 in the order" in done.stdout
    new = Matching.from_json(target.read_bytes())
    assert new.left_out == ("dee",)
    assert invoke("verify", source, str(target)).exit_code == ExitCode.DONE
    for_group = invoke(
        "waiting-list", source, "--previous", known, "--promote", "--group", "g1", "--json"
    )
    data = json.loads(for_group.stdout)
    assert (data["person"], data["group"]) == ("dee", "g1")
    assert "1 before them does not fit g1" in data["why"]
    wrong = invoke("waiting-list", source, "--previous", known, "--group", "g1")
    assert wrong.exit_code == ExitCode.BAD_INPUT


def test_small_groups_are_told_with_their_choices(files: tuple[str, str]) -> None:
    """With whom a choice moves."""
    source, known = files
    shown = invoke("small-groups", source, "--previous", known)
    assert "g2 has 1 students, 1 too few" in shown.stdout
    assert "take from the waiting list: eli" in shown.stdout
    data = json.loads(invoke("small-groups", source, "--previous", known, "--json").stdout)
    assert [one["group"] for one in data["groups"]] == ["g2"]


def test_a_promotion_in_a_folder_is_a_version_that_says_why(tmp_path: Path) -> None:
    """Years later it can be told why it was them."""
    source = tmp_path / "round"
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("out", "versions"))
    assert invoke("match", str(source)).exit_code == ExitCode.DONE
    table = source / "students.csv"
    rows = table.read_text(encoding="utf-8")
    like = next(line for line in rows.splitlines() if line.startswith("s02,"))
    table.write_text(
        rows + like.replace("s02,Student 02", "s98,Late").replace("prof-14", "") + "\n",
        encoding="utf-8",
    )
    nobody = invoke("waiting-list", str(source), "--promote", "--group", "g9")
    assert nobody.exit_code == ExitCode.BAD_INPUT
    assert "'g9' is not among the 3 groups" in nobody.output
    done = invoke("waiting-list", str(source), "--promote")
    assert done.exit_code == ExitCode.DONE, done.output
    latest = History(source).latest()
    assert latest is not None
    assert latest.number == 2
    assert latest.why.startswith("s98 gets a place in g")
    assert "number 1 in the order (first come, first served)" in latest.why
    texts = {path.stem for path in (source / "out" / "changes").iterdir()}
    assert texts == {"s98"}


def test_the_commands_are_listed_with_the_first_line_of_their_help() -> None:
    """The list of commands and each one's own help say the same."""
    for name in ("recommend", "waiting-list", "small-groups"):
        assert COMMANDS[name].help.split(",")[0] in invoke(name, "--help").stdout.replace("\n", " ")
