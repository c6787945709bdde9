"""Whoever reads only the help and the messages gets on from each of them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tomllib
from pathlib import Path

import openpyxl
import pytest

from mentormatch.data.problem import Problem
from mentormatch.exit_codes import ExitCode
from mentormatch.importers.first_programme import PROGRAMME_TO_BEGIN_WITH
from tests.cli.running import invoke, small

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "round"


@pytest.fixture(scope="module")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example's round with its results, for tests to copy."""
    folder = tmp_path_factory.mktemp("coordinator") / "round"
    shutil.copytree(EXAMPLE, folder)
    assert invoke("match", str(folder), "--quiet").exit_code == ExitCode.DONE
    return folder


@pytest.fixture
def round_folder(matched: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copytree(matched, tmp_path / "round"))


def change(folder: Path, person: str, **cells: str | None) -> str:
    """Change cells of somebody's row in the roster, or with none take it out; return its path."""
    path = folder / "out" / "roster.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    kept = [row | cells if row["id"] == person else row for row in rows]
    if not cells:
        kept = [row for row in kept if row["id"] != person]
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(kept)
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return str(path)


def withdraw(folder: Path, person: str) -> None:
    """Take somebody out of the sign-ups."""
    path = folder / "students.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(one for one in lines if not one.startswith(f"{person},")))


def test_the_programme_to_begin_with_is_one() -> None:
    """What is shown where one is missing must work."""
    problem = Problem.model_validate(
        tomllib.loads(PROGRAMME_TO_BEGIN_WITH) | {"students": [], "mentors": []}
    )
    assert (problem.shape.max_students, len(problem.slots)) == (8, 1)


def test_a_folder_without_a_programme_is_told_how_one_begins_and_what_else_is_missing(
    tmp_path: Path,
) -> None:
    """Whoever has sign-ups and nothing else was at an end there."""
    found = invoke("match", str(tmp_path))
    assert found.exit_code == ExitCode.BAD_INPUT
    for word in ("students.csv: there is", "mentors.csv: there is", "[[slots]]", "min_students"):
        assert word in found.stderr
    assert "[[slots]]" in invoke("import", str(EXAMPLE / "students.csv")).stderr


def test_the_help_says_what_a_folder_holds_and_wraps_whole_paragraphs() -> None:
    """Lines were broken twice: where the docstring did, and at the terminal's edge."""
    text = invoke("match", "--help").stdout
    assert "programme.toml" in text
    assert "calendar for" not in [line.strip() for line in text.splitlines()]


def test_mentors_with_other_columns_are_told_to_have_a_mapping_of_their_own(
    tmp_path: Path,
) -> None:
    """That the option exists stood in no message."""
    mapping = tmp_path / "mapping.toml"
    students = str(EXAMPLE / "students.csv")
    assert invoke("import", students, "--suggest", "-q", "-o", str(mapping)).exit_code == 0
    found = invoke(
        *("import", students, "--mapping", str(mapping)),
        *("--programme", str(EXAMPLE / "programme.toml")),
        *("--mentors", str(EXAMPLE / "mentors.csv")),
    )
    assert found.exit_code == ExitCode.BAD_INPUT
    assert "mentors.csv --suggest proposes a mapping of its own, for --mentors-mapping" in (
        " ".join(found.stderr.split())
    )


def test_a_broken_roster_is_not_handed_out_and_both_ways_on_are_told(round_folder: Path) -> None:
    """It ended without a word on what had become of the folder."""
    roster = change(round_folder, "s03", group="g2", slot="", dates="")
    found = invoke("handout", str(round_folder), roster)
    assert found.exit_code == ExitCode.BREACHES_FOUND
    assert "Nothing was handed out: mend the matching, or give --even-if-broken." in found.stderr
    assert invoke("handout", str(round_folder), roster, "--even-if-broken").exit_code == 0


def test_somebody_who_withdrew_is_told_by_the_roster_with_what_to_do(round_folder: Path) -> None:
    """Another student's id was offered as if the row were misspelt."""
    withdraw(round_folder, "s18")
    roster = str(round_folder / "out" / "roster.csv")
    for command in ("verify", "explain", "handout"):
        found = invoke(command, str(round_folder), roster)
        assert found.exit_code == ExitCode.BAD_INPUT
        assert "'s18' was in the matching and is no longer among the people" in found.stderr
        assert "did you mean" not in found.stderr


def test_a_roster_without_somebody_who_withdrew_is_compared_by_the_rest(
    round_folder: Path,
) -> None:
    """Rows that nobody touched had faults, since nothing was known of the groups as they were."""
    withdraw(round_folder, "s18")
    change(round_folder, "s18")
    roster = change(round_folder, "s17", group="")
    found = invoke("verify", str(round_folder), roster)
    assert found.exit_code == ExitCode.DONE, found.output
    assert "No longer among the people, so not compared: s18" in found.stdout
    assert "1 person is in other groups:" in found.stdout
    assert "Student 17: g1 -> no group" in found.stdout


def test_what_is_filled_in_beside_the_roster_is_sent_there(round_folder: Path) -> None:
    """The message sent people to a sheet where names of groups cannot be changed either."""
    path = round_folder / "out" / "roster.xlsx"
    book = openpyxl.load_workbook(path)
    book["Groups"].cell(2, 10).value = "Otters"
    book["Mail merge"].cell(2, 21).value = "https://example.org/room"
    book.save(path)
    found = invoke("verify", str(round_folder), str(path))
    assert found.exit_code == ExitCode.BAD_INPUT
    assert found.stderr.count("filled in in groups.csv beside the roster") == 2
    assert "'Mail merge', where people are moved" not in found.stderr


def test_a_matching_that_is_valid_costs_by_the_names_of_its_tiers(round_folder: Path) -> None:
    """The number of a tier says nothing to whoever reads it."""
    found = invoke("verify", str(round_folder), str(round_folder / "out" / "matching.json"))
    assert "students left out" in found.stdout


def naming_a_leaver(folder: Path) -> None:
    """Let a rule of the example's programme name somebody who is not there."""
    path = folder / "programme.toml"
    text = path.read_text(encoding="utf-8")
    assert '["s04", "s11"]' in text
    path.write_text(text.replace('["s04", "s11"]', '["s04", "gone"]'), encoding="utf-8")


def test_a_rule_that_names_somebody_who_is_not_there_is_a_warning(round_folder: Path) -> None:
    """Somebody withdrew: the rest are matched, and the rule is told with where it stands."""
    naming_a_leaver(round_folder)
    for command in ("match", "precheck"):
        found = invoke(command, str(round_folder))
        assert found.exit_code == ExitCode.DONE, found.output
        told = " ".join(found.stderr.split())
        assert "programme.toml rules[1].sets[0][1]: names somebody who is not among" in told
        assert "taken as having left" in told
        assert "gone" not in found.stderr


def test_an_import_warns_of_a_rule_that_names_somebody_who_is_not_there(
    round_folder: Path, tmp_path: Path
) -> None:
    """It refused the whole round; the problem that it makes says who has left."""
    naming_a_leaver(round_folder)
    maps = [str(tmp_path / name) for name in ("students.toml", "mentors.toml")]
    for name, mapping in zip(("students.csv", "mentors.csv"), maps, strict=True):
        assert invoke("import", str(EXAMPLE / name), "--suggest", "-qo", mapping).exit_code == 0
    made = tmp_path / "made.json"
    found = invoke(
        *("import", str(EXAMPLE / "students.csv"), "--mapping", maps[0], "-o", str(made)),
        *("--programme", str(round_folder / "programme.toml")),
        *("--mentors", str(EXAMPLE / "mentors.csv"), "--mentors-mapping", maps[1]),
    )
    assert found.exit_code == ExitCode.DONE, found.output
    assert "rules[1].sets[0][1] names somebody who is not among the people" in found.stderr
    assert Problem.from_json(made.read_bytes()).left == ("gone",)
    told = invoke("match", str(made)).stderr
    assert "Somebody has left and is named in a rule" in told


def test_anything_else_that_is_wrong_is_refused_as_before(tmp_path: Path) -> None:
    """Only people who left are passed over."""
    data = json.loads(small().to_json())
    data["rules"] = [{"kind": "keep_apart", "sets": [["gone", "ada"]]}]
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(data))
    assert invoke("match", str(path)).exit_code == ExitCode.DONE
    data["students"][0]["languages"] = {"en": "Q9"}
    path.write_text(json.dumps(data))
    found = invoke("match", str(path))
    assert found.exit_code == ExitCode.BAD_INPUT
    assert "'gone', who is not among" in found.stderr
