"""The command that reads exports: it proposes a mapping, then makes a problem."""

from __future__ import annotations

import json
import os
import stat
import tomllib
from pathlib import Path

import pytest

from mentormatch.data.problem import Problem
from tests.cli.running import invoke, process
from tests.importers.other_forms import MENTORS, SLOTS, STUDENTS, qualtrics
from tests.importers.same_round import EXPECTED, microsoft_rows, text

PROGRAMME = """
rules = [{ kind = "common_language", tier = "off" }]

[term]
first_day = 2026-10-05
last_day = 2026-11-01
meetings = 4

[shape]
min_students = 2
max_students = 4
mentors = 0

[candidates]
minutes = 120
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return an export beside a programme."""
    (tmp_path / "programme.toml").write_text(PROGRAMME)
    path = tmp_path / "export.csv"
    rows = microsoft_rows()
    rows.append(["9", "", "", "not an address", "Somebody Else", "Mon 13:00-15:00;never mind"])
    path.write_text(text(rows), encoding="utf-8-sig")
    return path


def test_a_mapping_is_proposed_and_then_used_unedited(export: Path) -> None:
    """Two commands, and nothing typed in between."""
    folder = export.parent
    mapping, problem = folder / "mapping.toml", folder / "problem.json"
    proposed = invoke("import", str(export), "--suggest", "-o", str(mapping))
    assert proposed.exit_code == 0
    assert "Microsoft Forms" in proposed.stderr
    assert "AVAILABLE" in proposed.stderr
    assert "not read" in proposed.stderr
    assert tomllib.loads(mapping.read_text())["columns"]["email"] == "Email"
    done = invoke(
        "import", str(export), "--mapping", str(mapping), "--report", str(folder / "report.json"),
        "--programme", str(folder / "programme.toml"), "-o", str(problem),
    )  # fmt: skip
    assert done.exit_code == 0
    assert "5 of 5 sign-ups are used" in done.stderr
    findings = json.loads((folder / "report.json").read_text(encoding="utf-8"))["findings"]
    assert [(one["code"], one["value"]) for one in findings] == [
        ("wrong_email", "not an address"),
        ("unknown_option", "never mind"),
    ]
    made = Problem.from_json(problem.read_bytes())
    assert {one.name or one.id for one in made.students} == {*EXPECTED, "Somebody Else"}
    if os.name == "posix":
        assert stat.S_IMODE(problem.stat().st_mode) == 0o600


def test_private_messages_and_the_report_for_programs_hold_no_answers(export: Path) -> None:
    """The report may be shown to somebody who must not read the sign-ups."""
    folder = export.parent
    proposed = invoke("import", str(export), "--suggest", "--private")
    assert proposed.exit_code == 0
    (folder / "mapping.toml").write_text(proposed.stdout, encoding="utf-8")
    done = invoke(
        "import", str(export), "--mapping", str(folder / "mapping.toml"), "--private",
        "--programme", str(folder / "programme.toml"), "-o", str(folder / "problem.json"),
        "--report", str(folder / "report.json"),
    )  # fmt: skip
    assert done.exit_code == 0
    report = (folder / "report.json").read_text(encoding="utf-8")
    for words in ("example.org", "never mind", "not an address", "Ärla", "Somebody"):
        assert words not in done.stderr + proposed.stderr + report
    assert "export.csv row 6, column D" in done.stderr
    data = json.loads(report)
    assert data["people"] == {"export.csv": {"rows": 5, "used": 5}}
    assert [one["code"] for one in data["findings"]] == ["wrong_email", "unknown_option"]


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_nobody_is_named_where_errors_are_not_read_on_a_terminal(
    export: Path, quiet: tuple[str, ...]
) -> None:
    """What programs write to standard error ends up in logs, which are kept and passed around."""
    folder = export.parent
    proposed = invoke("import", str(export), "--suggest", *quiet)
    (folder / "mapping.toml").write_text(proposed.stdout, encoding="utf-8")
    done = invoke(
        "import", str(export), "--mapping", str(folder / "mapping.toml"), *quiet,
        "--programme", str(folder / "programme.toml"),
    )  # fmt: skip
    assert (proposed.exit_code, done.exit_code) == (0, 0)
    assert "Somebody Else" in done.stdout
    said = proposed.stderr + done.stderr
    assert not {"example.org", "never mind", "Bo", "Somebody"} & set(said.replace("'", " ").split())
    assert bool(said) == (not quiet)


def test_a_private_import_names_rows_where_a_rule_refuses_people(export: Path) -> None:
    """Ids are made of names, and nobody's name is for whoever mends the programme."""
    folder = export.parent
    lines = export.read_text(encoding="utf-8-sig").splitlines()
    lines = [f"{line},{'Year' if number == 0 else 'third'}" for number, line in enumerate(lines)]
    export.write_text("\n".join(lines), encoding="utf-8")
    mapping = invoke("import", str(export), "--suggest").stdout
    (folder / "mapping.toml").write_text(
        mapping + '\n[columns.attributes]\nyear = { column = "Year" }\n', encoding="utf-8"
    )
    rule = ', { kind = "balance", attribute = "year" }]'
    (folder / "programme.toml").write_text(PROGRAMME.replace(" }]", " }" + rule))
    done = invoke(
        "import", str(export), "--mapping", str(folder / "mapping.toml"), "--private",
        "--programme", str(folder / "programme.toml"),
    )  # fmt: skip
    assert done.exit_code == 2
    assert "export.csv row 2 has a year that is not a whole number" in done.stderr
    assert not any(word in done.stderr for word in ("example.org", "Bo", "Ärla", "Somebody"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "An import needs --mapping and --programme"),
        (("--suggest", "--mapping", "m.toml"), "--suggest needs the file alone"),
    ],
)
def test_an_import_says_what_it_lacks(
    export: Path, arguments: tuple[str, ...], message: str
) -> None:
    """The two steps are told to whoever does not know them."""
    result = invoke("import", str(export), *arguments)
    assert (result.exit_code, message in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["noise.csv", "cut.xlsx", "missing.csv", "."])
def test_a_file_that_is_no_table_gives_one_message_and_no_traceback(
    tmp_path: Path, name: str
) -> None:
    """One line says what to do."""
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    result = process("import", str(tmp_path / name), "--suggest")
    assert result.returncode == 2
    assert result.stdout == b""
    assert b"Traceback" not in result.stderr
    assert result.stderr.startswith(b"1 fault in the input:")


def test_without_a_single_usable_row_the_report_is_shown_and_nothing_written(
    export: Path,
) -> None:
    """A problem without students would only hide what went wrong."""
    folder = export.parent
    export.write_text("Email,Times\na@example.org,\n", encoding="utf-8")
    (folder / "mapping.toml").write_text(
        '[columns]\nemail = "Email"\n[availability]\nshape = "multi_select"\ncolumn = "Times"\n'
    )
    programme = PROGRAMME + '[[slots]]\nid = "mon-13"\nweekday = "mon"\nstart = "13:00"\n'
    (folder / "programme.toml").write_text(programme)
    result = invoke(
        "import", str(export), "--mapping", str(folder / "mapping.toml"),
        "--programme", str(folder / "programme.toml"), "-o", str(folder / "problem.json"),
    )  # fmt: skip
    assert result.exit_code == 2
    assert "row 2: says no times at all" in result.stderr
    assert not (folder / "problem.json").exists()


def test_two_exports_of_another_tool_become_groups_by_four_commands(tmp_path: Path) -> None:
    """Nothing is edited but the programme, which was written by hand."""
    sections = {"students": STUDENTS, "mentors": MENTORS}
    for name, people in sections.items():
        (tmp_path / f"{name}.csv").write_bytes(qualtrics(people))
        mapping = str(tmp_path / f"{name}.toml")
        assert (
            invoke("import", str(tmp_path / f"{name}.csv"), "--suggest", "-o", mapping).exit_code
            == 0
        )
    slots = [
        f'[[slots]]\nid = "{slot}"\nweekday = "{slot[:3]}"\nstart = "{slot[4:]}:00"\n'
        for slot in SLOTS
    ]
    (tmp_path / "programme.toml").write_text(
        "[term]\nfirst_day = 2026-10-05\nlast_day = 2026-12-11\n[shape]\nmin_students = 4\n"
        + "".join(slots)
    )
    problem, matching = str(tmp_path / "problem.json"), str(tmp_path / "matching.json")
    done = invoke(
        "import", str(tmp_path / "students.csv"), "--mapping", str(tmp_path / "students.toml"),
        "--mentors", str(tmp_path / "mentors.csv"),
        "--mentors-mapping", str(tmp_path / "mentors.toml"),
        "--programme", str(tmp_path / "programme.toml"), "-o", problem,
    )  # fmt: skip
    assert done.exit_code == 0
    assert "students.csv: 12 of 12 sign-ups are used" in done.stderr
    assert "mentors.csv: 4 of 4 sign-ups are used" in done.stderr
    assert invoke("match", problem, "-o", matching).exit_code == 0
    assert invoke("verify", problem, matching).exit_code == 0
    handed_out = tmp_path / "out"
    assert invoke("handout", problem, matching, "-o", str(handed_out)).exit_code == 0
    assert len(list((handed_out / "calendars").glob("*.ics"))) == 2
    assert len(json.loads(Path(matching).read_text(encoding="utf-8"))["groups"]) == 2
