"""The questions that a programme is told to copy are read without a mapping made by hand."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from mentormatch import Problem
from mentormatch.cli.app import app

PAGE = Path(__file__).parents[2] / "docs/pilot/index.md"
TIMES = ("Monday 09:00-11:00", "Wednesday 13:00-15:00")
PROGRAMME = """
languages = ["en", "fi"]
[term]
first_day = 2027-01-18
last_day = 2027-04-30
meetings = 6
every_weeks = 2
"""


def _headings() -> list[str]:
    """Return the questions of the page in its order."""
    section = PAGE.read_text(encoding="utf-8").split("## Questions to copy")[1].split("\n## ")[0]
    return re.findall(r"^\d+\. (?:For \w+, )?\*\*(.+?)\*\*", section, re.MULTILINE)


def _export(path: Path, people: int, skipped: str) -> None:
    """Write answers as a form with a grid exports them: a column for each row of the grid."""
    answers: dict[str, Callable[[int], list[str]]] = {
        "Name": lambda person: [f"{path.stem.title()} {'ABCDEFGH'[person]}"],
        "E-mail": lambda person: [f"{path.stem}{person}@example.org"],
        "Department": lambda person: ["Arts" if person % 2 else "Physics"],
        "Languages": lambda person: ["English;Finnish" if person % 2 else "English"],
        "When could you meet each week?": lambda person: ["Yes", "If need be" if person else "No"],
        "Supervisor": lambda person: [f"Professor {'KLMNPRST'[person]}"],
        "Is there somebody with whom you do not want to be in a group?": lambda _person: [""],
        "How many groups could you lead?": lambda person: [str(1 + person % 2)],
    }
    kept = [heading for heading in _headings() if heading != skipped]
    row = ["Timestamp"]
    for heading in kept:
        grid = heading.startswith("When")
        row += [f"{heading} [{time}]" for time in TIMES] if grid else [heading]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(row)
        for person in range(people):
            cells = [f"2026/09/0{person + 1} 10:00:00 am GMT+3"]
            for heading in kept:
                cells += answers[heading](person)
            writer.writerow(cells)


def test_the_questions_of_the_page_are_read_as_suggested(tmp_path: Path) -> None:
    """Every answer arrives where it belongs, with the mappings as they are proposed."""
    _export(tmp_path / "student.csv", 6, "How many groups could you lead?")
    _export(tmp_path / "mentor.csv", 4, "Supervisor")
    (tmp_path / "programme.toml").write_text(PROGRAMME, encoding="utf-8")

    def run(*arguments: str) -> None:
        words = [str(tmp_path / word) if "." in word else word for word in arguments]
        result = CliRunner().invoke(app, ["import", *words])
        assert result.exit_code == 0, result.output

    run("student.csv", "--suggest", "-o", "student.toml")
    run("mentor.csv", "--suggest", "-o", "mentor.toml")
    run(
        *("student.csv", "--mapping", "student.toml", "--mentors", "mentor.csv"),
        *("--mentors-mapping", "mentor.toml", "--programme", "programme.toml", "-o", "round.json"),
    )
    problem = Problem.from_json((tmp_path / "round.json").read_text(encoding="utf-8"))

    first, second = problem.students[:2]
    assert [slot.id for slot in problem.slots] == ["mon-09", "wed-13"]
    assert first.availability == {"mon-09": "yes", "wed-13": "no"}
    assert second.availability == {"mon-09": "yes", "wed-13": "if_need_be"}
    assert set(first.languages) == {"en"}
    assert set(second.languages) == {"en", "fi"}
    assert first.affiliations == {"supervisor": ("Professor K",)}
    assert second.department == "Arts"
    assert [mentor.capacity for mentor in problem.mentors] == [1, 2, 1, 2]
