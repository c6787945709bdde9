"""Pinned versions, their hashes, and the audit of what is installed."""

from __future__ import annotations

from email.message import Message
from pathlib import Path

import pytest

from benchmarks.pinned.audit import ALLOWED, audit, licences_of
from benchmarks.pinned.versions import needed, pinned, with_hashes, written

ROOT = Path(__file__).parents[2]
VERSIONS = pinned((ROOT / "constraints.txt").read_text(encoding="utf-8"))


def test_what_the_library_needs_is_told_with_all_that_needs_in_turn() -> None:
    """Of the solver's own needs the licences count as well."""
    core = needed("mentormatch")
    assert {"ortools", "pandas", "six", "pydantic-core"} <= core
    assert core.isdisjoint({"typer", "pytest", "icalendar"})
    assert {"typer", "rich"} <= needed("mentormatch", ["cli"])


def test_a_file_with_hashes_comes_back_as_it_was_written() -> None:
    """Whoever reads it is pip, and the audit."""
    text = written({"b": "2.0", "a": "1"}, {"a": ["ff", "00"], "b": []})
    assert with_hashes(text) == {"a": ("1", 2), "b": ("2.0", 0)}
    assert text.index("--hash=sha256:00") < text.index("--hash=sha256:ff")


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_pinned_version_has_hashes(name: str) -> None:
    """A version without a hash can be replaced by another file of that name."""
    found = with_hashes((ROOT / "benchmarks" / "pinned" / f"{name}.txt").read_text("utf-8"))
    assert "ortools" in found
    for package, (version, count) in found.items():
        assert VERSIONS[package] == version
        assert count > 0
    if name == "dev":
        assert found.keys() == VERSIONS.keys()


def test_the_audit_notices_another_version_and_what_nobody_listed() -> None:
    """An audit that finds nothing must be able to find something."""
    other = {**VERSIONS, "six": "0.1"}
    del other["rich"]
    faults = audit(other, {"six", "not-listed"}, ROOT)
    assert any(fault.startswith("six: is ") for fault in faults)
    assert "rich: is installed, but not in constraints.txt" in faults
    assert "not-listed: is not in docs/trust.md" in faults
    assert any("six is not as in constraints.txt" in fault for fault in faults)


@pytest.mark.parametrize(
    ("fields", "licences", "allowed"),
    [
        ({"License-Expression": "BSD-3-Clause AND (0BSD OR MIT)"}, "BSD-3-Clause 0BSD MIT", True),
        ({"Classifier": "License :: OSI Approved :: Apache Software License"}, "Apache", True),
        ({"License": "ISC License\nmore"}, "ISC", True),
        ({"License-Expression": "GPL-3.0-or-later"}, "GPL-3.0-or-later", False),
        ({"License": "MIT or worse"}, "MIT-or-worse", False),
        ({}, "", False),
    ],
)
def test_licences_are_read_where_packages_state_them(
    fields: dict[str, str], licences: str, allowed: bool
) -> None:
    """What is not known to be allowed is a fault, also where nothing is stated."""

    class Stated:
        metadata = Message()

    for name, value in fields.items():
        Stated.metadata[name] = value
    found = licences_of(Stated())  # type: ignore[arg-type]  # All that is looked at.
    assert [one.replace(" ", "-") for one in found] == (licences.split() or [""])
    assert all(map(ALLOWED.fullmatch, found)) == allowed
