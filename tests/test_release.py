"""What a release states in several places is the same in all of them."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def _version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def test_the_citation_and_the_changelog_name_the_version_that_is_built() -> None:
    """Who cites or upgrades finds the version that they have."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [_version()]
    newest = re.search(
        r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert newest
    assert newest[1] == _version()


def test_the_source_distribution_lists_what_exists() -> None:
    """Its tests run only with everything that they read."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        targets = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]
    assert [part for part in targets["sdist"]["include"] if not (ROOT / part[1:]).exists()] == []


def test_workflows_call_the_scripts_of_the_repository() -> None:
    """What the workflow checks is what a contributor can run."""
    for name in ("check.yml", "release.yml"):
        text = (ROOT / ".github/workflows" / name).read_text(encoding="utf-8")
        assert "run: .ci/run" in text
        assert "permissions: {contents: read}" in text
