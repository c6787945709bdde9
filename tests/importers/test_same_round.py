"""The same people and slots come out of every shape, with the proposed mapping unedited."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from mentormatch import match, verify
from mentormatch.importers import (
    Export,
    Grid,
    import_round,
    mapping_of,
    mapping_toml,
    suggest_mapping,
)
from tests.importers.same_round import EXPECTED, EXPORTS, PEOPLE, PROGRAMME


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.__name__)
def test_the_same_people_and_slots_come_out_of_every_shape(
    export: Callable[[Path], Grid], tmp_path: Path
) -> None:
    """Coordinators retype nothing, whichever form they used."""
    grid = export(tmp_path)
    mapping = suggest_mapping(grid).mapping
    imported = import_round(PROGRAMME, Export(grid, mapping, tmp_path))
    assert imported.problem is not None, imported.report.text()
    found = {person.label: person.availability for person in imported.problem.students}
    assert found == EXPECTED
    assert imported.report.people == {grid.name: (len(PEOPLE), len(PEOPLE))}
    lost = [finding for finding in imported.report.findings if finding.effect == "lost"]
    assert lost == []


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.__name__)
def test_a_proposed_mapping_says_the_same_after_it_was_written_to_a_file(
    export: Callable[[Path], Grid], tmp_path: Path
) -> None:
    """Headings hold quotes, brackets and letters of all kinds."""
    mapping = suggest_mapping(export(tmp_path)).mapping
    assert mapping_of(tomllib.loads(mapping_toml(mapping))) == mapping


def test_an_imported_round_is_matched(tmp_path: Path) -> None:
    """What comes out is a problem like any other."""
    grid = EXPORTS[0](tmp_path)
    imported = import_round(PROGRAMME, Export(grid, suggest_mapping(grid).mapping))
    assert imported.problem is not None
    matching = match(imported.problem, time_limit=60)
    assert verify(imported.problem, matching).ok
    assert sum(len(group.students) for group in matching.groups) == len(PEOPLE)
