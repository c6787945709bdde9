"""What the README says must be so: people try it first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mentormatch.data.matching import Matching
from mentormatch.evaluate.findings import Report
from mentormatch.exit_codes import ExitCode

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def blocks(language: str) -> list[str]:
    """Return the README's code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_python_example_runs_and_ends_in_a_verified_matching(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An example that fails costs more trust than none."""
    examples = blocks("python")
    assert examples
    for example in examples:
        names: dict[str, object] = {}
        exec(compile(example, "README.md", "exec"), names)
        matching, report = names["matching"], names["report"]
        assert isinstance(matching, Matching)
        assert isinstance(report, Report)
        assert matching.groups
        assert report.ok, str(report)
    assert "valid" in capsys.readouterr().out


def test_the_two_commands_are_stated_as_they_are_checked() -> None:
    """The first is run by .ci/run and the second is this suite; nobody should find others."""
    assert [block.strip() for block in blocks("sh")] == [
        'pip install ".[cli]" && mentormatch demo',
        'pip install -e ".[test]" && pytest',
    ]


def test_the_table_of_exit_codes_is_that_of_the_command_line() -> None:
    """Scripts are written against the table."""
    stated = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert stated == set(ExitCode)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    """Files move, and links to them stay behind."""
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target and ":" not in target]
    missing = [target for target in local if not (document.parent / target).exists()]
    assert not missing
